// The value of the loss where a descent stood still, proven.
#pragma once

#include <optional>

#include "properties/still_points.hpp"

namespace ncverify::properties {

/// A point where a descent stood still, refined and looked at. Evaluated at the precision of the innermost
/// PrecisionScope. @param searched  a point of the search, which class-means form identifies
StillPoint examined(const Configuration& configuration, const solvers::ScaledPoint& searched);

/// Contains a value of the loss that is proven to be what the point stands for; none where nothing is.
/// Coordinates that serve several classes: a local minimum that the checker proves to be near. Otherwise the
/// least loss of all points at which its dead classes have no features: these classes' part of the loss is at
/// least n_k/N log K, which is what their term of D is at the slope (K-1)/K; so D with these slopes bounds
/// such points from below, and the refined point bounds their minimum from above. With no class dead: the
/// minimum.
std::optional<Enclosure> proven_value(const StillPoint& still);

}  // namespace ncverify::properties
