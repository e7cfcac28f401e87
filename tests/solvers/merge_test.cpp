#include "solvers/merge.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "solvers/active_set.hpp"
#include "solvers/descent.hpp"
#include "solvers/search.hpp"

using namespace ncverify;
using namespace ncverify::solvers;

namespace {

// Classes 2 to 4 share two coordinates, class 1 has the other two: a local minimum in which no class is dead
// (docs/model.md, The landscape).
struct Shared {
    Configuration configuration = make_configuration({2, 1, 1, 1}, "1/500", "1", 4);
    ScaledProblem problem = scaled_problem(configuration);
    ScaledPoint point{Matrix<double>::Zero(4, 4), Matrix<double>::Zero(4, 4), 0};
    double unit = std::sqrt(1.0 / 500);  // L0 = unit F

    Shared() {
        const double root = std::pow(500.0, 0.25);  // scaled features are sqrt(n_k) (lH/lW)^(1/4) h_k
        point.features(0, 0) = 0.17 * std::sqrt(2.0) * root;
        point.features(2, 0) = 0.23 * std::sqrt(2.0) * root;
        point.features(3, 1) = point.features(1, 2) = 0.3 * root;
        point.features(1, 3) = point.features(3, 3) = 0.23 * root;
        descend(problem, point, DescentOptions{});
    }
};

}  // namespace

TEST_CASE("a local minimum with shared coordinates and no dead class is left for the global one") {
    Shared at;
    REQUIRE(at.unit * at.point.value == Approx(0.78918534257).epsilon(1e-10));
    const ActiveSet active = identify(at.problem, at.point);
    REQUIRE(active.shared);
    REQUIRE(active.dead.empty());  // all that reviving dead classes would have had to do
    StartRecord record;
    CHECK(descend_past_local_minima(at.configuration, at.problem, at.point, record));
    CHECK(at.unit * at.point.value == Approx(0.64244436669).epsilon(1e-10));
    REQUIRE(record.met.size() >= 1);
    CHECK(std::stod(record.met[0].objective) == Approx(0.78918534257).epsilon(1e-10));
    CHECK(record.met[0].dead_classes.empty());
}

TEST_CASE("a move lowers F by what it says, keeps features non-negative, and serves who pulls most") {
    Shared at;
    const std::vector<double> before = pulls(at.problem, at.point);
    const double value = at.point.value;
    const Move move = merge_and_give(at.problem, at.point, 1 + 1e-6);
    REQUIRE(move.given.size() >= 1);
    CHECK(std::max_element(before.begin(), before.end()) - before.begin() == move.given[0]);
    CHECK(move.fall > 0);
    CHECK(at.point.value == Approx(value - move.fall).epsilon(1e-14));
    CHECK(at.point.value == Approx(scaled_objective(at.problem, at.point.classifier, at.point.features)));
    CHECK((at.point.features.array() >= 0).all());
}

TEST_CASE("at the global minimum no class pulls with more than 1, and nothing moves") {
    Shared at;
    StartRecord record;
    descend_past_local_minima(at.configuration, at.problem, at.point, record);
    for (const double pull : pulls(at.problem, at.point)) {
        CHECK(pull == Approx(1).epsilon(1e-6));  // each class has a coordinate, and would not gain by another
    }
    const Matrix<double> features = at.point.features;
    CHECK(merge_and_give(at.problem, at.point, 1 + 1e-6).given.empty());
    CHECK(at.point.features == features);
}

TEST_CASE("a dead class's pull is what it is at zero logits") {
    const Configuration configuration = make_configuration({3, 4, 5}, "1e-3", "1e-3");
    const ScaledProblem problem = scaled_problem(configuration);
    const ScaledPoint zero{Matrix<double>::Zero(3, 3), Matrix<double>::Zero(3, 3), 0};
    const std::vector<double> all = pulls(problem, zero);
    for (std::size_t k = 0; k < 3; ++k) {
        CHECK(all[k] == Approx(problem.gamma[k] * std::sqrt(2.0 / 3)));
    }
}

TEST_CASE("rows that are not copies of one another are merged only where the loss falls in the end") {
    // Two coordinates, two classes, each with its own; a third that is dead: nothing is free.
    const Configuration configuration = make_configuration({5, 6, 7}, "1e-2", "1e-2", 2);
    const ScaledProblem problem = scaled_problem(configuration);
    ScaledPoint point{Matrix<double>::Zero(3, 2), Matrix<double>::Zero(2, 3), 0};
    point.features(0, 1) = point.features(1, 2) = 1;
    descend(problem, point, DescentOptions{});
    REQUIRE(identify(problem, point).dead == std::vector<long>{0});
    const double value = point.value;
    CHECK(merge_and_give(problem, point, 1 + 1e-6).given.empty());
    CHECK(point.value == value);
}

TEST_CASE("a saddle that symmetry led to, in which nothing is a copy, is left too") {
    // Three equal classes, two to each of three coordinates; the other two have their own.
    const Configuration configuration = make_configuration({1, 1, 1, 1, 1}, "1/10", "1/10");
    const ScaledProblem problem = scaled_problem(configuration);
    ScaledPoint point{Matrix<double>::Zero(5, 5), Matrix<double>::Zero(5, 5), 0};
    for (const auto& [i, k] : {std::pair(0, 0), {0, 1}, {1, 0}, {1, 2}, {2, 1}, {2, 2}}) {
        point.features(i, k) = 2;
    }
    point.features(3, 3) = point.features(4, 4) = 3;
    point.classifier =
        (point.features.transpose().array() > 0).select(Matrix<double>::Constant(5, 5, 1.4), -0.6);
    descend(problem, point, DescentOptions{});
    const double value = point.value;
    REQUIRE(identify(problem, point).shared);
    ScaledPoint unmoved = point;
    REQUIRE(merge_and_give(problem, unmoved, 1 + 1e-6).given.empty());
    StartRecord record;
    descend_past_local_minima(configuration, problem, point, record);
    CHECK(point.value < value);
    for (const double pull : pulls(problem, point)) {
        CHECK(pull < 1 + 1e-6);
    }
}
