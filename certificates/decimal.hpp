// The numbers of a certificate's file: their grammar, their size, and what they stand for.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "problem/scalar.hpp"

namespace ncverify::certificates {

/// The largest power of ten, up or down, that a number of a certificate of so many digits may have: far more
/// than decays within 1e-10000..1e10000 and this precision can call for.
constexpr long largest_exponent(long digits) {
    return 20'000 + 10 * digits;
}

/// The powers of ten of all slopes together: unlike other numbers, slopes are written out as rationals.
inline constexpr long largest_slope_exponents = 4'000'000;

/// A decimal, `-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[+-]?[0-9]+)?`, as JSON writes a number, taken apart:
/// +-mantissa * 10^(exponent - places).
struct Decimal {
    bool negative = false;  ///< below zero: "-0" is not
    std::string mantissa;   ///< whole number
    long places = 0;        ///< digits after the point
    long exponent = 0;      ///< what stands after the e
};

/// Throws InputError naming `where` for what is no such decimal, or has a larger power of ten than `largest`.
Decimal parse_decimal(const std::string& text, const std::string& where, long largest = 999'999'999);

/// Powers of ten, each computed once for many decimals.
class PowersOfTen {
  public:
    /// Encloses 10^power, power >= 0, at `bits` bits or more.
    const Enclosure& of(long power, long bits);

  private:
    std::map<long, std::pair<long, Enclosure>> known_;  // with the bits that they were computed at
};

/// The same, as a number that is nowhere written out in full: 1e1000000 takes no more than its precision
/// asks for. At the precision of the innermost PrecisionScope; exact where that suffices.
Enclosure enclosed(const Decimal& decimal, PowersOfTen& powers);
Enclosure enclosed(const Decimal& decimal);

/// A decimal or fraction `-?(0|[1-9][0-9]*)/[1-9][0-9]*`, exactly.
struct ExactNumber {
    Rational value;
    long exponent = 0;  ///< size of the power of ten that its text had
};

/// Throws InputError naming `where`, as `parse_decimal`.
ExactNumber parse_exact_number(const std::string& text, const std::string& where, long largest);

}  // namespace ncverify::certificates
