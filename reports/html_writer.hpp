// index.html: the report as one page that a browser opens without a network.
#pragma once

#include <string>

#include "reports/report.hpp"

namespace ncverify::reports {

/// One self-contained page. The report travels in it as JSON, from which its script builds what is seen;
/// without scripts it shows the verdict and a table. Everything but timing is a function of the report.
std::string html_text(const Report& report);

}  // namespace ncverify::reports
