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

/// The share of `part` in `part` + `rest`, both >= 0, in percent, such as "12.5 %", "0.37 %", "99.9995 %":
/// the smaller of the two sides has three digits. "0 %" and "100 %" mean none and all: what is too small for
/// six decimals is "less than 0.000001 %", and what all but misses all "more than 99.999999 %". "-" for 0 of
/// 0. The page's own (reports/page/scripts/words.js) says the same.
std::string share_text(double part, double rest);
/// The same of a part of a sum; "" where one of the two is negative, or the sum is not positive for certain.
std::string share_text(const Enclosure& part, const Enclosure& rest);

}  // namespace ncverify::measure
