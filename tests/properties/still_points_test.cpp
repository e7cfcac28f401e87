#include "properties/still_points.hpp"

#include <catch2/catch.hpp>

#include "properties/case.hpp"
#include "properties/registry.hpp"
#include "properties/still_values.hpp"

using namespace ncverify;
using namespace ncverify::properties;

namespace {

Matrix<Enclosure> features(const std::vector<std::vector<long>>& rows) {
    Matrix<Enclosure> matrix(static_cast<Eigen::Index>(rows.size()),
                             static_cast<Eigen::Index>(rows[0].size()));
    for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
        for (Eigen::Index k = 0; k < matrix.cols(); ++k) {
            matrix(i, k) = Enclosure(rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(k)]);
        }
    }
    return matrix;
}

}  // namespace

TEST_CASE("blocks: classes that share a coordinate, and theirs in turn; dead classes are in none") {
    // Coordinate 1: classes 1 and 3; 2: 3 and 4; 3: class 2; 4: nobody; class 5 is dead.
    const auto found = blocks(features({{1, 0, 2, 0, 0}, {0, 0, 3, 1, 0}, {0, 4, 0, 0, 0}, {0, 0, 0, 0, 0}}));
    REQUIRE(found.size() == 2);
    CHECK(found[0].classes == std::vector<long>{0, 2, 3});
    CHECK(found[0].coordinates == std::vector<long>{0, 1});
    CHECK(found[1].classes == std::vector<long>{1});
    CHECK(found[1].coordinates == std::vector<long>{2});
    CHECK(blocks(features({{0, 0}, {0, 0}})).empty());
}

TEST_CASE("descents from random points stand still at the minimum and elsewhere, and say where") {
    const Configuration configuration = make_configuration({3, 4, 5, 6}, "1e-3", "1e-3");
    const PrecisionScope scope(100);
    const Enclosure minimum = theory::closed_form(configuration).minimum_loss;
    long separate = 0, other = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Random random(seed);
        const StillPoint still = still_point(configuration, random);
        REQUIRE(still.minimizer);
        const Enclosure loss =
            objective(configuration, feature_columns(configuration, Formulation::class_means),
                      still.exact.classifier, still.exact.features);
        ++(still.separate() ? separate : other);
        const bool above = certainly_less(minimum * Enclosure(1 + 1e-9), loss);
        CHECK(above == !still.separate());
        CHECK(certainly_less(still.refinement, Enclosure(1e-40)));
    }
    CHECK(separate > 0);
    CHECK(other > 0);
}

TEST_CASE("the shared local minimum of the kept example is proven, has its blocks, and is left") {
    for (const char* claim : {"landscape.blocks", "landscape.parallel", "landscape.valleys"}) {
        const Claim tried = select_claims(claim).at(0);
        const PrecisionScope scope(170);
        const Case subject(CaseKey{make_configuration({2, 1, 1, 1}, "1/500", "1", 4), 118, 50});
        const StillPoint& still = subject.still_point();
        CHECK(still.active.shared);
        CHECK(still.minimum.proven);
        CHECK(blocks(still.exact.features).size() == 2);
        const Observation observation = tried.check(subject);
        INFO(claim);
        CHECK(observation.outcome == Outcome::passed);
    }
}

TEST_CASE("coordinates of which it cannot be told whether they are copies are not taken for copies") {
    const Claim tried = select_claims("landscape.parallel").at(0);
    const PrecisionScope scope(170);
    const Case subject(CaseKey{make_configuration({2, 1, 1, 1}, "1/500", "1", 4), 118, 50});
    StillPoint unclear = subject.still_point();
    for (Enclosure& entry : unclear.exact.classifier.reshaped()) {
        entry = Enclosure::hull(entry - Enclosure(1000), entry + Enclosure(1000));
    }
    Testimony altered = subject.testimony();
    altered.still = std::make_shared<StillPoint>(std::move(unclear));
    CHECK(tried.check(Case(subject, std::move(altered))).outcome == Outcome::inconclusive);
}

TEST_CASE("the value of a point with dead classes is L(D); nothing is proven of a point not refined") {
    const Configuration configuration = make_configuration({3, 4, 5, 6}, "1e-3", "1e-3");
    const PrecisionScope scope(100);
    long dead = 0;
    for (std::uint64_t seed = 1; seed <= 20 && dead < 3; ++seed) {
        Random random(seed);
        StillPoint still = still_point(configuration, random);
        if (still.active.shared || still.active.dead.empty()) {
            continue;
        }
        ++dead;
        const theory::ClosedForm form = theory::closed_form(configuration);
        Enclosure expected = form.minimum_loss;
        for (const long k : still.active.dead) {
            const auto& one = form.classes[static_cast<std::size_t>(k)];
            const Enclosure count(static_cast<long>(configuration.counts[static_cast<std::size_t>(k)]));
            expected += count / Enclosure(18) *
                            (log(Enclosure(4)) - log(Enclosure(1) + Enclosure(3) * exp(-one.margin))) -
                        from_rational<Enclosure>(configuration.lambda_h) * count * one.feature_norm_squared;
        }
        const std::optional<Enclosure> value = proven_value(still);
        REQUIRE(value);
        CHECK(certainly_less(abs(*value - expected), Enclosure(1e-40)));
        // A class left out of the dead ones: the bounds no longer close.
        StillPoint wrong = still;
        wrong.active.dead.pop_back();
        CHECK(certainly_less(Enclosure(1e-3), proven_value(wrong)->upper() - proven_value(wrong)->lower()));
        still.minimizer.reset();
        CHECK(!proven_value(still));
    }
    CHECK(dead == 3);
}
