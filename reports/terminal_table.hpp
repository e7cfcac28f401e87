// The table that `verify` prints to a terminal.
#pragma once

#include <string>

#include "reports/layout.hpp"
#include "reports/report.hpp"

namespace ncverify::reports {

/// One line per claim (verdict, whether it was expected, evidence, cases, worst error), then the summary
/// line.
std::string table(const Report& report, const Layout& layout = {});

}  // namespace ncverify::reports
