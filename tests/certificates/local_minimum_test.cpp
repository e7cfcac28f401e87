#include "certificates/local_minimum.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "certificates/point.hpp"
#include "properties/certified.hpp"
#include "solvers/block_refine.hpp"
#include "solvers/descent.hpp"

using namespace ncverify;
using namespace ncverify::certificates;

namespace {

constexpr long digits = 40;

// The stationary point that a descent from these features (d x K, scaled) ends in, to 40 digits.
EnclosedPoint descended(const Configuration& configuration, const Matrix<double>& features) {
    const solvers::ScaledProblem problem = solvers::scaled_problem(configuration);
    solvers::ScaledPoint point{Matrix<double>::Zero(features.cols(), features.rows()), features, 0};
    solvers::descend(problem, point, solvers::DescentOptions{});
    const auto minimizer = solvers::refine_shared(configuration, problem, point, digits + 20);
    REQUIRE(minimizer);
    const std::vector<Rational> slopes(configuration.counts.size(), Rational(0));
    return enclosed_point(properties::make_certificate(configuration, digits, *minimizer, slopes));
}

Configuration shared_configuration() {
    return make_configuration({2, 1, 1, 1}, "1/500", "1", 4);
}

// Class 1 has two coordinates, class 4 shares one each with classes 2 and 3.
EnclosedPoint shared_point() {
    const double root = std::pow(500.0, 0.25);  // scaled features are sqrt(n_k) (lH/lW)^(1/4) h_k
    Matrix<double> features = Matrix<double>::Zero(4, 4);
    features(0, 0) = 0.17 * std::sqrt(2.0) * root;
    features(2, 0) = 0.23 * std::sqrt(2.0) * root;
    features(3, 1) = features(1, 2) = 0.3 * root;
    features(1, 3) = features(3, 3) = 0.23 * root;
    return descended(shared_configuration(), features);
}

// Both coordinates to class 1: class 2 is dead.
EnclosedPoint dead_point(const Configuration& configuration) {
    Matrix<double> features = Matrix<double>::Zero(2, 2);
    features(0, 0) = features(1, 0) = 1;
    return descended(configuration, features);
}

}  // namespace

TEST_CASE("a local minimum whose classes share coordinates is proven, and lies above the global one") {
    const PrecisionScope scope(100);
    const EnclosedPoint point = shared_point();
    const LocalMinimum found = local_minimum(shared_configuration(), point);
    INFO(found.reason);
    REQUIRE(found.proven);
    CHECK(found.value.text(20) == "0.78918534257072559747");
    CHECK(certainly_less(found.distance, Enclosure(1e-30)));
    solvers::SolveOptions options;
    options.digits = 30;
    const auto global = properties::solve_and_certify(shared_configuration(), options);
    REQUIRE(global.solution.status == solvers::SolutionStatus::certified);
    CHECK(certainly_less(global.bounds.upper, found.value));
}

TEST_CASE("a local minimum with a dead class is proven, at log K for that class") {
    const PrecisionScope scope(100);
    const Configuration configuration = make_configuration({3, 1}, "1/200", "1/100", 2);
    const LocalMinimum found = local_minimum(configuration, dead_point(configuration));
    INFO(found.reason);
    REQUIRE(found.proven);
    // More than class 2's log K, and less than both classes'.
    CHECK(certainly_less(log(Enclosure(2)) / Enclosure(4), found.value));
    CHECK(certainly_less(found.value, log(Enclosure(2))));
}

TEST_CASE("what is no local minimum, or not close enough to one, is not proven") {
    const PrecisionScope scope(100);
    const Configuration configuration = shared_configuration();
    const EnclosedPoint point = shared_point();
    EnclosedPoint moved = point;
    moved.classifier(0, 0) += Enclosure(0.01);
    CHECK_FALSE(local_minimum(configuration, moved).proven);
    EnclosedPoint unused = point;
    for (Eigen::Index k = 0; k < 4; ++k) {
        unused.features(2, k) = Enclosure(0);
    }
    CHECK(local_minimum(configuration, unused).reason == "coordinate 3 is unused");
    // Balanced, all classes alike in one coordinate: stationary with W = 0 and H = 0, but small features keep
    // it from being recognised as that; the loss falls as they part.
    EnclosedPoint equal = point;
    equal.classifier = Matrix<Enclosure>::Constant(4, 4, Enclosure(0));
    equal.features = Matrix<Enclosure>::Constant(4, 4, Enclosure(0x1p-200));
    const LocalMinimum saddle = local_minimum(configuration, equal);
    CHECK_FALSE(saddle.proven);
    CHECK(saddle.reason == "the Hessian was not proven positive definite");
}

TEST_CASE("a zero feature at which the loss falls is no minimum") {
    const PrecisionScope scope(100);
    // A point stationary for the features that are not zero:
    // class 2's would lower the loss in its own direction.
    const Configuration configuration = make_configuration({3, 1}, "1/200", "1/100", 2);
    EnclosedPoint point = dead_point(configuration);
    for (Eigen::Index i = 0; i < 2; ++i) {
        std::swap(point.classifier(0, i), point.classifier(1, i));
    }
    CHECK_FALSE(local_minimum(configuration, point).proven);
}
