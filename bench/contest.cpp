#include "bench/contest.hpp"

#include <algorithm>
#include <cmath>

#include "problem/random.hpp"

namespace ncverify::bench {

solvers::ScaledPoint random_start(const solvers::ScaledProblem& problem, std::uint64_t seed) {
    Random random(seed);
    return solvers::random_point(problem, random);
}

double evaluation_seconds(const Contest& contest) {
    const solvers::ScaledPoint point = random_start(contest.problem, 1);
    Matrix<double> gradient_v, gradient_u;
    double least = 1e300;
    for (int batch = 0; batch < 20; ++batch) {
        const auto clock = ProcessorClock::now();
        long evaluations = 0;
        do {
            solvers::scaled_gradient(contest.problem, point.classifier, point.features, gradient_v,
                                     gradient_u);
            ++evaluations;
        } while (seconds_since(clock) < 2e-3);
        least = std::min(least, seconds_since(clock) / static_cast<double>(evaluations));
    }
    return least;
}

}  // namespace ncverify::bench
