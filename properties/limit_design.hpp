// The limit problem of vanishing decays: branch and bound, judged by the checker; subset designs.
#pragma once

#include "bottleneck/margin_limit.hpp"
#include "certificates/margin_limit.hpp"
#include "properties/points.hpp"

namespace ncverify::properties {

/// What is proven of the limit problem's minimum, and the best point met.
struct ProvenLimit {
    std::optional<Rational> lower;   ///< nothing where the search and the checker disagree: `reason` then
    std::optional<Enclosure> upper;  ///< the point's; nothing where none was met
    std::string reason;
    FeasiblePoint point;  ///< ||W|| = ||H||, least margin 1, up to rounding in double
    long nodes = 0, leaves = 0;
};

/// Searches and checks, at the precision of the innermost PrecisionScope. Throws InputError where the cones
/// are too many to list.
ProvenLimit prove_limit(const bottleneck::LimitOptions& options);

}  // namespace ncverify::properties
