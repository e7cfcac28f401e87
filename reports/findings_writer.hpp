// FINDINGS.md: what holds and what does not, in a page, for a mathematician.
#pragma once

#include <string>

#include "reports/report.hpp"

namespace ncverify::reports {

/// The findings of a report as Markdown with TeX: for each refuted statement what it says, the smallest
/// counterexample and how to confirm it by hand, and the corrected statement with what became of it.
std::string findings_text(const Report& report);

}  // namespace ncverify::reports
