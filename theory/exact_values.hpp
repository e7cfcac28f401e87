// Exact values: what a wider enclosure could never decide,
// because the number is exactly zero or exactly rational.
#pragma once

#include <optional>

#include "problem/configuration.hpp"

namespace ncverify::theory {

/// Whether w_k . w_j = 0 exactly, k != j. By Proposition 1 the product is a positive number times
/// sum_g m_g sqrt(n_g) log y_g over the counts above the threshold, with whole m_g and
/// y_g = (K-1)(sqrt(n_g)/c - 1) algebraic. By Baker's theorem such a sum is zero or transcendental; as square
/// roots of different square classes are independent over the rationals, it is zero exactly where within
/// every class of counts n_g = rho_g^2 n the product of y_g^(m_g rho_g) is one, which arithmetic in the
/// quadratic field of sqrt(n)/c decides. Nothing where the powers would be too large to write down.
std::optional<bool> classifiers_orthogonal(const Configuration& configuration, long k, long j);

/// The cosine of w_k and w_j, k != j, where it is known to be rational: when all classes above the threshold
/// have the same count, their common a_k cancels and the square of the cosine is rational. (Every other
/// number that the closed forms print is zero, or transcendental by Baker's theorem, so that its rounding is
/// decided at some precision; of cosines between unequal margins this is not known.)
std::optional<Rational> rational_cosine(const Configuration& configuration, long k, long j);

}  // namespace ncverify::theory
