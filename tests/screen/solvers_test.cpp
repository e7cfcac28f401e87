// The kernel against the double solver and against certified solutions, on 2000 configurations.
#include <algorithm>
#include <cmath>

#include "problem/random.hpp"
#include "properties/certified.hpp"
#include "screen/rejudge.hpp"
#include "solvers/search.hpp"
#include "tests/precompiled.hpp"

using namespace ncverify;
using namespace ncverify::screen;

TEST_CASE("The kernel's loss is the certified minimum and the double solver's") {
    // The claim that keeps, of each case, the loss that the kernel found.
    static std::vector<std::pair<std::uint64_t, double>> losses;
    losses.clear();
    ScreenOptions options;
    options.random = 2000;
    options.seed = 11;
    options.jobs = 1;
    options.claims = {{"thm1.minimum", [](const Subject& subject, Reading&) {
                           losses.emplace_back(subject.sample.number, subject.found.loss);
                       }}};
    const std::atomic<bool> never{false};
    const ScreenResult result = run_screen<float>(options, never, [](long) {});
    REQUIRE(static_cast<long>(losses.size()) + result.local_minima == 2000);
    CHECK(result.local_minima <= 2);
    long differ = 0, compared = 0;
    for (const auto& [number, loss] : losses) {
        const Configuration configuration =
            configuration_of(random_sample(options.seed, number, random_shape(options.seed, number)));
        INFO("case " << number << ": " << configuration.command_line());
        solvers::SolveOptions solve;
        solve.digits = 12;
        solve.search = solvers::SearchMethod::structured;
        const auto certified = properties::solve_and_certify(configuration, solve);
        REQUIRE(certified.solution.status == solvers::SolutionStatus::certified);
        const auto minimum = static_cast<double>(certified.solution.judgement.lower_bound);
        // In double no feasible point is below the minimum; how far above depends on the point's accuracy.
        CHECK(loss >= minimum * (1 - 1e-11));
        CHECK(loss <= minimum * (1 + 1e-5));
        // The double solver scales problems down whose every gamma is above 100: then its loss is another's.
        const solvers::ScaledProblem problem = solvers::scaled_problem(configuration);
        const double smallest = *std::min_element(problem.gamma.begin(), problem.gamma.end());
        if (smallest < 99) {
            solvers::StartRecord record;
            solvers::search(configuration, problem, solvers::SearchMethod::descent, split_seed(1, number),
                            record);
            ++compared;
            differ += std::abs(std::stod(record.objective) - loss) > 1e-5 * loss ? 1 : 0;
        }
    }
    CHECK(compared > 1000);
    CHECK(differ <= 4);  // where the double solver's one start ended in a local minimum
}
