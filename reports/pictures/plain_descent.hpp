// Plain descent: the solver's method from a random point, without the moves that free coordinates.
#pragma once

#include <cstdint>

#include "solvers/descent.hpp"

namespace ncverify::reports {

/// The scaled problem with its true weights, which the solver may have scaled down.
solvers::ScaledProblem true_problem(const Configuration& configuration, Formulation formulation);

/// Entries of the order that they have at stationary points.
solvers::ScaledPoint start_point(const solvers::ScaledProblem& problem, std::uint64_t seed);

/// Loss of problem (4) from F.
double loss_of(const Configuration& configuration, double value);

}  // namespace ncverify::reports
