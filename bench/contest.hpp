// The contest: contestants minimise F from the same random starts and are judged by one yardstick.
#pragma once

#include <cstdint>

#include "bench/yardstick.hpp"
#include "problem/processor_clock.hpp"
#include "solvers/search.hpp"

namespace ncverify::bench {

/// One configuration, ready to run on.
struct Contest {
    explicit Contest(Configuration of)
        : configuration(std::move(of)),
          problem(solvers::scaled_problem(configuration)),
          yardstick(configuration, problem) {}
    Contest(const Contest&) = delete;
    Contest& operator=(const Contest&) = delete;

    Configuration configuration;
    solvers::ScaledProblem problem;
    Yardstick yardstick;
    double target = 1e-10;     ///< relative gap at which a run has succeeded
    double limit_seconds = 5;  ///< for one run of a peer
};

/// What one run from one start came to.
struct Run {
    bool valued = false;       ///< a value within the target of the best bound
    bool proven = false;       ///< the same by the point's own slopes, which asks for more accuracy
    bool out_of_time = false;  ///< stopped by the limit, short of `proven`
    double value_seconds = 0;  ///< until valued, else until the contestant got no further
    double proof_seconds = 0;  ///< the same for proven
};

/// The random start that belongs to a seed: the one of solvers/search.cpp, for those that are not the solver.
solvers::ScaledPoint random_start(const solvers::ScaledProblem& problem, std::uint64_t seed);

/// Seconds for one dense evaluation of F and its gradient, the unit of the contest: least of several batches.
double evaluation_seconds(const Contest& contest);

/// The solver's search, as `ncverify solve` runs it: judged by the point that it hands to the refinement.
Run run_solver(const Contest& contest, solvers::SearchMethod method, std::uint64_t seed);

/// The solver's descent alone, no dead class revived: what the method is without the move.
Run run_descent_alone(const Contest& contest, std::uint64_t seed);

/// NLopt's methods for bounds and gradients.
enum class Peer { ccsaq, mma, lbfgs };

/// A peer in the same variables, with the same F and gradient, lower bounds 0 on the features and no
/// tolerance of its own: it runs until proven, out of time, or long without a lower value. Where it fails,
/// its time counts until the last lower value: nothing is charged for waiting. Nor is looking at the
/// yardstick.
Run run_peer(const Contest& contest, Peer peer, std::uint64_t seed);

}  // namespace ncverify::bench
