#include "solvers/solve.hpp"

#include <chrono>
#include <cmath>

#include "problem/errors.hpp"
#include "problem/random.hpp"
#include "solvers/descent.hpp"

namespace ncverify::solvers {

namespace {

constexpr long long largest_entries = 4'000'000;  // of W and of H: about 1 GB at 50 digits

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// Entries of the order that they have at stationary points: logits of order one.
BalancedPoint random_point(const BalancedProblem& problem, std::uint64_t seed) {
    Random random(seed);
    BalancedPoint point{Matrix<double>(problem.classes, problem.dimension), Matrix<double>(problem.dimension, problem.classes), 0};
    for (long i = 0; i < problem.dimension; ++i) {
        for (long k = 0; k < problem.classes; ++k) {
            point.classifier(k, i) = 2 * random.uniform() - 1;
            point.features(i, k) = std::sqrt(problem.root_count[static_cast<std::size_t>(k)]) * random.uniform();
        }
    }
    return point;
}

struct Found {
    BalancedPoint point;
    ActiveSet active;
};

// Descent to a rough stationary point, dead classes revived there, and again until none can be; then to the end.
Found search(const BalancedProblem& problem, std::uint64_t seed, StartRecord& record) {
    Found found{random_point(problem, seed), {}};
    DescentOptions rough;
    rough.tolerance = 1e-5;
    rough.largest_iterations = 1000;
    for (long round = 0; round <= problem.classes; ++round) {
        record.iterations += descend(problem, found.point, rough).iterations;
        const long revived = revive_dead_classes(problem, found.point);
        record.revived += revived;
        if (revived == 0) {
            break;
        }
    }
    record.iterations += descend(problem, found.point, DescentOptions{}).iterations;
    // The last descent may have emptied a class that stands close to its threshold.
    record.revived += revive_dead_classes(problem, found.point);
    found.active = identify(problem, found.point);
    record.dead_classes = found.active.dead;
    return found;
}

std::string short_text(const Rational& value) {
    const PrecisionScope scope(20);
    return from_rational<Multiprecision>(value).str(17, std::ios_base::scientific);
}

}  // namespace

long working_digits(const Configuration& configuration, long digits) {
    const double classes = static_cast<double>(configuration.classes());
    const double samples = std::log10(static_cast<double>(configuration.samples()));
    // Logits grow like the logarithm of lambda_W lambda_H, and their square times the unit is the error.
    const auto bits = [](const Rational& value) {
        return static_cast<double>(msb(numerator(value)) + msb(denominator(value)) + 2);
    };
    const double logits = std::log10(bits(configuration.lambda_w) + bits(configuration.lambda_h));
    return digits + 10 + static_cast<long>(std::ceil(2 * std::log10(classes) + samples / 2 + 2 * logits));
}

Solution solve(const Configuration& configuration, const SolveOptions& options, const Judge& judge) {
    if (configuration.dimension > largest_entries / configuration.classes()) {
        throw InputError("K x d = " + std::to_string(configuration.classes()) + " x " + std::to_string(configuration.dimension) +
                             " numbers do not fit in memory",
                         "dim", "K x d of at most " + std::to_string(largest_entries));
    }
    const BalancedProblem problem = balanced_problem(configuration);
    const long digits = working_digits(configuration, options.digits);
    Solution solution;
    bool have_point = false;
    for (long start = 0; start < options.largest_starts; ++start) {
        StartRecord record;
        record.seed = split_seed(options.seed, static_cast<std::uint64_t>(start));
        auto clock = Clock::now();
        const Found found = search(problem, record.seed, record);
        solution.timing.search += seconds_since(clock);
        clock = Clock::now();
        const auto minimizer = refine(configuration, found.active, balanced_logits(problem, found.point), digits);
        solution.timing.refine += seconds_since(clock);
        record.outcome = "failed";
        bool proven = false;
        if (minimizer) {
            clock = Clock::now();
            const std::vector<Rational> slopes = dual_slopes(configuration, minimizer->missing_weight, digits);
            const Judgement judgement = judge(*minimizer, slopes);
            solution.timing.certificate += seconds_since(clock);
            proven = judgement.proven;
            record.outcome = proven ? "global" : "local";
            record.objective = short_text(judgement.upper_bound);
            if (!have_point || judgement.upper_bound < solution.judgement.upper_bound) {
                const bool stationary = !found.active.shared && minimizer->kkt_residual_log10 < -static_cast<double>(options.digits);
                solution.status = proven ? "certified" : stationary ? "stationary" : "failed";
                solution.minimizer = *minimizer;
                solution.slopes = slopes;
                solution.judgement = judgement;
                have_point = true;
            }
        } else {
            const PrecisionScope scope(20);
            const Rational scale = configuration.lambda_w * configuration.lambda_h;
            record.objective = Multiprecision(sqrt(from_rational<Multiprecision>(scale)) * found.point.value).str(17, std::ios_base::scientific);
        }
        solution.starts.push_back(std::move(record));
        if (proven && !options.all_starts) {
            break;
        }
    }
    return solution;
}

}  // namespace ncverify::solvers
