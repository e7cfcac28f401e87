// The landscape: where descents from random points stand still, and whether the move that merges coordinates
// (solvers/merge.hpp) leads from there to the minimum. One line of figures for each number of classes.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "bench/yardstick.hpp"
#include "problem/processor_clock.hpp"
#include "solvers/descent.hpp"
#include "solvers/evaluations.hpp"
#include "solvers/search.hpp"

namespace {

using namespace ncverify;

constexpr double reached = 1e-8;  // relative to the bound
constexpr double scales[] = {0.01, 0.1, 1, 10};

// Counts equal, in two or three groups, or log-uniform over three decades; d = K, K + 1 or 2 K; the threshold
// from a thousandth of the smallest count to three times it. The loss depends on lambda_W lambda_H alone.
Configuration random_case(long classes, Random& random) {
    const auto groups = static_cast<long>(1 + random.next() % 4);
    std::vector<long long> sizes, counts;
    for (long k = 0; k < classes; ++k) {
        sizes.push_back(static_cast<long long>(std::pow(10.0, 3 * random.uniform())));
    }
    double total = 0;
    for (long k = 0; k < classes; ++k) {
        const long group = groups == 4 ? k : static_cast<long>(random.next() % 64) % groups;
        counts.push_back(sizes[static_cast<std::size_t>(group)]);
        total += static_cast<double>(counts.back());
    }
    const double threshold = static_cast<double>(*std::min_element(counts.begin(), counts.end())) *
                             std::pow(10.0, 3.5 * random.uniform() - 3);
    const auto many = static_cast<double>(classes);
    const double lambda = std::sqrt(threshold * (many - 1) / many) / total;
    const long dimensions[] = {classes, classes, classes + 1, 2 * classes};
    const std::string text = fmt::format("{:.3e}", lambda);
    return make_configuration(counts, text, text, dimensions[random.next() % 4]);
}

struct Totals {
    long starts = 0, global = 0, dead = 0, shared = 0, left = 0, moves = 0, most_moves = 0, reached = 0;
    long bare_steps = 0, further_steps = 0, search_steps = 0;
    long bare_evaluations = 0, further_evaluations = 0, search_evaluations = 0;
    double bare_seconds = 0, search_seconds = 0;
};

// Without the move; with it from where that stood still; and the solver's search from the same start.
void one_start(const Configuration& configuration, const solvers::ScaledProblem& problem,
               const bench::Yardstick& yardstick, double scale, std::uint64_t seed, Totals& totals) {
    Random random(seed);
    solvers::ScaledPoint start = solvers::random_point(problem, random);
    start.classifier *= scale;
    start.features *= scale;
    ++totals.starts;
    solvers::ScaledPoint point = start;
    auto clock = ProcessorClock::now();
    long evaluated = solvers::evaluations();
    // Of F, since this was asked last.
    const auto evaluations = [&] {
        const long before = std::exchange(evaluated, solvers::evaluations());
        return evaluated - before;
    };
    totals.bare_steps += solvers::descend(problem, point, solvers::DescentOptions{}).iterations;
    totals.bare_seconds += seconds_since(clock);
    totals.bare_evaluations += evaluations();
    const auto descend_on = [&](solvers::ScaledPoint from) {
        solvers::StartRecord record;
        solvers::descend_past_local_minima(configuration, problem, from, record);
        const double gap = yardstick.value_gap(from.value);
        if (gap > reached) {
            fmt::print("not reached: {} --dim {}, seed {}, scale {}: gap {:.2e} after {} moves\n",
                       configuration.command_line(), configuration.dimension, seed, scale, gap,
                       record.met.size());
        }
        return std::tuple(gap <= reached, record.iterations, static_cast<long>(record.met.size()));
    };
    if (yardstick.value_gap(point.value) <= reached) {
        ++totals.global;
    } else {
        (solvers::identify(problem, point).shared ? totals.shared : totals.dead) += 1;
        const auto [left, steps, moves] = descend_on(point);
        totals.left += left;
        totals.further_steps += steps;
        totals.moves += moves;
        totals.most_moves = std::max(totals.most_moves, moves);
        totals.further_evaluations += evaluations();
    }
    clock = ProcessorClock::now();
    const auto [found, steps, moves] = descend_on(start);
    totals.search_seconds += seconds_since(clock);
    totals.reached += found;
    totals.search_steps += steps;
    totals.search_evaluations += evaluations();
}

}  // namespace

// landscape_bench [SEED] [STARTS K]..
int main(int count, char** arguments) {
    const auto argument = [&](int i) { return std::strtol(arguments[i], nullptr, 10); };
    const auto seed = static_cast<std::uint64_t>(count > 1 ? argument(1) : 1);
    std::vector<std::pair<long, long>> runs = {{4000, 3},  {4000, 4}, {3000, 5}, {2000, 6},
                                               {1000, 10}, {200, 20}, {40, 50},  {8, 100}};
    if (count > 2) {
        runs.clear();
        for (int i = 2; i + 1 < count; i += 2) {
            runs.emplace_back(argument(i), argument(i + 1));
        }
    }
    fmt::print(
        "| K | starts | not global without the move | of these with shared coordinates | left by it | moves, "
        "mean and most | steps without, from there on, of the search "
        "| evaluations without, from there on, of the search | search from the start reaches it "
        "| ms without, with |\n|---|---|---|---|---|---|---|---|---|---|\n");
    for (const auto& [starts, classes] : runs) {
        Totals totals;
        for (long start = 0; start < starts; ++start) {
            const std::uint64_t own = split_seed(split_seed(seed, static_cast<std::uint64_t>(classes)),
                                                 static_cast<std::uint64_t>(start));
            Random random(own);
            const Configuration configuration = random_case(classes, random);
            const solvers::ScaledProblem problem = solvers::scaled_problem(configuration);
            const bench::Yardstick yardstick(configuration, problem);
            one_start(configuration, problem, yardstick, scales[start % 4], random.next(), totals);
        }
        const long stood = totals.dead + totals.shared;
        const auto mean = [](double sum, long of) { return of > 0 ? sum / static_cast<double>(of) : 0.0; };
        fmt::print(
            "| {} | {} | {} | {} | {} | {:.2f}, {} | {:.0f}, {:.0f}, {:.0f} | {:.0f}, {:.0f}, {:.0f} | {} "
            "| {:.2f}, {:.2f} |\n",
            classes, totals.starts, stood, totals.shared, totals.left,
            mean(static_cast<double>(totals.moves), stood), totals.most_moves,
            mean(static_cast<double>(totals.bare_steps), totals.starts),
            mean(static_cast<double>(totals.further_steps), stood),
            mean(static_cast<double>(totals.search_steps), totals.starts),
            mean(static_cast<double>(totals.bare_evaluations), totals.starts),
            mean(static_cast<double>(totals.further_evaluations), stood),
            mean(static_cast<double>(totals.search_evaluations), totals.starts), totals.reached,
            1e3 * mean(totals.bare_seconds, totals.starts), 1e3 * mean(totals.search_seconds, totals.starts));
        std::fflush(stdout);
    }
}
