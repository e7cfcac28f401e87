// The solver's own entries in the contest.
#include <cmath>

#include "bench/contest.hpp"
#include "solvers/descent.hpp"

namespace ncverify::bench {

namespace {

// The point that a search hands to the refinement, in full: class k has u_k = rho t and puts -rho q t' into
// V, sigma = rho^2 ||t||^2 / sqrt(n_k) (solvers/class_newton.hpp).
solvers::ScaledPoint dense_point(const solvers::ScaledProblem& problem, const solvers::Found& found) {
    if (found.active.shared) {
        return found.point;
    }
    solvers::ScaledPoint point{Matrix<double>::Zero(problem.classes, problem.dimension),
                               Matrix<double>::Zero(problem.dimension, problem.classes), 0};
    std::vector<double> square(static_cast<std::size_t>(problem.classes), 0.0);
    for (std::size_t i = 0; i < found.active.owner.size(); ++i) {
        if (found.active.owner[i] != solvers::unowned) {
            square[static_cast<std::size_t>(found.active.owner[i])] += std::pow(found.active.weight[i], 2);
        }
    }
    for (std::size_t i = 0; i < found.active.owner.size(); ++i) {
        const long k = found.active.owner[i];
        if (k == solvers::unowned) {
            continue;
        }
        const auto index = static_cast<std::size_t>(k);
        const solvers::ClassStart& start = found.starts[index];
        const double rho = std::sqrt(std::max(0.0, start.sigma) * problem.root_count[index] / square[index]);
        Vector<double> residual = (start.logits.array() - start.logits.maxCoeff()).exp();
        residual *= problem.gamma[index] / residual.sum();
        residual[k] -= residual.sum();
        const auto coordinate = static_cast<long>(i);
        point.features(coordinate, k) = rho * found.active.weight[i];
        point.classifier.col(coordinate) = -rho * found.active.weight[i] * residual;
    }
    point.value = solvers::scaled_objective(problem, point.classifier, point.features);
    return point;
}

Run judge(const Contest& contest, const solvers::ScaledPoint& point, double seconds) {
    Run run;
    run.value_seconds = run.proof_seconds = seconds;
    run.proven = contest.yardstick.own_gap(point) <= contest.target;
    run.valued = contest.yardstick.value_gap(point.value) <= contest.target;
    return run;
}

}  // namespace

Run run_solver(const Contest& contest, solvers::SearchMethod method, std::uint64_t seed) {
    const auto clock = ProcessorClock::now();
    solvers::StartRecord record;
    const solvers::Found found =
        solvers::search(contest.configuration, contest.problem, method, seed, record);
    const double seconds = seconds_since(clock);
    return judge(contest, dense_point(contest.problem, found), seconds);
}

Run run_descent_alone(const Contest& contest, std::uint64_t seed) {
    const auto clock = ProcessorClock::now();
    solvers::ScaledPoint point = random_start(contest.problem, seed);
    solvers::descend(contest.problem, point, solvers::DescentOptions{});
    return judge(contest, point, seconds_since(clock));
}

}  // namespace ncverify::bench
