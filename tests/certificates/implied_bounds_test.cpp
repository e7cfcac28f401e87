#include "certificates/implied_bounds.hpp"

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>

#include "certificates/check.hpp"
#include "certificates/gap_terms.hpp"
#include "certificates/point.hpp"
#include "problem/random.hpp"
#include "properties/certified.hpp"

using namespace ncverify;
using namespace ncverify::certificates;

namespace {

// A certified minimiser, and with it everything that another point's gap needs.
struct Subject {
    Configuration configuration;
    std::vector<Rational> slopes;
    EnclosedPoint point;
    Enclosure lower;
};

// Certificates' decimals as enclosures: use at the precision they were made at, 100 digits.
Subject subject(const Configuration& configuration) {
    solvers::SolveOptions options;
    options.digits = 60;
    const auto solved = properties::solve_and_certify(configuration, options);
    REQUIRE(solved.solution.status == solvers::SolutionStatus::certified);
    const PrecisionScope scope(100);
    return {configuration, solved.certificate.slopes, enclosed_point(solved.certificate),
            dual_value(configuration, solved.certificate.slopes)};
}

const std::vector<Subject>& subjects() {
    static const std::vector<Subject> all = {
        subject(make_configuration({3, 5, 9}, "1e-3", "1e-3")),
        subject(make_configuration({1, 2, 2, 12}, "1/300", "1/50", 6)),
        subject(make_configuration({2, 20, 30}, "1e-2", "5e-2")),  // the first class collapses
        subject(make_configuration({4, 7}, "1/70", "1/90")),
    };
    return all;
}

// A samples-form point near a minimiser: W, and a feature vector for every sample.
struct Perturbed {
    Matrix<Enclosure> classifier, features;
    std::vector<FeatureColumn> columns;
};

Perturbed perturb(const Subject& subject, double size, Random& random) {
    Perturbed result{
        subject.point.classifier, {}, feature_columns(subject.configuration, Formulation::samples)};
    const auto d = result.classifier.cols();
    result.features.resize(d, static_cast<Eigen::Index>(result.columns.size()));
    // Some points leave W or some coordinates alone, so that each of the five terms leads somewhere.
    const bool move_w = random.next() % 2 == 0, mix = random.next() % 2 == 0, spread = random.next() % 2 == 0;
    for (Eigen::Index i = 0; i < result.classifier.size() && move_w; ++i) {
        result.classifier.data()[i] += Enclosure(size * (2 * random.uniform() - 1));
    }
    std::vector<double> common;
    for (long i = 0; i < d * subject.configuration.classes(); ++i) {
        common.push_back(2 * random.uniform() - 1);
    }
    for (std::size_t j = 0; j < result.columns.size(); ++j) {
        const long label = result.columns[j].label;
        for (Eigen::Index i = 0; i < d; ++i) {
            const Enclosure& base = subject.point.features(i, label);
            const double move =
                spread ? 2 * random.uniform() - 1
                       : common[static_cast<std::size_t>(i * subject.configuration.classes() + label)];
            Enclosure moved = base + Enclosure(size * move);
            const bool at_zero = arb_is_zero(base.data()) != 0;
            if (at_zero) {
                moved = mix ? Enclosure(size * std::abs(move)) : Enclosure(0);
            } else if (!certainly_positive(moved)) {
                moved = Enclosure(0);
            }
            result.features(i, static_cast<Eigen::Index>(j)) = moved;
        }
    }
    return result;
}

ImpliedBounds bounds_at(const Subject& subject, const Perturbed& point) {
    const Enclosure loss = objective(subject.configuration, point.columns, point.classifier, point.features);
    return implied_bounds(subject.configuration, subject.slopes, loss.upper(), subject.lower);
}

Matrix<Enclosure> means(const Subject& subject, const Perturbed& point) {
    Matrix<Enclosure> result =
        Matrix<Enclosure>::Constant(point.features.rows(), subject.configuration.classes(), Enclosure(0));
    for (std::size_t j = 0; j < point.columns.size(); ++j) {
        const long k = point.columns[j].label;
        const Enclosure count(static_cast<long>(subject.configuration.counts[static_cast<std::size_t>(k)]));
        for (Eigen::Index i = 0; i < result.rows(); ++i) {
            result(i, k) += point.features(i, static_cast<Eigen::Index>(j)) / count;
        }
    }
    return result;
}

Enclosure dot(const Matrix<Enclosure>& a, const Matrix<Enclosure>& b) {
    Enclosure sum(0);
    for (Eigen::Index i = 0; i < a.size(); ++i) {
        sum += a.data()[i] * b.data()[i];
    }
    return sum;
}

// max_i ||h_ki - h_k|| of class k, rounded down.
Enclosure spread_of(const Perturbed& point, const Matrix<Enclosure>& mean, long k) {
    Enclosure largest(0);
    for (std::size_t j = 0; j < point.columns.size(); ++j) {
        if (point.columns[j].label == k) {
            const Matrix<Enclosure> off = point.features.col(static_cast<Eigen::Index>(j)) - mean.col(k);
            const Enclosure length = sqrt_of_nonnegative(dot(off, off)).lower();
            largest = certainly_less(largest, length) ? length : largest;
        }
    }
    return largest;
}

// `value` is known to 90 digits, so that what overlaps its ball contains it, to all intents.
bool holds(const Enclosure& bound, const Enclosure& value) {
    return overlap(bound, value);
}

Enclosure ratio(const Enclosure& a, const Enclosure& b) {
    return a.upper() / b.upper();
}

bool between(double low, const Enclosure& value, double high) {
    return certainly_less(Enclosure(low), value) && certainly_less(value, Enclosure(high));
}

}  // namespace

TEST_CASE("near an optimum, what a point's own gap implies holds for the point") {
    const auto& all = subjects();
    const PrecisionScope scope(100);
    int finite = 0;
    rc::prop("W and H of a certified minimiser perturbed by 10^-1 to 10^-20", [&] {
        Random random(*rc::gen::arbitrary<std::uint64_t>());
        const Subject& subject = all[random.next() % all.size()];
        const Perturbed point = perturb(subject, std::pow(10.0, -1 - 19 * random.uniform()), random);
        const ImpliedBounds bounds = bounds_at(subject, point);
        const Matrix<Enclosure> mean = means(subject, point);
        const long K = subject.configuration.classes();
        const Matrix<Enclosure>& w = point.classifier;
        Matrix<Enclosure> sum = Matrix<Enclosure>::Constant(1, w.cols(), Enclosure(0));
        for (long k = 0; k < K; ++k) {
            const ClassBounds& of_class = bounds.classes[static_cast<std::size_t>(k)];
            finite += is_finite(of_class.margin) ? 1 : 0;
            sum += w.row(k);
            Enclosure others(0);
            for (long m = 0; m < K; ++m) {
                const Enclosure logit = dot(w.row(m).transpose(), mean.col(k));
                RC_ASSERT(holds(ClassifierProducts(bounds).inner(k, m), dot(w.row(k), w.row(m))));
                if (m == k) {
                    RC_ASSERT(holds(of_class.logit_own, logit));
                    continue;
                }
                others += logit;
                RC_ASSERT(holds(of_class.logit_other, logit));
                const Enclosure inner = dot(mean.col(k), mean.col(m));
                RC_ASSERT(holds(bounds.feature_inner(k, m), inner));
                RC_ASSERT(!certainly_less(bounds.largest_feature_inner().upper(), inner));
            }
            const Enclosure own = dot(w.row(k).transpose(), mean.col(k));
            RC_ASSERT(holds(of_class.margin, own - others / Enclosure(K - 1)));
            RC_ASSERT(holds(of_class.logit_sum, own + others));
            RC_ASSERT(holds(of_class.feature_norm_squared, dot(mean.col(k), mean.col(k))));
            RC_ASSERT(!certainly_less(of_class.within_class_spread.upper(), spread_of(point, mean, k)));
        }
        RC_ASSERT(!certainly_less(bounds.classifier_sum().upper(), sqrt_of_nonnegative(dot(sum, sum))));
    });
    CHECK(finite > 100);
}

TEST_CASE("a spread, and a collapsed class's feature, come close to what their gap allows") {
    const PrecisionScope scope(100);
    for (const double size : {1e-3, 1e-8, 1e-15}) {
        const Subject& subject = subjects()[2];
        const auto columns = feature_columns(subject.configuration, Formulation::samples);
        Perturbed point{
            subject.point.classifier,
            Matrix<Enclosure>(subject.point.features.rows(), static_cast<Eigen::Index>(columns.size())),
            columns};
        for (std::size_t j = 0; j < columns.size(); ++j) {
            point.features.col(static_cast<Eigen::Index>(j)) = subject.point.features.col(columns[j].label);
        }
        // One more coordinate, unused so far, shows each bound at its tightest.
        const Eigen::Index d = point.features.rows();
        point.features.conservativeResize(d + 1, Eigen::NoChange);
        point.classifier.conservativeResize(Eigen::NoChange, d + 1);
        point.features.row(d).setConstant(Enclosure(0));
        point.classifier.col(d).setConstant(Enclosure(0));
        // The last class, 30 samples: one of them moves where W is zero, so that no logit changes.
        Perturbed apart = point;
        apart.features(d, apart.features.cols() - 1) = Enclosure(size);
        const Enclosure spread = spread_of(apart, means(subject, apart), 2);
        const Enclosure allowed = bounds_at(subject, apart).classes[2].within_class_spread.upper();
        INFO(spread.text(5) << " of " << allowed.text(5));
        CHECK(between(0.95, ratio(spread, allowed), 1));
        // The first class, collapsed: both its samples grow in a coordinate of their own, and W follows.
        Perturbed grown = point;
        const Enclosure pull = from_rational<Enclosure>(subject.slopes[0] * 2 /
                                                        (2 * Rational(subject.configuration.samples()) *
                                                         subject.configuration.lambda_w)) *
                               Enclosure(size);
        for (Eigen::Index j = 0; j < grown.features.cols(); ++j) {
            grown.features(d, j) = Enclosure(j < 2 ? size : 0.0);
        }
        for (Eigen::Index m = 0; m < 3; ++m) {
            grown.classifier(m, d) = Enclosure(m == 0 ? 2 : -1) * pull;
        }
        const Enclosure norm = Enclosure(size) * Enclosure(size);
        const Enclosure largest = bounds_at(subject, grown).classes[0].feature_norm_squared;
        INFO(norm.text(5) << " of " << largest.upper().text(5));
        CHECK(contains_zero(largest));
        CHECK(between(0.95, ratio(norm, largest), 1));
    }
}

TEST_CASE("bounds shrink as the root of the gap, or as the gap") {
    const PrecisionScope scope(100);
    for (const Subject& subject : subjects()) {
        const auto at = [&](const char* gap) {
            return implied_bounds(
                subject.configuration, subject.slopes,
                subject.lower.upper() + from_rational<Enclosure>(parse_rational(gap, "test")), subject.lower);
        };
        const ImpliedBounds wide = at("1e-20"), narrow = at("1e-30");
        const auto root = [](const Enclosure& a, const Enclosure& b) {
            return between(0.99e5, ratio(a, b), 1.01e5);
        };
        const auto linear = [](const Enclosure& a, const Enclosure& b) {
            return between(0.99e10, ratio(a, b), 1.01e10);
        };
        CHECK(root(wide.classifier_defect, narrow.classifier_defect));
        CHECK(linear(wide.largest_feature_inner(), narrow.largest_feature_inner()));
        CHECK(linear(wide.cross_total, narrow.cross_total));
        for (std::size_t k = 0; k < wide.classes.size(); ++k) {
            const ClassBounds &a = wide.classes[k], &b = narrow.classes[k];
            CHECK(root(a.margin.radius(), b.margin.radius()));
            CHECK(root(a.logit_own.radius(), b.logit_own.radius()));
            if (subject.configuration.counts[k] > 1) {
                CHECK(root(a.within_class_spread, b.within_class_spread));
            } else {
                CHECK(arb_is_zero(a.within_class_spread.data()) != 0);
            }
            const bool collapsed = contains_zero(a.feature_norm_squared);
            CHECK((collapsed ? linear : root)(
                collapsed ? a.feature_norm_squared.upper() : a.feature_norm_squared.radius(),
                collapsed ? b.feature_norm_squared.upper() : b.feature_norm_squared.radius()));
        }
    }
}

TEST_CASE("at 50 digits, what is implied is known to 20 and more") {
    solvers::SolveOptions options;
    const Configuration paper =
        make_configuration({100, 100, 200, 200, 300, 300, 400, 400, 500, 500}, "1e-4", "1e-5");
    const auto solved = properties::solve_and_certify(paper, options);
    const PrecisionScope scope(100);
    const Bounds proven = evaluate_bounds(solved.certificate);
    const ImpliedBounds bounds = implied_bounds(paper, solved.certificate.slopes, proven.upper, proven.lower);
    for (const ClassBounds& of_class : bounds.classes) {
        for (const Enclosure& value : {of_class.margin, of_class.logit_own, of_class.logit_other,
                                       of_class.worst_margin, of_class.feature_norm_squared}) {
            CHECK((value.radius() / value).magnitude() < 1e-20);
        }
        CHECK(of_class.within_class_spread.magnitude() < 1e-20);
    }
}

TEST_CASE("where a gap implies nothing, the bound contains everything") {
    const PrecisionScope scope(30);
    const Configuration configuration = make_configuration({2, 3}, "1/10", "1/10");
    const ImpliedBounds bounds =
        implied_bounds(configuration, {0, Rational(1, 10)}, Enclosure(1), Enclosure(0));
    CHECK_FALSE(is_finite(bounds.classes[0].margin));
    CHECK_FALSE(is_finite(bounds.classes[0].within_class_spread));
    // The slope zero leaves the whole room c^2 > 0 to the last term: the norm is bounded all the same.
    CHECK(is_finite(bounds.classes[0].feature_norm_squared));
    CHECK(is_finite(bounds.classes[1].within_class_spread));
}
