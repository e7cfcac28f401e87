// All strict local minima of a small problem: a search of the whole space that leaves nothing out.
#pragma once

#include <array>
#include <vector>

#include "certificates/scaled_hessian.hpp"

namespace ncverify::certificates {

/// More than this many numbers are not searched: (K-1) d, what a stationary point's W has.
inline constexpr long largest_searched_size = 4;

/// What became of the boxes.
struct StrictMinima {
    long boxes = 0;       ///< looked at
    long stationary = 0;  ///< closed: no stationary point
    long saddle = 0;      ///< closed: a direction along which the loss falls to second order
    long known = 0;       ///< closed: no other stationary point than a known minimum
    long copies = 0;  ///< closed: a class or two alone with several coordinates, hence not strict (Pairs.v)
    long undecided = 0;  ///< not closed within the limits
    bool complete() const { return undecided == 0; }
};

struct SearchLimits {
    long boxes = 200'000;  ///< in all
    long depth = 60;       ///< halvings of one box
};

/// Proves that problem (4), d = configuration.dimension, has no strict local minimum but the known ones and
/// what permuting their coordinates makes of them, as far as no box stays undecided: README.md, Strict
/// minima. With K = 2 and with d >= K flat families of other minima may exist; they are not strict. Throws
/// InputError where (K-1) d exceeds `largest_searched_size`.
/// @param known  turned points, each proven to be a strict local minimum, with d coordinates
/// @param error  half-width of a box around each that contains the minimum, in the scaled variables
StrictMinima search_strict_minima(const Configuration& configuration, const std::vector<Turned>& known,
                                  const std::vector<Enclosure>& error, const SearchLimits& limits);

}  // namespace ncverify::certificates
