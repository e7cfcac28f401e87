// Rounding: enclosure or rational in, correctly rounded decimals out.
#pragma once

#include <optional>
#include <string>

#include "problem/scalar.hpp"

namespace ncverify::theory {

/// The number in `value`, rounded to nearest at `digits` >= 1 significant decimal digits, as "d.ddd",
/// "d.ddde-2" or "d.ddde+2" with every digit shown (exact zero: "0"). Nothing where the ball is too wide to
/// decide the rounding.
std::optional<std::string> rounded(const Enclosure& value, long digits);

/// The same for a rational number, always decided; halfway between two decimals the even one is taken.
std::string rounded(const Rational& value, long digits);

}  // namespace ncverify::theory
