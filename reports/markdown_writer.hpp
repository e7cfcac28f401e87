// report.md: a comment under a pull request.
#pragma once

#include <string>

#include "reports/report.hpp"

namespace ncverify::reports {

/// The verdict, what is out of the ordinary, and the full table folded away. Long lists and long values are
/// cut, so that it fits a comment; report.json has everything.
std::string markdown_text(const Report& report);

}  // namespace ncverify::reports
