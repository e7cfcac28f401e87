// Natural scales: what a deviation is measured against, so that "50 digits" means the same for every claim.
// The factors of (9) and (10) stand in theory/ too, and the proof's in proof_terms.hpp: on purpose. A claim
// that took its formula from the witness whom it questions would agree with every slip of it.
#pragma once

#include <vector>

#include "properties/case.hpp"

namespace ncverify::properties {

/// sqrt(lH/lW) / sqrt(K(K-1)): the factor of (10).
Enclosure classifier_factor(const Configuration& configuration);
/// sqrt((K-1)/K lW/lH / n_k): ||h_k||^2 for a margin of one, by (9).
Enclosure feature_scale(const Configuration& configuration, std::size_t k);
/// Squared classifier norm for the largest count and a margin of one, or the largest class's margin where
/// that exceeds one.
Enclosure classifier_scale(const Case& subject);
/// The margin where it exceeds one, else one.
Enclosure margin_scale(const Case& subject, std::size_t k);
/// ||h_k||^2 for the margin of `margin_scale`.
Enclosure squared_length_scale(const Case& subject, std::size_t k);
/// ||h_k|| for such margins, of every class.
std::vector<Enclosure> length_scales(const Case& subject);

/// sqrt(n_k).
Enclosure root_count(const Configuration& configuration, std::size_t k);
/// r_m = sqrt(lH/lW) / sqrt(K(K-1)) sqrt(n_m): (10) is w_k = sum_m (K [k = m] - 1) r_m h_m.
std::vector<Enclosure> relation_column(const Configuration& configuration);

/// Digits that a comparison can resolve at the precision of the innermost PrecisionScope.
long resolved_digits();

}  // namespace ncverify::properties
