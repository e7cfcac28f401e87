// What is proved over boxes, claim by claim.
//
// Theorem 1 and Proposition 1 depend on the counts only through s_k = sqrt(n_k)/c: M(s) = max(0, log t) with
// t = (K-1)(s-1), class k collapses exactly where t <= 1, and a_k is a constant times a(s_k), a(s) = s M(s).
// Here s, or u = 1/t, is any real number, so that a box holds every count and every product lW lH in its
// range at once; u in [0, 1] is every class that does not collapse, however large.
#pragma once

#include "properties/boxes/box.hpp"

namespace ncverify::properties {

inline constexpr long default_most_boxes = 200'000;

/// All statements; several may concern one claim. Whether they hold is what `prove` finds out.
std::vector<BoxStatement> box_statements();

// Their parts.
std::vector<BoxStatement> monotonicity_statements();  ///< norms in the count
std::vector<BoxStatement> cosine_statements();        ///< cosines in the count
std::vector<BoxStatement> direct_statements();        ///< again by brute force, where that can decide

/// Proofs of the statements whose claim matches one of the comma-separated patterns ("cor2.*,eq6.sign");
/// empty means all. Throws InputError for a pattern that matches none.
std::vector<BoxProof> box_proofs(const std::string& patterns, long most_boxes = default_most_boxes);

}  // namespace ncverify::properties
