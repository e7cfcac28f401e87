#include "properties/points.hpp"

#include <catch2/catch.hpp>

#include "properties/case.hpp"
#include "properties/proof_terms.hpp"
#include "trial/comparison.hpp"

using namespace ncverify;
using namespace ncverify::properties;

namespace {

bool exact(const Matrix<Enclosure>& matrix) {
    for (Eigen::Index i = 0; i < matrix.size(); ++i) {
        if (!is_exact_zero(matrix.data()[i].radius())) {
            return false;
        }
    }
    return true;
}

bool feasible(const FeasiblePoint& point) {
    for (Eigen::Index i = 0; i < point.features.size(); ++i) {
        if (certainly_negative(point.features.data()[i])) {
            return false;
        }
    }
    return true;
}

const Configuration imbalanced = make_configuration({3, 5, 9, 40}, "1e-3", "1e-3", 6);

}  // namespace

TEST_CASE("points are feasible and exact, and two runs draw the same") {
    const PrecisionScope scope(60);
    const auto columns = feature_columns(imbalanced, Formulation::samples);
    Random random(7), again(7);
    for (int draw = 0; draw < 20; ++draw) {
        const FeasiblePoint point = random_point(imbalanced, columns, random);
        const FeasiblePoint aligned = aligned_point(imbalanced, columns, random);
        const FeasiblePoint moved = perturbed(aligned, log_uniform(random, -20, -1), random);
        for (const FeasiblePoint& one : {point, aligned, moved}) {
            CHECK(feasible(one));
            CHECK(exact(one.classifier));
            CHECK(exact(one.features));
        }
        const FeasiblePoint repeated = random_point(imbalanced, columns, again);
        aligned_point(imbalanced, columns, again);
        perturbed(aligned, log_uniform(again, -20, -1), again);
        CHECK(is_exact_zero(squared_norm(repeated.features - point.features)));
    }
}

TEST_CASE("few_samples keeps classes and lambdas and makes the samples form small") {
    const Configuration large = make_configuration({1, 1000000000, 7}, "1e-3", "2e-3", 5);
    const Configuration small = few_samples(large);
    CHECK(small.counts == std::vector<long long>{1, 4, 4});
    CHECK(small.lambda_h == large.lambda_h);
    CHECK(few_samples(make_configuration(std::vector<long long>(16, 9), "1", "1")).counts ==
          std::vector<long long>(16, 2));
}

TEST_CASE("stationary points are stationary, and all but the solver's lie above the minimum") {
    for (const Configuration& configuration :
         {imbalanced, make_configuration({1, 4, 30, 30, 200}, "1e-3", "1e-3", 9)}) {
        const CaseKey key{configuration, 3, 30};
        const PrecisionScope scope(comparison_digits(key, 0) + 40);
        const Case subject(key);
        REQUIRE(subject.certified());
        const auto columns = feature_columns(configuration, Formulation::class_means);
        const auto& points = subject.critical_points();
        REQUIRE(points.size() == 3);
        for (std::size_t number = 0; number < points.size(); ++number) {
            INFO(points[number].name);
            const FeasiblePoint& point = points[number];
            const Gradient<Enclosure> slope =
                gradient(configuration, columns, point.classifier, point.features);
            CHECK(log10_bound(squared_norm(slope.classifier)) < -2 * 60);
            for (Eigen::Index i = 0; i < point.features.size(); ++i) {
                // Zero where the feature is positive; elsewhere not negative beyond the point's error.
                const Enclosure& entry = slope.features.data()[i];
                CHECK((is_exact_zero(point.features.data()[i]) ? certainly_less(Enclosure(-1e-60), entry)
                                                               : log10_bound(entry) < -60));
            }
            const Enclosure loss = objective(configuration, columns, point.classifier, point.features);
            CHECK(certainly_less(subject.implied_bounds().upper, loss) == (number > 0));
        }
        CHECK(subject.evidence() == Evidence::sampled);
    }
}

TEST_CASE(
    "the gradient of L1 is that of L0 where other logits are equal, and its difference quotient elsewhere") {
    const PrecisionScope scope(100);
    const ProofTerms terms = proof_terms(imbalanced);
    const auto columns = feature_columns(imbalanced, Formulation::class_means);
    Random random(5);
    const FeasiblePoint aligned = aligned_point(imbalanced, columns, random);
    const Gradient<Enclosure> lower = lower_gradient(imbalanced, terms, aligned);
    const Gradient<Enclosure> full = gradient(imbalanced, columns, aligned.classifier, aligned.features);
    CHECK(log10_bound(squared_norm(lower.classifier - full.classifier)) < -180);
    CHECK(log10_bound(squared_norm(lower.features - full.features)) < -180);
    const FeasiblePoint point = perturbed(aligned, Enclosure(0.5), random);
    const Gradient<Enclosure> slope = lower_gradient(imbalanced, terms, point);
    const Enclosure step(0x1p-100);
    for (Eigen::Index i = 0; i < 24; ++i) {
        FeasiblePoint moved = point;
        Enclosure& entry = i % 2 == 0 ? moved.classifier.data()[i] : moved.features.data()[i];
        const Enclosure& stated = i % 2 == 0 ? slope.classifier.data()[i] : slope.features.data()[i];
        entry += step;
        const Enclosure quotient =
            (lower_loss(imbalanced, terms, moved) - lower_loss(imbalanced, terms, point)) / step;
        CHECK(log10_bound(quotient - stated) < -20);
    }
}
