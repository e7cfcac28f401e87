// Measured numbers as decimal text, for JSON and for pages.
#pragma once

#include <optional>
#include <string>

#include "problem/enclosure.hpp"

namespace ncverify::measure {

/// The shortest decimal that reads back as this double; nothing where it is not finite, or there is none.
std::optional<std::string> number_text(double value);
std::optional<std::string> number_text(const std::optional<double>& value);

/// Seventeen digits, rounded correctly where the enclosure is narrow enough. Enclosures may be beyond the
/// range of a double, as decays may.
std::string number_text(const Enclosure& value);

}  // namespace ncverify::measure
