// Error text: log10 of a proven error bound as decimal text, and back.
#pragma once

#include <string>

namespace ncverify::trial {

/// Below this log10 a comparison was exact.
inline constexpr double exact_log10 = -1e299;

/// log10 of an error bound as decimal text, rounded up to two digits: "3.1e-51"; "0" where it is exact.
std::string error_text(double error_log10);

/// Log10 of what `error_text` made. That was rounded up: a hair below it, so that it is not rounded up again.
/// Throws std::logic_error or InputError for what it cannot have made.
double parse_error_text(const std::string& text);

}  // namespace ncverify::trial
