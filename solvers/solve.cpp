#include "solvers/solve.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "problem/cancellation.hpp"
#include "problem/errors.hpp"
#include "problem/processor_clock.hpp"
#include "problem/progress.hpp"
#include "problem/random.hpp"
#include "solvers/block_refine.hpp"
#include "solvers/consider.hpp"
#include "solvers/samples.hpp"

namespace ncverify::solvers {

namespace {

constexpr double largest_entries = 4e6;  // of W and of H: about 1 GB at 50 digits

constexpr double largest_bytes = 8e9;

}  // namespace

long working_digits(const Configuration& configuration, long digits) {
    const double classes = static_cast<double>(configuration.classes());
    const double samples = std::log10(static_cast<double>(configuration.samples()));
    // Logits grow like the logarithm of lambda_W lambda_H, and their square times the unit is the error.
    const auto bits = [](const Rational& value) {
        return static_cast<double>(msb(numerator(value)) + msb(denominator(value)) + 2);
    };
    double size = bits(configuration.lambda_w) + bits(configuration.lambda_h);
    if (configuration.weighted()) {
        double largest = 0;
        for (const ClassWeight& weight : configuration.weights) {
            largest = std::max(largest, bits(weight.squared));
        }
        size += largest;
    }
    const double logits = std::log10(size);
    return digits + 10 + static_cast<long>(std::ceil(2 * std::log10(classes) + samples / 2 + 2 * logits));
}

bool structured_search_applies(const Configuration& configuration) {
    const ScaledProblem problem = scaled_problem(configuration);
    return std::count(problem.revivable.begin(), problem.revivable.end(), true) <= problem.dimension;
}

bool fits(const Configuration& configuration, long digits) {
    // W and H hold K d numbers each, the K x K matrices of invariants K^2;
    // a number also has a header of its own.
    const auto classes = static_cast<double>(configuration.classes());
    const double entries = static_cast<double>(configuration.dimension) * classes;
    return entries <= largest_entries &&
           (2 * entries + 3 * classes * classes) * (static_cast<double>(digits) + 100) <= largest_bytes;
}

void require_fits(const Configuration& configuration, long digits) {
    if (!fits(configuration, digits)) {
        throw InputError("K = " + std::to_string(configuration.classes()) +
                             " classes and d = " + std::to_string(configuration.dimension) + " at " +
                             std::to_string(digits) + " digits do not fit in memory",
                         "configuration", "fewer classes, dimensions or digits");
    }
}

Solution solve(const Configuration& configuration, const SolveOptions& options, const MinimizerJudge& judge) {
    if (options.formulation == Formulation::samples) {
        return solve_samples(configuration, options, judge);
    }
    require_fits(configuration, options.digits);
    const ScaledProblem problem = scaled_problem(configuration);
    const long digits = working_digits(configuration, options.digits);
    Solution solution;
    // A point with shared coordinates is costly to refine, and no certificate closes there: only the best is.
    std::optional<ScaledPoint> shared;
    std::size_t shared_start = 0;
    double shared_value = 0;
    for (long start = 0; start < options.largest_starts; ++start) {
        give_up_if_cancelled();
        StartRecord record;
        note_start(start, options);
        const auto clock = ProcessorClock::now();
        const Found found = search(configuration, problem, options.search,
                                   split_seed(options.seed, static_cast<std::uint64_t>(start)), record);
        solution.timing.search += seconds_since(clock);
        bool proven = false;
        if (found.active.shared) {
            record.outcome = StartOutcome::local;
            if (const double value = stretched(problem, found.point).value; !shared || value < shared_value) {
                shared = found.point;
                shared_value = value;
                shared_start = solution.starts.size();
            }
        } else {
            auto minimizer = refine(configuration, problem, found.active, found.starts, digits,
                                    options.measure_evaluation);
            solution.timing.refine += minimizer ? minimizer->refine_seconds : 0;
            proven = consider(configuration, options, std::move(minimizer), judge, record, solution);
        }
        solution.starts.push_back(std::move(record));
        if (proven && !options.all_starts) {
            return solution;
        }
    }
    if (shared) {
        note_progress("refinement of shared coordinates", -1);
        const auto clock = ProcessorClock::now();
        auto minimizer = refine_shared(configuration, problem, *shared, digits, options.measure_evaluation);
        solution.timing.refine += seconds_since(clock);
        consider(configuration, options, std::move(minimizer), judge, solution.starts[shared_start],
                 solution);
    }
    return solution;
}

}  // namespace ncverify::solvers
