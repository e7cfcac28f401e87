// Class weight: omega_k of the weighted loss, a positive rational or the square root of one, exactly.
#pragma once

#include <optional>
#include <string>

#include "problem/scalar.hpp"

namespace ncverify {

/// omega_k > 0 (docs/model.md, Class weights). Every exact decision needs its square only.
struct ClassWeight {
    Rational squared = 1;                 ///< omega_k^2
    std::optional<Rational> value = {1};  ///< omega_k, where it is rational
    std::string text = "1";               ///< as written: "1/2", "0.25", "sqrt1/7"

    friend bool operator==(const ClassWeight& a, const ClassWeight& b) { return a.squared == b.squared; }
};

/// A positive decimal, fraction, or "sqrt" and one of these. Throws InputError naming `where`.
ClassWeight parse_weight(const std::string& text, const std::string& where);

/// The weight whose square this is, written as a rational where it is one.
ClassWeight weight_of_square(const Rational& squared);

/// The root of a rational's square; nothing where the root is irrational. Not below zero.
std::optional<Rational> exact_root(const Rational& square);

inline constexpr const char* weights_expected =
    "positive numbers such as 1,1/2,0.25x3,sqrt1/7, one for each class, or balanced, inverse or inverse-sqrt";

/// omega, rounded to the working precision of Scalar (an enclosure of it, for Enclosure).
template <typename Scalar>
Scalar weight_value(const ClassWeight& weight) {
    using std::sqrt;
    return weight.value ? from_rational<Scalar>(*weight.value)
                        : Scalar(sqrt(from_rational<Scalar>(weight.squared)));
}

}  // namespace ncverify
