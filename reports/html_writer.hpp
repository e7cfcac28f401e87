// index.html: the report for a reader.
#pragma once

#include <string>

#include "reports/report.hpp"

namespace ncverify::reports {

/// One self-contained page: no script, no request to anywhere, readable on paper and on a phone. Its frame
/// and style are the files under `page/`.
std::string html_text(const Report& report);

}  // namespace ncverify::reports
