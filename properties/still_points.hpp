// Where descents stand still: stationary points of problem (4), global minima or not, as a descent from a
// random point meets them that has no move for leaving one.
#pragma once

#include <optional>
#include <vector>

#include "certificates/local_minimum.hpp"
#include "problem/random.hpp"
#include "properties/points.hpp"
#include "solvers/refine.hpp"

namespace ncverify::properties {

/// One such point, class-means form.
struct StillPoint {
    Configuration configuration;
    solvers::ScaledPoint searched;  ///< in double
    solvers::ActiveSet active;
    /// Refined, with the digits of a case; none where that failed, or is not tried: coordinates that serve
    /// several classes cost (K d)^3, and are left alone where K d > 64.
    std::optional<solvers::Minimizer> minimizer;
    FeasiblePoint exact;   ///< the same, as exact numbers: within the refinement's error of stationary
    Enclosure refinement;  ///< that error: at least the largest entry of the gradient, scaled
    certificates::LocalMinimum minimum;  ///< where coordinates are shared: what the checker says of it

    /// Each class has a coordinate of its own or cannot use one: then the point is a global minimum.
    bool separate() const { return !active.shared && active.dead.empty(); }
    /// Nothing speaks against calling it a local minimum: a coordinate serves one class at most, or the
    /// checker proves that one is near.
    bool local_minimum() const { return minimizer && (!active.shared || minimum.proven); }
};

/// Descends from random points until one stands still above the minimum, from one in large problems, from up
/// to eight in small ones; refines the last. Evaluated at the precision of the innermost PrecisionScope.
StillPoint still_point(const Configuration& configuration, Random& random);

/// A point of the search, refined to `digits` with its own active set; as StillPoint::minimizer.
std::optional<solvers::Minimizer> refined(const Configuration& configuration,
                                          const solvers::ScaledPoint& point, const solvers::ActiveSet& active,
                                          long digits);

/// What a class and its neighbours hold: two classes are neighbours where they share a coordinate.
struct Block {
    std::vector<long> classes, coordinates;
};
/// The blocks of a point, by the zeros of its features; classes without features are in none.
std::vector<Block> blocks(const Matrix<Enclosure>& features);

}  // namespace ncverify::properties
