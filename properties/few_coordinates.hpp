// A small problem with fewer coordinates than classes, made of a case's configuration: what claims about the
// bottleneck are tried on.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "properties/points.hpp"

namespace ncverify::properties {

/// Bounds of the minimum at one decay, for vanishing decays.
struct DecayBounds {
    std::string decay;       ///< lW = lH
    Enclosure lower, upper;  ///< proven, of the minimum there
};

/// t is 100 to this power.
inline constexpr std::array<long, 3> decay_levels{1, 3, 9};

/// d < K, every class above its threshold.
struct FewCoordinates {
    Configuration configuration;
    /// Branch and bound proved the minimum to all digits; where it did not, nothing below is there.
    bool proven = false;
    Enclosure lower, upper;   ///< what the checker says of the minimum
    FeasiblePoint minimiser;  ///< class means, of loss `upper`; exact numbers
    FeasiblePoint other;      ///< where a descent from a random point stands still, global or not
    Enclosure refinement;     ///< at least the largest entry of either's gradient, scaled
    FeasiblePoint samples;    ///< the solver's point in the samples form; no features where it found none
    /// The same counts in one coordinate: bounds of the minimum at decays that fall.
    std::vector<DecayBounds> falling;
};

/// The classes and counts of the problem below: two or three classes as they are, four of equal count; counts
/// cut down to 1..8, for the samples form. Empty where there are more classes.
std::vector<long long> few_classes(const Configuration& configuration);

/// Decays at which every class is above its threshold, by a factor from 3/2 to 100, and 1 or, for some with
/// three classes, 2 coordinates. What is drawn derives from `seed`.
/// @param configuration  one for which `few_classes` is not empty
/// @param digits  of the points, and of the proof. At the precision of the innermost PrecisionScope
FewCoordinates few_coordinates(const Configuration& configuration, std::uint64_t seed, long digits);

/// Bounds of the minimum in one coordinate with lW = lH at falling decays. The lower one needs no decay:
/// where the entries of W are in descending order, class k's probabilities lie on the classes that stand at
/// least as high, and no t_k is positive; the checker confirms these trees. The upper one is the loss at
/// w_(r) = -s t^(2r-2), h_(r) = t^(1-2r)/s (r < K), h_(K) = 0, counts descending, where t rises.
/// At each of `decay_levels`; one that the checker does not confirm is left out.
std::vector<DecayBounds> falling_decays(const std::vector<long long>& counts);

}  // namespace ncverify::properties
