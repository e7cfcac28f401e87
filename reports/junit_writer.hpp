// junit.xml: for continuous integration.
#pragma once

#include <string>

#include "reports/report.hpp"

namespace ncverify::reports {

/// One test case per claim, failed exactly where its verdict is not the expected one; the failure says how to
/// repeat it. There are no times in it: the file is the same whenever and wherever the run was.
std::string junit_text(const Report& report);

}  // namespace ncverify::reports
