#include "solvers/solve.hpp"

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>

#include "problem/errors.hpp"
#include "problem/random.hpp"
#include "properties/certified.hpp"
#include "solvers/descent.hpp"

using namespace ncverify;
using namespace ncverify::solvers;

namespace {

properties::CertifiedSolution solved(const Configuration& configuration, long digits = 50, long starts = 0) {
    SolveOptions options;
    options.digits = digits;
    if (starts > 0) {
        options.largest_starts = starts;
        options.all_starts = true;
    }
    return properties::solve_and_certify(configuration, options);
}

ScaledPoint any_point(const ScaledProblem& problem, Random& random) {
    ScaledPoint point{Matrix<double>(problem.classes, problem.dimension),
                      Matrix<double>(problem.dimension, problem.classes), 0};
    for (Eigen::Index i = 0; i < point.classifier.size(); ++i) {
        point.classifier.data()[i] = 2 * random.uniform() - 1;
        point.features.data()[i] = random.uniform();
    }
    return point;
}

}  // namespace

TEST_CASE("the scaled problem is problem (4) up to a factor") {
    rc::prop("random points", [] {
        Random random(*rc::gen::arbitrary<std::uint64_t>());
        const Configuration configuration =
            make_configuration({3, 1, 5}, "1/50", "1/70", 1 + static_cast<long long>(random.next() % 4));
        const ScaledProblem problem = scaled_problem(configuration);
        const ScaledPoint point = any_point(problem, random);
        const double ratio = from_rational<double>(configuration.lambda_h / configuration.lambda_w);
        const double stretch = std::sqrt(std::sqrt(ratio));
        Matrix<double> features = point.features / stretch;
        for (long k = 0; k < problem.classes; ++k) {
            features.col(k) /= problem.root_count[static_cast<std::size_t>(k)];
        }
        const double loss =
            objective<double>(configuration, feature_columns(configuration, Formulation::class_means),
                              stretch * point.classifier, features);
        const double factor =
            std::sqrt(from_rational<double>(configuration.lambda_w * configuration.lambda_h));
        const double value = scaled_objective(problem, point.classifier, point.features);
        RC_ASSERT(std::abs(factor * value - loss) < 1000 * 0x1p-53 * loss);
        // Its gradient, by central differences: exact to h^2 and to rounding over h.
        Matrix<double> gradient_v(point.classifier), gradient_u(point.features);
        scaled_gradient(problem, point.classifier, point.features, gradient_v, gradient_u);
        const double h = 0x1p-17;
        Matrix<double> up = point.classifier, down = point.classifier;
        up(1, 0) += h;
        down(1, 0) -= h;
        const double slope = (scaled_objective(problem, up, point.features) -
                              scaled_objective(problem, down, point.features)) /
                             (2 * h);
        RC_ASSERT(std::abs(slope - gradient_v(1, 0)) < 1000 * (h * h + 0x1p-53 / h) * (1 + value));
    });
}

TEST_CASE("descent never raises the loss and ends where the projected gradient is small") {
    rc::prop("random starts", [] {
        Random random(*rc::gen::arbitrary<std::uint64_t>());
        const ScaledProblem problem = scaled_problem(make_configuration({2, 7, 30}, "1e-3", "1e-3", 4));
        ScaledPoint point = any_point(problem, random);
        const double before = scaled_objective(problem, point.classifier, point.features);
        const DescentSummary summary = descend(problem, point, {});
        RC_ASSERT(point.value <= before);
        RC_ASSERT((point.features.array() >= 0).all());
        // A decrease of F below its rounding cannot be seen: that leaves a gradient of about sqrt(eps F).
        RC_ASSERT(summary.projected_gradient < 100 * std::sqrt(0x1p-53 * point.value));
    });
}

TEST_CASE("a class without a coordinate is given one, whatever local minimum the start fell into") {
    // d = K: about a quarter of plain descents end with a dead class here.
    const Configuration configuration = make_configuration({3, 4, 5, 6}, "1e-3", "1e-3");
    const auto result = solved(configuration, 30, 40);
    long revived = 0;
    for (const StartRecord& start : result.solution.starts) {
        CHECK(start.outcome == StartOutcome::global);
        CHECK(start.dead_classes.empty());
        revived += start.revived;
    }
    CHECK(revived > 0);  // else this test shows nothing
}

TEST_CASE("configurations at the edges of the domain are certified at 50 digits") {
    const char* name;
    Configuration configuration;
    std::tie(name, configuration) = GENERATE(table<const char*, Configuration>({
        {"the paper's",
         make_configuration({100, 100, 200, 200, 300, 300, 400, 400, 500, 500}, "1e-4", "1e-5")},
        {"d far above K",
         make_configuration({100, 100, 200, 200, 300, 300, 400, 400, 500, 500}, "1e-4", "1e-5", 64)},
        {"two samples", make_configuration({1, 1}, "1/100", "1/100")},
        {"partly collapsed", make_configuration({1000, 1000, 1000, 10, 10, 10}, "1e-3", "1e-3", 10)},
        {"all collapsed", make_configuration({2, 2, 2}, "1", "1")},
        {"exactly at the threshold", make_configuration({1, 1}, "1", "1/8", 3)},
        {"one class exactly at it", make_configuration({4, 2, 2}, "1/16", "1/3")},
        {"just below", make_configuration({1, 1}, "1", "0.125000000000000000000000000000125")},
        {"just above", make_configuration({1, 1}, "1", "0.124999999999999999999999999999875")},
        {"counts over nine orders", make_configuration({1, 10, 1000, 1000000, 1000000000}, "1e-12", "1e-9")},
        {"lambda ratio 10^12", make_configuration({5, 50, 500}, "1", "1e-12")},
        {"lambda ratio 10^-12", make_configuration({5, 50, 500}, "1e-12", "1")},
        {"lambda beyond double", make_configuration({5, 50, 500}, "1e-10000", "1e-10000")},
    }));
    INFO(name << ": " << configuration.command_line());
    const auto result = solved(configuration);
    CHECK(result.solution.status == SolutionStatus::certified);
    CHECK(certificates::check(result.certificate).proven);
}

TEST_CASE("high precision costs digits, not luck") {
    const auto result = solved(make_configuration({3, 5, 9}, "1e-3", "1e-3", 5), 2000);
    CHECK(result.solution.status == SolutionStatus::certified);
    CHECK(result.solution.starts.size() == 1);
}

TEST_CASE("with too few coordinates the point is stationary, never called certified") {
    for (const long long dimension : {1, 2, 3}) {
        const Configuration configuration =
            make_configuration({10, 10, 10, 10, 10}, "1e-3", "1e-3", dimension);
        const auto result = solved(configuration, 30, 4);
        CHECK(result.solution.status == SolutionStatus::stationary);
        CHECK(result.solution.minimizer.kkt_residual_log10 < -30);
    }
}

TEST_CASE("no start is said to have a loss below the proven lower bound, however small the decays") {
    // The search lowers such problems, and its points' losses there are not those of problem (4).
    for (const char* decay : {"1e-6", "1e-40", "1e-5000"}) {
        const auto result = solved(make_configuration({1, 1, 1, 1, 1, 1}, decay, decay, 4), 20, 6);
        const Rational bound = result.solution.judgement.lower_bound;
        const Rational best = result.solution.judgement.upper_bound;
        REQUIRE(result.solution.starts.size() == 6);
        bool reached = false;
        for (const StartRecord& start : result.solution.starts) {
            const Rational loss = parse_rational(start.objective, "objective", 1'000'000);
            CHECK(loss > bound);
            // Points of the lowered problem, stretched: to some digits the refined one.
            CHECK(loss > best * Rational(999, 1000));
            reached = reached || loss < best * Rational(1001, 1000);
        }
        CHECK(reached);
    }
}

TEST_CASE("how a solution and its starts ended is printed as other programs read it") {
    CHECK(to_string(SolutionStatus::certified) == "certified");
    CHECK(to_string(SolutionStatus::stationary) == "stationary");
    CHECK(to_string(SolutionStatus::failed) == "failed");
    CHECK(to_string(StartOutcome::global) == "global");
    CHECK(to_string(StartOutcome::local) == "local");
    CHECK(to_string(StartOutcome::failed) == "failed");
    CHECK(Solution().status == SolutionStatus::failed);
}

TEST_CASE("the same seed gives the same answer, another seed another start") {
    const Configuration configuration = make_configuration({3, 4, 5}, "1e-3", "1e-3");
    SolveOptions options;
    const auto a = properties::solve_and_certify(configuration, options),
               b = properties::solve_and_certify(configuration, options);
    CHECK(certificates::to_text(a.certificate) == certificates::to_text(b.certificate));
    options.seed = 2;
    CHECK(properties::solve_and_certify(configuration, options).solution.starts[0].seed !=
          a.solution.starts[0].seed);
}

TEST_CASE("what cannot fit in memory is refused before work") {
    CHECK_THROWS_AS(solved(make_configuration(std::vector<long long>(10000, 5), "1e-3", "1e-3")), InputError);
    CHECK_THROWS_AS(solved(make_configuration({5, 5}, "1e-3", "1e-3", 1000000000)), InputError);
}
