#include "certificates/gap_terms.hpp"

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <array>
#include <catch2/catch.hpp>

#include "certificates/check.hpp"
#include "certificates/point.hpp"
#include "problem/random.hpp"
#include "properties/certified.hpp"

using namespace ncverify;
using namespace ncverify::certificates;

namespace {

// A random instance; every number in it is exact, so that it can be evaluated again at any precision.
struct Instance {
    Configuration configuration;
    std::vector<FeatureColumn> columns;
    std::vector<Rational> slopes;
    Matrix<Enclosure> classifier, features;
};

// Slopes anywhere in the feasible set, zero and values close to the boundary included.
Rational feasible_slope(const Configuration& configuration, long k, Random& random) {
    const double limit = std::sqrt(
        from_rational<double>(configuration.c_squared() / configuration.counts[static_cast<std::size_t>(k)]));
    const double share = random.next() % 5 == 0 ? 0.0 : random.next() % 3 == 0 ? 0.999999 : random.uniform();
    return {static_cast<long long>(std::min(limit, 1.0) * share * 0x1p50), 1LL << 51};
}

Instance random_instance(Random& random) {
    Instance instance;
    std::vector<long long> counts;
    for (std::uint64_t k = 2 + random.next() % 4; k > 0; --k) {
        counts.push_back(1 + static_cast<long long>(random.next() % 6));
    }
    instance.configuration = make_configuration(counts, "1/" + std::to_string(1 + random.next() % 10000),
                                                "1/" + std::to_string(1 + random.next() % 10000),
                                                1 + static_cast<long long>(random.next() % 6));
    for (long k = 0; k < instance.configuration.classes(); ++k) {
        // Class means, samples, or groups of equal samples.
        long long left = counts[static_cast<std::size_t>(k)];
        const auto form = random.next() % 3;
        while (left > 0) {
            const long long weight = form == 0   ? left
                                     : form == 1 ? 1
                                                 : 1 + static_cast<long long>(random.next()) % left;
            const long long taken = std::min(std::max(weight, 1LL), left);
            instance.columns.push_back({k, taken});
            left -= taken;
        }
        instance.slopes.push_back(feasible_slope(instance.configuration, k, random));
    }
    const auto d = static_cast<Eigen::Index>(instance.configuration.dimension);
    instance.classifier.resize(instance.configuration.classes(), d);
    instance.features.resize(d, static_cast<Eigen::Index>(instance.columns.size()));
    const double spread = std::exp(6 * random.uniform() - 3);
    for (Eigen::Index i = 0; i < instance.classifier.size(); ++i) {
        instance.classifier.data()[i] = Enclosure(spread * (2 * random.uniform() - 1));
    }
    for (Eigen::Index i = 0; i < instance.features.size(); ++i) {
        instance.features.data()[i] = Enclosure(random.next() % 3 == 0 ? 0.0 : random.uniform());
    }
    return instance;
}

GapTerms terms_of(const Instance& instance) {
    return gap_terms(instance.configuration, instance.columns, instance.slopes, instance.classifier,
                     instance.features);
}

Enclosure gap_of(const Instance& instance) {
    return objective(instance.configuration, instance.columns, instance.classifier, instance.features) -
           dual_value(instance.configuration, instance.slopes);
}

std::array<Enclosure, 5> list(const GapTerms& terms) {
    return {terms.logits, terms.classifier, terms.orthogonality, terms.within_class, terms.collapsed};
}

}  // namespace

TEST_CASE("the five terms are not negative and add up to the gap, at every precision") {
    std::array<int, 5> noticed{};
    rc::prop("random points, feasible slopes, any grouping of samples", [&] {
        const auto seed = *rc::gen::arbitrary<std::uint64_t>();
        const long digits = *rc::gen::inRange(5L, 90L);
        Random random(seed);
        const Instance instance = random_instance(random);
        const PrecisionScope exact(150);
        const Enclosure truth = gap_of(instance);
        const Enclosure size =
            objective(instance.configuration, instance.columns, instance.classifier, instance.features);
        const PrecisionScope scope(digits);
        const GapTerms terms = terms_of(instance);
        RC_ASSERT(overlap(terms.sum(), gap_of(instance)));
        RC_ASSERT(overlap(terms.sum(), truth));
        // No vacuous enclosure either: all but a few digits are right.
        const Enclosure tolerance =
            size * from_rational<Enclosure>(parse_rational("1e" + std::to_string(4 - digits), "test"));
        RC_ASSERT(certainly_less(terms.sum().radius(), tolerance));
        const auto parts = list(terms);
        for (std::size_t t = 0; t < parts.size(); ++t) {
            RC_ASSERT(!certainly_negative(parts[t]));
            // One coefficient off by a part in a hundred: the sum misses the gap.
            const Enclosure mutated = terms.sum() + parts[t] / Enclosure(100);
            if (certainly_less(tolerance * Enclosure(1000), parts[t])) {
                RC_ASSERT(!overlap(mutated, truth));
                ++noticed[t];
            }
        }
    });
    for (const int count : noticed) {
        CHECK(count > 10);
    }
}

TEST_CASE("one feature vector a class has no within-class term; equal samples have none beyond rounding") {
    const PrecisionScope scope(40);
    const Configuration configuration = make_configuration({3, 2}, "1/100", "1/200", 3);
    const std::vector<Rational> slopes = {Rational(1, 1000), Rational(1, 2000)};
    Matrix<Enclosure> w(2, 3), means(3, 2), samples(3, 5);
    for (long i = 0; i < 3; ++i) {
        w(0, i) = Enclosure(1) / Enclosure(i + 3);
        w(1, i) = Enclosure(-1) / Enclosure(i + 7);
        means(i, 0) = Enclosure(i + 1) / Enclosure(3);
        means(i, 1) = i == 2 ? Enclosure(1) / Enclosure(7) : Enclosure(0);
        for (long j = 0; j < 5; ++j) {
            samples(i, j) = means(i, j < 3 ? 0 : 1);
        }
    }
    const GapTerms grouped =
        gap_terms(configuration, feature_columns(configuration, Formulation::class_means), slopes, w, means);
    const GapTerms apart =
        gap_terms(configuration, feature_columns(configuration, Formulation::samples), slopes, w, samples);
    CHECK(arb_is_zero(grouped.within_class.data()) != 0);
    CHECK(apart.within_class.magnitude() < 1e-70);
    CHECK(overlap(grouped.sum(), apart.sum()));
    samples(0, 0) += Enclosure(0.001);
    const GapTerms moved =
        gap_terms(configuration, feature_columns(configuration, Formulation::samples), slopes, w, samples);
    CHECK(certainly_positive(moved.within_class));
}

TEST_CASE("at a certified point every term is at most the gap, and at best slopes all but vanish") {
    solvers::SolveOptions options;
    options.digits = 40;
    const Configuration configuration = make_configuration({3, 50, 700, 2}, "1/3000", "2e-4", 5);
    const auto solved = properties::solve_and_certify(configuration, options);
    REQUIRE(solved.solution.status == solvers::SolutionStatus::certified);
    const PrecisionScope scope(90);
    const EnclosedPoint point = enclosed_point(solved.certificate);
    const GapTerms terms = gap_terms(configuration, feature_columns(configuration, Formulation::class_means),
                                     solved.certificate.slopes, point.classifier, point.features);
    for (const Enclosure& term : list(terms)) {
        CHECK(term.magnitude() < 1e-39);
    }
    // A class with a foreign coordinate: the orthogonality term sees it.
    Matrix<Enclosure> h = point.features;
    for (long i = 0; i < h.rows(); ++i) {
        h(i, 1) += Enclosure(0.01);
    }
    const GapTerms spoilt = gap_terms(configuration, feature_columns(configuration, Formulation::class_means),
                                      solved.certificate.slopes, point.classifier, h);
    CHECK(certainly_less(Enclosure(1e-9), spoilt.orthogonality));
}
