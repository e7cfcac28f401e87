// Points: feasible points of problem (4) as exact numbers, on and off the optimum, for claims about all of
// them.
#pragma once

#include <string>
#include <vector>

#include "problem/objective.hpp"
#include "problem/random.hpp"
#include "solvers/refine.hpp"

namespace ncverify::properties {

/// A point (W, H) with H >= 0. Unless its maker says otherwise every entry is an exact number (its enclosure
/// has no radius).
struct FeasiblePoint {
    std::string name;              ///< what it is, for counterexamples
    Matrix<Enclosure> classifier;  ///< W, K x d
    Matrix<Enclosure> features;    ///< H, d x columns
};

/// `configuration` with its counts cut down to between 2 and 4 samples a class, fewer where there are more
/// classes: the samples form of a configuration with 10^9 samples is out of reach, and a statement about
/// every (W,H) and every configuration loses nothing by being tried on a small one.
Configuration few_samples(const Configuration& configuration);

/// 10^u with u uniform in [low, high], as an exact number.
Enclosure log_uniform(Random& random, double low, double high);
/// A number in (0, 1), exact.
Enclosure fraction(Random& random);
/// +1 or -1.
Enclosure random_sign(Random& random);
/// Whole number in 0 .. size-1.
std::size_t below_size(Random& random, std::size_t size);

/// W of mixed signs and H >= 0 with at most four positive entries a column and some columns zero; the scales
/// of W and of H are log-uniform in 10^-6 .. 10^6, entries spread over two decades about them.
FeasiblePoint random_point(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                           Random& random);

/// A point of equality in every step of the proof that speaks of logits or of features alone: class k has its
/// features in coordinate k, equal for all its samples, and every other class the same entry of W there, so
/// that features of different classes are orthogonal and the other logits of a sample are equal. Needs d >=
/// K.
FeasiblePoint aligned_point(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                            Random& random);

/// A solver's point with the features of each class repeated for its columns.
FeasiblePoint solved_point(const solvers::Minimizer& minimizer, const std::vector<FeatureColumn>& columns);

/// `point` moved by about `size`, relative: positive entries scaled, and some of the features that are zero
/// made positive.
FeasiblePoint perturbed(FeasiblePoint point, const Enclosure& size, Random& random);

/// Points at which L0's conditions for a minimum hold to first order (class-means form): the solver's, zero,
/// and one with one or two dead classes, found by a structured search whose owners of coordinates are struck
/// out before it is refined. The first and the last are exact numbers that lie within the refinement's error
/// of a critical point.
/// @param minimizer  the solver's; its digits are those of the dead classes' refinement
std::vector<FeasiblePoint> stationary_points(const Configuration& configuration,
                                             const solvers::Minimizer& minimizer, std::uint64_t seed);

/// Whether the number is exactly zero.
bool is_exact_zero(const Enclosure& value);

}  // namespace ncverify::properties
