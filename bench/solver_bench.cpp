// The refinement, in multiples of one sparse evaluation of loss and gradient at the same precision.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>

#include "bench/configurations.hpp"
#include "bench/median.hpp"
#include "problem/random.hpp"
#include "properties/certified.hpp"

namespace {

using namespace ncverify;
using bench::Tail;

constexpr long certified_digits = 100;

// Searched once, then refined again and again from the same start: the refinement is warm.
void refine_again(benchmark::State& state, Tail tail, long classes, long digits) {
    const Configuration configuration = bench::make_case(tail, classes, classes);
    solvers::SolveOptions options;
    // Above `certified_digits` the certificate would take most of the time: the start is judged at that many.
    options.digits = std::min(digits, certified_digits);
    options.search = solvers::SearchMethod::structured;
    const solvers::Solution solution = properties::solve_and_certify(configuration, options).solution;
    if (solution.status != solvers::SolutionStatus::certified || solution.starts.size() != 1) {
        state.SkipWithError("not certified from the first start");
        return;
    }
    const solvers::ScaledProblem problem = solvers::scaled_problem(configuration);
    solvers::StartRecord record;
    const solvers::Found found =
        solvers::search(configuration, problem, options.search, split_seed(options.seed, 0), record);
    std::vector<double> refinement, evaluation, ratio;
    for (auto _ : state) {
        const auto minimizer = solvers::refine(configuration, problem, found.active, found.starts,
                                               solvers::working_digits(configuration, digits), true);
        if (!minimizer) {
            state.SkipWithError("not refined");
            return;
        }
        refinement.push_back(1e3 * minimizer->refine_seconds);
        evaluation.push_back(1e3 * minimizer->evaluation_seconds);
        ratio.push_back(refinement.back() / evaluation.back());
        state.SetIterationTime(minimizer->refine_seconds);
    }
    // The median ratio is that of ratios measured within one iteration.
    state.counters["refine_ms"] = bench::median(refinement);
    state.counters["least_refine_ms"] = *std::ranges::min_element(refinement);
    state.counters["evaluation_ms"] = bench::median(evaluation);
    state.counters["least_evaluation_ms"] = *std::ranges::min_element(evaluation);
    state.counters["refine_per_evaluation"] = bench::median(ratio);
    state.counters["least_per_least"] =
        state.counters["least_refine_ms"] / state.counters["least_evaluation_ms"];
}

// K^2 exponentials an evaluation: thousands of iterations where they are microseconds,
// one where they take seconds.
long iterations_for(long classes, long digits) {
    if (digits <= 100) {
        return classes <= 10 ? 2000 : classes <= 50 ? 200 : 50;
    }
    if (digits <= 1000) {
        return classes <= 10 ? 100 : 5;
    }
    return classes <= 10 ? 5 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    for (const Tail tail : {Tail::even, Tail::long_tailed}) {
        // The small ones are those that refine_peer.py compares with.
        for (const long classes : {2L, 4L, 8L, 10L, 50L, 100L}) {
            for (const long digits : {50L, 100L, 1000L, 10000L}) {
                if (classes < 10 && digits > 50) {
                    continue;
                }
                const std::string name =
                    fmt::format("refine/{}/K:{}/digits:{}", bench::name_of(tail), classes, digits);
                benchmark::RegisterBenchmark(
                    name.c_str(),
                    [=](benchmark::State& state) { refine_again(state, tail, classes, digits); })
                    ->UseManualTime()
                    ->Iterations(iterations_for(classes, digits))
                    ->Unit(benchmark::kMillisecond);
            }
        }
    }
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
