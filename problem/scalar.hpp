// The number types, and the one place where working precision is set.
#pragma once

#include <boost/multiprecision/gmp.hpp>
#include <boost/multiprecision/mpfr.hpp>
#include <string>

#include "problem/enclosure.hpp"

namespace ncverify {

using Integer = boost::multiprecision::number<boost::multiprecision::gmp_int, boost::multiprecision::et_off>;
using Rational =
    boost::multiprecision::number<boost::multiprecision::gmp_rational, boost::multiprecision::et_off>;

/// MPFR through Boost; a new value takes the precision of the innermost PrecisionScope of its thread.
using Multiprecision = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<0>,
                                                     boost::multiprecision::et_off>;

/// Sets the working precision of Multiprecision and Enclosure on this thread, in decimal digits, for as
/// long as it lives; the former precision comes back when it dies.
class PrecisionScope {
  public:
    explicit PrecisionScope(long digits);
    ~PrecisionScope();
    PrecisionScope(const PrecisionScope&) = delete;
    PrecisionScope& operator=(const PrecisionScope&) = delete;

  private:
    unsigned former_digits_;
    long former_bits_;
};

/// Bits that hold `digits` decimal digits.
long bits_for_digits(long digits);

/// `value` rounded to the working precision of Scalar (an enclosure of it, for Enclosure).
template <typename Scalar>
Scalar from_rational(const Rational& value);

template <typename Scalar>
Scalar from_integer(const Integer& value) {
    return from_rational<Scalar>(Rational(value));
}

/// `value` rounded to the working precision. (A copy would keep the precision of its source.)
Multiprecision at_working_precision(const Multiprecision& value);

/// Exact value of a finite Multiprecision number.
Rational exact_rational(const Multiprecision& value);

/// The largest decimal of `digits` significant digits that is not above `value`.
Rational decimal_below(const Multiprecision& value, long digits);

/// A decimal of `digits` significant digits not above sqrt(square), square >= 0, and below it by less than
/// two units of the last one.
Rational root_below(const Rational& square, long digits);

/// `value` as "p/q", or "p" where it is an integer.
std::string to_string(const Rational& value);

}  // namespace ncverify
