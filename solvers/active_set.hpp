// The active set: which class uses which coordinate, read off a point.
#pragma once

#include <vector>

#include "solvers/scaled_problem.hpp"

namespace ncverify::solvers {

inline constexpr long unowned = -1;

/// Which features are positive at a point where no coordinate serves two classes.
struct ActiveSet {
    std::vector<long> owner;     ///< class of each coordinate, or `unowned`; d entries
    std::vector<double> weight;  ///< the owner's `usage` there; the direction of u_k within its coordinates
    std::vector<long> dead;      ///< classes that own nothing although they could lower the loss
    bool shared = false;  ///< some coordinate serves two classes: then the rest does not describe the point
};

/// How much each class uses each coordinate, d x K: the norm of its columns' entries there (the feature
/// itself, in the class-means form).
Matrix<double> usage(const ScaledProblem& problem, const ScaledPoint& point);

/// Reads the active set off a point. Features below 10^-5 (10^-3 of the coordinate's largest, for a second
/// user) count as zero: a guess at the search's accuracy, which the refinement and the certificate then test.
ActiveSet identify(const ScaledProblem& problem, const ScaledPoint& point);

}  // namespace ncverify::solvers
