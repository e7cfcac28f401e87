// The checker of the limit problem of vanishing decays: that no margins of 1 cost less, cone by cone.
#pragma once

#include <optional>
#include <string>

#include "certificates/tree_certificate.hpp"
#include "problem/objective.hpp"

namespace ncverify::certificates {

/// What is left of problem (4) for vanishing decays and equal counts: minimise (||W||^2 + ||H||^2)/2 over H
/// >= 0 with (w_k - w_m).h_k >= 1 for all m != k. On each leaf's cones sum_km L_km bounds that from below if
///     sum_k t_k(u)_+ t_k(v)_+ <= u.v for every two generators u, v of one cone, t_k(u) = sum_m L_km (u_k -
///     u_m);
/// a leaf has L_km / unit as its probabilities off the diagonal (docs/bottleneck.md, Subset designs).
///
/// The least of the leaves' sums, where every tuple of chambers has its tree and every inequality holds in
/// exact arithmetic; else nothing, and why.
/// @param unit  a whole number
std::optional<Rational> margin_limit_bound(long classes, long dimension, const Integer& unit,
                                           const std::vector<ConeTree>& trees, std::string& reason);

/// ||W|| ||H|| over the least margin (w_k - w_m).h_k: what these come to in the problem, scaled as it suits
/// them best. Nothing unless H >= 0 and every margin is certainly positive. At the working precision.
/// @param classifier  W, K x d
/// @param features    H, d x K
std::optional<Enclosure> margin_limit_value(const Matrix<Enclosure>& classifier,
                                            const Matrix<Enclosure>& features);

}  // namespace ncverify::certificates
