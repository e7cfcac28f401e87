// The refinement, in multiples of one sparse evaluation of loss and gradient at the same precision.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>

#include "bench/configurations.hpp"
#include "properties/certified.hpp"

namespace {

using namespace ncverify;
using bench::Tail;

constexpr long certified_digits = 100;

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// Above `certified_digits` the certificate would take most of the time: the same start, proven optimal at
// that many digits, is refined and not judged again.
solvers::Solution solve(const Configuration& configuration, const solvers::SolveOptions& options) {
    if (options.digits <= certified_digits) {
        return properties::solve_and_certify(configuration, options).solution;
    }
    return solvers::solve(configuration, options,
                          [](const solvers::Minimizer&, const std::vector<Rational>&) {
                              return solvers::Judgement{true, 0, 0};
                          });
}

void solve_stages(benchmark::State& state, Tail tail, long classes, long digits) {
    const Configuration configuration = bench::make_case(tail, classes, classes);
    solvers::SolveOptions options;
    options.digits = digits;
    options.measure_evaluation = true;
    options.search = solvers::SearchMethod::structured;
    std::vector<double> search, refine, certificate, evaluation, ratio;
    for (auto _ : state) {
        const solvers::Solution solution = solve(configuration, options);
        if (solution.status != "certified" || solution.starts.size() != 1) {
            state.SkipWithError("not certified from the first start");
            return;
        }
        search.push_back(1e3 * solution.timing.search);
        refine.push_back(1e3 * solution.timing.refine);
        certificate.push_back(1e3 * solution.timing.certificate);
        evaluation.push_back(1e3 * solution.minimizer.evaluation_seconds);
        ratio.push_back(refine.back() / evaluation.back());
        state.SetIterationTime(1e-3 * refine.back());
    }
    // Medians of the iterations; the ratio's is of ratios measured within one iteration.
    state.counters["search_ms"] = median(search);
    state.counters["refine_ms"] = median(refine);
    if (digits <= certified_digits) {
        state.counters["certificate_ms"] = median(certificate);
    }
    state.counters["evaluation_ms"] = median(evaluation);
    state.counters["refine_per_evaluation"] = median(ratio);
    state.counters["least_refine_ms"] = *std::min_element(refine.begin(), refine.end());
    state.counters["least_evaluation_ms"] = *std::min_element(evaluation.begin(), evaluation.end());
}

}  // namespace

// K^2 exponentials an evaluation: many iterations where they are microseconds, one where they take seconds.
static long iterations_for(long classes, long digits) {
    if (digits <= 100) {
        return 4000 / (classes * classes) + 20;
    }
    return digits <= 1000 ? (classes <= 10 ? 15 : 5) : (classes <= 10 ? 3 : 1);
}

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
                    [=](benchmark::State& state) { solve_stages(state, tail, classes, digits); })
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
