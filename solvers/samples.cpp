#include "solvers/samples.hpp"

#include <cmath>
#include <map>

#include "problem/cancellation.hpp"
#include "problem/errors.hpp"
#include "problem/processor_clock.hpp"
#include "problem/random.hpp"
#include "solvers/active_set.hpp"
#include "solvers/block_refine.hpp"
#include "solvers/consider.hpp"
#include "solvers/descent.hpp"
#include "solvers/search.hpp"

namespace ncverify::solvers {

namespace {

constexpr double largest_entries = 4e6;  // of H: the search keeps about thirty vectors of that length
constexpr double largest_bytes = 8e9;
constexpr long most_shared_starts = 16;
constexpr double same_value = 1e-9;  // relative: the search's accuracy, generously

// Entries of the order that they have at stationary points: logits of order one.
ScaledPoint random_samples(const ScaledProblem& problem, Random& random) {
    ScaledPoint point{Matrix<double>(problem.classes, problem.dimension),
                      Matrix<double>(problem.dimension, static_cast<Eigen::Index>(problem.columns.size())),
                      0};
    for (Eigen::Index a = 0; a < point.classifier.size(); ++a) {
        point.classifier.data()[a] = 2 * random.uniform() - 1;
    }
    for (std::size_t j = 0; j < problem.columns.size(); ++j) {
        const double scale =
            1 / std::sqrt(problem.root_count[static_cast<std::size_t>(problem.columns[j].label)]);
        for (long i = 0; i < problem.dimension; ++i) {
            point.features(i, static_cast<Eigen::Index>(j)) = scale * random.uniform();
        }
    }
    return point;
}

// As the class-means form searches, on N columns. After a move every feature is moved by up to a quarter of
// itself, each on its own: the samples of a class that was given a coordinate do not start as equals.
ScaledPoint search(const Configuration& configuration, const ScaledProblem& problem, StartRecord& record) {
    Random random(record.seed);
    ScaledPoint point = random_samples(problem, random);
    const auto shake = [&](ScaledPoint& moved) {
        for (double& feature : moved.features.reshaped()) {
            feature *= 0.75 + 0.5 * random.uniform();
        }
    };
    if (!descend_past_local_minima(configuration, problem, point, record, shake)) {
        record.iterations += descend(problem, point, DescentOptions{}).iterations;
    }
    return point;
}

}  // namespace

void require_samples_fit(const Configuration& configuration, long digits) {
    require_fits(configuration, digits);
    if (configuration.samples() > largest_sample_number) {
        throw InputError(configuration.samples().str() + " samples", "--counts",
                         "at most " + std::to_string(largest_sample_number) + " in the samples form");
    }
    const auto samples = static_cast<double>(configuration.samples());
    const auto classes = static_cast<double>(configuration.classes());
    const auto dimension = static_cast<double>(configuration.dimension);
    // Features as decimals, enclosures and MPFR numbers, a residual for each sample and class.
    const double bytes = samples * (3 * dimension + 2 * classes) * (static_cast<double>(digits) + 100);
    if (samples * dimension > largest_entries || bytes > largest_bytes) {
        throw InputError(
            configuration.samples().str() + " samples with d = " + std::to_string(configuration.dimension) +
                " at " + std::to_string(digits) + " digits do not fit in memory",
            "configuration", "fewer samples, dimensions or digits, or --formulation class-means");
    }
}

Solution solve_samples(const Configuration& configuration, const SolveOptions& options,
                       const MinimizerJudge& judge) {
    require_samples_fit(configuration, options.digits);
    const ScaledProblem problem = scaled_problem(configuration, Formulation::samples);
    const long digits = working_digits(configuration, options.digits);
    Solution solution;
    const auto refined = [&](const auto& refinement, const ScaledPoint& point) {
        const auto clock = ProcessorClock::now();
        auto minimizer = refinement(configuration, problem, point, digits, options.measure_evaluation);
        solution.timing.refine += minimizer ? minimizer->refine_seconds : seconds_since(clock);
        return minimizer;
    };
    // A point with shared coordinates is costly to refine, and no certificate closes there: only the best is.
    std::optional<ScaledPoint> shared;
    std::size_t shared_start = 0;
    // Nor does one close at a local minimum that has been refined before:
    // the same classes dead, the same value.
    std::map<std::vector<long>, double> unproven;
    long shared_starts = 0;
    for (long start = 0; start < options.largest_starts; ++start) {
        if (shared_starts == most_shared_starts && !options.all_starts) {
            break;
        }
        give_up_if_cancelled();
        StartRecord record;
        record.seed = split_seed(options.seed, static_cast<std::uint64_t>(start));
        note_start(start, options);
        const auto clock = ProcessorClock::now();
        ScaledPoint point = search(configuration, problem, record);
        const ActiveSet active = identify(problem, point);
        record.dead_classes = active.dead;
        record.objective = searched_objective(configuration, stretched(problem, point).value);
        solution.timing.search += seconds_since(clock);
        bool proven = false;
        if (active.shared) {
            ++shared_starts;
            record.outcome = StartOutcome::local;
            if (!shared || point.value < shared->value) {
                shared = std::move(point);
                shared_start = solution.starts.size();
            }
        } else if (const auto known = unproven.find(active.dead);
                   known != unproven.end() &&
                   std::abs(point.value - known->second) <= same_value * point.value) {
            record.outcome = StartOutcome::local;
        } else {
            proven = consider(configuration, options, refined(refine_blocks, point), judge, record, solution);
            if (!proven && !active.dead.empty()) {
                unproven[active.dead] = point.value;
            }
        }
        solution.starts.push_back(std::move(record));
        if (proven && !options.all_starts) {
            return solution;
        }
    }
    if (shared) {
        consider(configuration, options, refined(refine_shared, *shared), judge,
                 solution.starts[shared_start], solution);
    }
    return solution;
}

}  // namespace ncverify::solvers
