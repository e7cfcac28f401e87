// The search in double precision to a relative gap of 1e-10, against NLopt's methods from the same starts.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "bench/configurations.hpp"
#include "bench/contest.hpp"
#include "bench/median.hpp"
#include "problem/random.hpp"

namespace {

using namespace ncverify;
using namespace ncverify::bench;

constexpr double largest_evaluations = 1e5;  // of a peer's run, in time

using Contestant = std::function<Run(const Contest&, std::uint64_t)>;

// Each iteration is one round of all starts; its time is that of the median start until valued.
void rounds(benchmark::State& state, const Contestant& contestant, Tail tail, long classes, long dimension,
            long starts) {
    Contest contest(make_case(tail, classes, dimension));
    const double unit = evaluation_seconds(contest);
    contest.limit_seconds = std::min(contest.limit_seconds, largest_evaluations * unit);
    std::vector<double> medians;
    double value_total = 0, proof_total = 0, valued = 0, proven = 0, out_of_time = 0;
    for (auto _ : state) {
        std::vector<double> seconds;
        for (long start = 0; start < starts; ++start) {
            const Run run = contestant(contest, split_seed(1, static_cast<std::uint64_t>(start)));
            seconds.push_back(run.value_seconds);
            value_total += run.value_seconds;
            proof_total += run.proof_seconds;
            valued += run.valued;
            proven += run.proven;
            out_of_time += run.out_of_time;
        }
        medians.push_back(median(seconds));
        state.SetIterationTime(medians.back());
    }
    state.SetLabel("lambda_W = lambda_H = " + contest.configuration.lambda_w_text);
    using benchmark::Counter;
    state.counters["starts"] = static_cast<double>(starts);
    state.counters["valued"] = Counter(valued, Counter::kAvgIterations);
    state.counters["proven"] = Counter(proven, Counter::kAvgIterations);
    state.counters["out_of_time"] = Counter(out_of_time, Counter::kAvgIterations);
    state.counters["evaluation_us"] = 1e6 * unit;
    state.counters["median_evaluations"] = median(medians) / unit;
    // What a user pays who starts again until a start succeeds; absent where none did.
    if (valued > 0) {
        state.counters["evaluations_per_value"] = value_total / valued / unit;
    }
    if (proven > 0) {
        state.counters["evaluations_per_proof"] = proof_total / proven / unit;
    }
}

// `starts` of them, or as many as each size takes where that is 0.
void enter(const std::string& name, const Contestant& contestant, long given_starts = 0) {
    struct Size {
        long classes, dimension, starts;
    };
    for (const Size size : {Size{10, 10, 21}, {50, 50, 5}, {50, 60, 5}, {100, 100, 3}, {100, 120, 3}}) {
        for (const Tail tail : {Tail::even, Tail::long_tailed}) {
            const long starts = given_starts > 0 ? given_starts : size.starts;
            const std::string text =
                fmt::format("{}/{}/K:{}/d:{}", name, name_of(tail), size.classes, size.dimension);
            benchmark::RegisterBenchmark(text.c_str(),
                                         [=](benchmark::State& state) {
                                             rounds(state, contestant, tail, size.classes, size.dimension,
                                                    starts);
                                         })
                ->UseManualTime()
                ->Iterations(1)
                ->Unit(benchmark::kMillisecond);
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    const auto solver = [](solvers::SearchMethod method) {
        return [method](const Contest& contest, std::uint64_t seed) {
            return run_solver(contest, method, seed);
        };
    };
    // Milliseconds a start: enough of them to see a rare failure.
    enter("structured", solver(solvers::SearchMethod::structured), 100);
    enter("descent", solver(solvers::SearchMethod::descent));
    enter("descent_alone", run_descent_alone);
#ifdef NCVERIFY_NLOPT
    for (const auto& [name, peer] :
         {std::pair("ccsaq", Peer::ccsaq), std::pair("mma", Peer::mma), std::pair("lbfgs", Peer::lbfgs)}) {
        enter(name, [peer = peer](const Contest& contest, std::uint64_t seed) {
            return run_peer(contest, peer, seed);
        });
    }
#endif
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
