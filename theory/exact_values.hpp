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
/// every class of counts n_g = rho_g^2 n the sum of m_g rho_g log y_g is.
bool classifiers_orthogonal(const Configuration& configuration, long k, long j);

/// The cosine of w_k and w_j, k != j, where it follows from identities between the margins that it is a
/// rational number other than -1, 0 and 1. That is so only if the counts above the threshold are of one
/// square class, and w_k . w_j, ||w_k||^2 and ||w_j||^2 rational multiples of each other; if there is only
/// one such count, they always are. Every other number that the closed forms print is zero or, by Baker's
/// theorem, transcendental, so that its rounding is decided at some precision; of other cosines this is known
/// but for those of theory/README.md, What is not known.
std::optional<Rational> rational_cosine(const Configuration& configuration, long k, long j);

}  // namespace ncverify::theory
