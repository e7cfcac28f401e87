// report.json: for other programs.
#pragma once

#include <string>

#include "reports/report.hpp"

namespace ncverify::reports {

/// `to_json(report)` as indented text, valid UTF-8 whatever the report holds.
std::string json_text(const Report& report);

}  // namespace ncverify::reports
