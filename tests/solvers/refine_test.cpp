#include "solvers/refine.hpp"

#include <catch2/catch.hpp>

#include "solvers/class_newton.hpp"
#include "solvers/search.hpp"
#include "solvers/solve.hpp"

using namespace ncverify;
using namespace ncverify::solvers;

namespace {

Minimizer refined(const Configuration& configuration, long digits) {
    const ScaledProblem problem = scaled_problem(configuration);
    StartRecord record;
    const Found found = search(configuration, problem, SearchMethod::structured, 5, record);
    auto minimizer = refine(configuration, problem, found.active, found.starts, digits);
    REQUIRE(minimizer);
    return *minimizer;
}

// The largest entry of dL/dW, and of dL/dH where H > 0, relative to the ridge terms there: by Eigen over
// MPFR, which shares nothing with the refinement but problem/.
Multiprecision stationarity(const Configuration& configuration, const Minimizer& minimizer) {
    const Matrix<Multiprecision> features = minimizer.dense_features();
    const auto columns = feature_columns(configuration, Formulation::class_means);
    const auto slope = gradient<Multiprecision>(configuration, columns, minimizer.classifier, features);
    Multiprecision worst(0);
    for (const Feature& feature : minimizer.features) {
        const long i = feature.coordinate, k = feature.column;
        const Multiprecision ridge = from_rational<Multiprecision>(
            configuration.lambda_h * Rational(configuration.counts[static_cast<std::size_t>(k)]));
        worst = std::max(worst, Multiprecision(abs(slope.features(i, k)) / (ridge * feature.value)));
        const Multiprecision weight =
            from_rational<Multiprecision>(configuration.lambda_w) * minimizer.classifier(k, i);
        for (long m = 0; m < configuration.classes(); ++m) {
            worst = std::max(worst, Multiprecision(abs(slope.classifier(m, i)) / weight));
        }
    }
    return worst;
}

}  // namespace

TEST_CASE("refined points are stationary to the digits asked for") {
    const std::vector<Configuration> configurations = {
        make_configuration({3, 50, 700, 9000}, "1e-5", "1/7000"),
        make_configuration({100, 100, 200, 200, 300, 300}, "1e-4", "1e-5", 11),
        make_configuration({5, 6}, "1e-3", "1e-3"),
        make_configuration({1, 1, 1}, "1e-2", "1e-9"),
    };
    for (const Configuration& configuration : configurations) {
        for (const long digits : {20, 50, 117, 1000}) {
            const long working = working_digits(configuration, digits);
            const Minimizer minimizer = refined(configuration, working);
            const PrecisionScope scope(working);
            INFO(configuration.command_line() << " at " << digits << " digits");
            CHECK(minimizer.features.size() >= static_cast<std::size_t>(configuration.classes()));
            CHECK(minimizer.kkt_residual_log10 < -static_cast<double>(digits));
            CHECK(stationarity(configuration, minimizer) < pow(Multiprecision(10), -digits));
        }
    }
}

TEST_CASE("a feature moved in its last digit but a few is no longer stationary") {
    const Configuration configuration = make_configuration({3, 50, 700, 9000}, "1e-5", "1/7000");
    const long working = working_digits(configuration, 50);
    Minimizer minimizer = refined(configuration, working);
    const PrecisionScope scope(working);
    minimizer.features.front().value *= 1 + pow(Multiprecision(10), -45);
    CHECK(stationarity(configuration, minimizer) > pow(Multiprecision(10), -48));
}

TEST_CASE("the refinement does not rely on logits that lie together") {
    // Started off the symmetric ray, by as much as a start may be: the logits of the other classes then
    // differ in every evaluation but the last, by more and by less than what the short series serves.
    const Configuration configuration = make_configuration({30, 50, 70, 90}, "1e-4", "1e-3");
    const ScaledProblem problem = scaled_problem(configuration);
    const Rational gamma_sq = gamma_squared(configuration, 2);
    const ClassStart exact = start_class(problem.log_gamma[2], 2, Vector<double>::Zero(4));
    const long bits = 700;
    ClassWorkspace work(4);
    ClassPoint reference(4);
    REQUIRE(refine_class(gamma_sq, problem.log_gamma[2], 2, exact, bits, reference, work).converged);
    for (const double size : {1e-1, 1e-5, 1e-12}) {
        ClassStart moved = exact;
        moved.logits += size * Vector<double>{{1.0, -2.0, 0.5, 0.25}};
        ClassPoint point(4);
        REQUIRE(refine_class(gamma_sq, problem.log_gamma[2], 2, moved, bits, point, work).converged);
        Floats difference(1);
        for (long m = 0; m < 4; ++m) {
            Arithmetic{bits}.sub(difference[0], point.residual[m], reference.residual[m]);
            CHECK(exponent_of(difference[0]) < 8 - bits);
        }
    }
}
