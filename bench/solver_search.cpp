// The solver's own entries in the contest.
#include "bench/contest.hpp"
#include "solvers/active_set.hpp"
#include "solvers/descent.hpp"

namespace ncverify::bench {

namespace {

// The search as solvers/solve.cpp runs it. This function is all that knows the solver's interface.
solvers::BalancedPoint search(const Contest& contest, std::uint64_t seed) {
    solvers::BalancedPoint point = random_start(contest.problem, seed);
    solvers::DescentOptions rough;
    rough.tolerance = 1e-5;
    rough.largest_iterations = 1000;
    for (long round = 0; round <= contest.problem.classes; ++round) {
        solvers::descend(contest.problem, point, rough);
        if (solvers::revive_dead_classes(contest.problem, point) == 0) {
            break;
        }
    }
    solvers::descend(contest.problem, point, solvers::DescentOptions{});
    solvers::revive_dead_classes(contest.problem, point);
    solvers::identify(contest.problem, point);
    return point;
}

Run judge(const Contest& contest, const solvers::BalancedPoint& point, double seconds) {
    Run run;
    run.value_seconds = run.proof_seconds = seconds;
    run.proven = contest.yardstick.own_gap(point) <= contest.target;
    run.valued = contest.yardstick.value_gap(point.value) <= contest.target;
    return run;
}

}  // namespace

Run run_solver(const Contest& contest, std::uint64_t seed) {
    const auto clock = Clock::now();
    const solvers::BalancedPoint point = search(contest, seed);
    return judge(contest, point, seconds_since(clock));
}

Run run_descent_alone(const Contest& contest, std::uint64_t seed) {
    const auto clock = Clock::now();
    solvers::BalancedPoint point = random_start(contest.problem, seed);
    solvers::descend(contest.problem, point, solvers::DescentOptions{});
    return judge(contest, point, seconds_since(clock));
}

}  // namespace ncverify::bench
