// The checker of tree certificates. Knows neither the search nor the theorem.
#pragma once

#include "certificates/check.hpp"
#include "certificates/convex_leaf.hpp"
#include "certificates/tree_certificate.hpp"

namespace ncverify::certificates {

/// Both bounds, whatever the certificate claims about them; `feasible` where every leaf's inequalities hold,
/// every chamber has its tree, and every leaf with an image of the point is convex around it. At the
/// precision of the innermost PrecisionScope; `lower` is a number without radius.
Bounds evaluate_bounds(const TreeCertificate& certificate);

/// Confirms the trees in rationals, the claimed bounds and the gap in interval arithmetic.
CheckResult check(const TreeCertificate& certificate);

/// What one leaf proves of the losses in its cones, where it can: a lower bound of those that are at most the
/// point's. Nothing where a probability, an inequality or the convexity fails; `reason` then says which.
/// @param inequality  the configuration's
/// @param point       at any precision not below the working one
std::optional<Enclosure> leaf_bound(const Configuration& configuration, const ConeInequality& inequality,
                                    const DifferentiatedPoint& point, const std::vector<Cone>& cones,
                                    const ConeNode& leaf, std::string& reason);

}  // namespace ncverify::certificates
