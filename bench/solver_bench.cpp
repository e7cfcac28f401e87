// The stages of the solver, in multiples of one sparse evaluation of loss and gradient at the same precision.
#include <benchmark/benchmark.h>

#include "properties/certified.hpp"

namespace {

using namespace ncverify;

// K classes with counts 1000, 990, ...: every class its own count, none collapsed.
Configuration long_tail(long classes) {
    std::vector<long long> counts;
    for (long k = 0; k < classes; ++k) {
        counts.push_back(1000 - 10 * k);
    }
    return make_configuration(counts, "1e-5", "1e-5");
}

void solve_stages(benchmark::State& state) {
    const Configuration configuration = long_tail(state.range(0));
    solvers::SolveOptions options;
    options.digits = state.range(1);
    options.measure_evaluation = true;
    options.search = solvers::SearchMethod::structured;
    double search = 0, refine = 0, certificate = 0, evaluation = 0;
    for (auto _ : state) {
        const auto result = properties::solve_and_certify(configuration, options);
        if (result.solution.status != "certified") {
            state.SkipWithError("not certified");
            return;
        }
        search += result.solution.timing.search;
        refine += result.solution.timing.refine;
        certificate += result.solution.timing.certificate;
        evaluation += result.solution.minimizer.evaluation_seconds;
    }
    using benchmark::Counter;
    state.counters["search_ms"] = Counter(1e3 * search, Counter::kAvgIterations);
    state.counters["refine_ms"] = Counter(1e3 * refine, Counter::kAvgIterations);
    state.counters["certificate_ms"] = Counter(1e3 * certificate, Counter::kAvgIterations);
    state.counters["evaluation_ms"] = Counter(1e3 * evaluation, Counter::kAvgIterations);
    state.counters["refine_per_evaluation"] = refine / evaluation;
}
BENCHMARK(solve_stages)
    ->ArgNames({"K", "digits"})
    ->ArgsProduct({{10, 50}, {50, 100, 1000}})
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
