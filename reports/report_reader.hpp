// Reads report.json back, so that runs can be merged, compared and written again.
#pragma once

#include <filesystem>
#include <string>

#include "reports/report.hpp"

namespace ncverify::reports {

/// The report that such a file's text was written from, as far as the file says it: `to_json` gives the text
/// again. Its claims cannot be tried, and its expected verdicts are those of its own claims. Throws
/// InputError, naming `where`, for anything that is not a report of one of these papers.
Report parse_report(const std::string& text, const std::string& where,
                    const std::vector<const trial::Paper*>& papers);
Report read_report(const std::filesystem::path& path, const std::vector<const trial::Paper*>& papers);

}  // namespace ncverify::reports
