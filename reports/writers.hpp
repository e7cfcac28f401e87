// All files of a report at once.
#pragma once

#include <filesystem>

#include "reports/report.hpp"

namespace ncverify::reports {

/// Writes report.json, index.html, report.md, junit.xml and FINDINGS.md to `directory`, which is created
/// where missing; each file appears whole or not at all. Throws InputError where that cannot be done.
void write_all(const Report& report, const std::filesystem::path& directory);

}  // namespace ncverify::reports
