// Natural scales: what a deviation is measured against, so that "50 digits" means the same for every claim.
#pragma once

#include "properties/case.hpp"

namespace ncverify::properties {

/// sqrt(lH/lW) / sqrt(K(K-1)): the factor of (10).
Enclosure classifier_factor(const Configuration& configuration);
/// sqrt((K-1)/K lW/lH / n_k): ||h_k||^2 for a margin of one, by (9).
Enclosure feature_scale(const Configuration& configuration, std::size_t k);
/// Squared classifier norm for the largest count and a margin of one,
/// or the largest margin where that is more.
Enclosure classifier_scale(const Case& subject);
/// The margin where it exceeds one, else one.
Enclosure margin_scale(const Case& subject, std::size_t k);

/// sqrt(n_k).
Enclosure root_count(const Configuration& configuration, std::size_t k);

}  // namespace ncverify::properties
