// Margin relations: which sums of margins with rational weights are exactly zero, and which are exactly
// multiples of each other. theory/README.md has the argument.
#pragma once

#include <map>
#include <optional>

#include "problem/scalar.hpp"

namespace ncverify::theory {

/// sum_g weight_g log y_g with y_g = (K-1) |sqrt(n_g)/c - 1|, by n_g, which is a count or, with class
/// weights, omega^2 times one. All n_g are of one square class (their quotients are squares), and none is
/// c^2.
struct MarginSum {
    long classes = 2;                      ///< K
    Rational c_squared;                    ///< c^2
    std::map<Rational, Rational> weights;  ///< of each n_g
};

/// sqrt(value) where that is rational; value >= 0.
std::optional<Rational> rational_root(const Rational& value);

/// Whether the sum is zero: exactly where the product of the y_g^weight_g is one. That is decided in Q or in
/// the quadratic field of sqrt(n)/c without writing the product down: by the exponents of its norm over a
/// coprime base, those of its ideal over the primes that lie above one, and the logarithm of a unit.
bool vanishes(const MarginSum& sum);

/// The rational r with b = r a, where there is one. By Gelfond and Schneider there is none else: a quotient
/// of logarithms of algebraic numbers is rational or transcendental.
/// @param a  with positive weights only, each on a count above the threshold
/// @param b  of the same K, c^2 and square class
std::optional<Rational> quotient(const MarginSum& b, const MarginSum& a);

}  // namespace ncverify::theory
