// All files of a report at once.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "reports/report.hpp"

namespace ncverify::reports {

/// The files of a report.
std::vector<std::string> file_names();

/// Writes report.json, index.html, report.md, junit.xml and FINDINGS.md to `directory`, which is created
/// where missing; each file appears whole or not at all. Where one cannot be written the others are all the
/// same, and an InputError names it.
void write_all(const Report& report, const std::filesystem::path& directory);

}  // namespace ncverify::reports
