#include "problem/objective.hpp"

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "problem/random.hpp"

using namespace ncverify;

namespace {

struct Subject {
    Configuration configuration;
    std::vector<FeatureColumn> columns;
    Matrix<Enclosure> classifier, features;
};

Subject any_subject(Formulation formulation) {
    Random random(*rc::gen::arbitrary<std::uint64_t>());
    std::vector<long long> counts;
    for (long k = 2 + static_cast<long>(random.next() % 3); k > 0; --k) {
        counts.push_back(1 + static_cast<long long>(random.next() % 4));
    }
    Subject subject{
        make_configuration(counts, "3/7", "1e-2", 1 + static_cast<long long>(random.next() % 4)), {}, {}, {}};
    subject.columns = feature_columns(subject.configuration, formulation);
    subject.classifier.resize(subject.configuration.classes(), subject.configuration.dimension);
    subject.features.resize(subject.configuration.dimension, static_cast<long>(subject.columns.size()));
    for (Eigen::Index i = 0; i < subject.classifier.size(); ++i) {
        subject.classifier.data()[i] = Enclosure(4 * random.uniform() - 2);
    }
    for (Eigen::Index i = 0; i < subject.features.size(); ++i) {
        subject.features.data()[i] = random.next() % 4 == 0 ? Enclosure(0) : Enclosure(2 * random.uniform());
    }
    return subject;
}

// By the mean value theorem the difference quotient along one entry lies in the gradient's enclosure over the
// whole step. Returns both.
std::pair<Enclosure, Enclosure> quotient_and_slope(const Subject& subject, bool in_classifier,
                                                   Eigen::Index entry) {
    Matrix<Enclosure> classifier = subject.classifier, features = subject.features;
    Enclosure& moved = in_classifier ? classifier.data()[entry] : features.data()[entry];
    const Enclosure start = moved, step(0x1p-30);
    const Enclosure before = objective(subject.configuration, subject.columns, classifier, features);
    moved = start + step;
    const Enclosure after = objective(subject.configuration, subject.columns, classifier, features);
    moved = Enclosure::hull(start, start + step);
    const auto slopes = gradient(subject.configuration, subject.columns, classifier, features);
    return {(after - before) / step,
            in_classifier ? slopes.classifier.data()[entry] : slopes.features.data()[entry]};
}

}  // namespace

TEST_CASE("every entry of the gradient encloses the objective's difference quotient") {
    const PrecisionScope scope(60);
    for (const Formulation formulation : {Formulation::class_means, Formulation::samples}) {
        rc::prop(formulation == Formulation::samples ? "samples form" : "class means", [formulation] {
            const Subject subject = any_subject(formulation);
            for (const bool in_classifier : {true, false}) {
                const Eigen::Index size = in_classifier ? subject.classifier.size() : subject.features.size();
                for (Eigen::Index entry = 0; entry < size; ++entry) {
                    const auto [quotient, slope] = quotient_and_slope(subject, in_classifier, entry);
                    RC_ASSERT(overlap(quotient, slope));
                    // The check has teeth: a gradient off by a millionth part,
                    // or by a small constant, is caught.
                    RC_ASSERT(!overlap(quotient, slope + Enclosure(0x1p-20)));
                }
            }
        });
    }
}

TEST_CASE("both forms have the same loss where the features of a class are equal") {
    const PrecisionScope scope(50);
    rc::prop("random points", [] {
        const Subject means = any_subject(Formulation::class_means);
        const auto columns = feature_columns(means.configuration, Formulation::samples);
        Matrix<Enclosure> features(means.features.rows(), static_cast<long>(columns.size()));
        for (std::size_t j = 0; j < columns.size(); ++j) {
            features.col(static_cast<long>(j)) = means.features.col(columns[j].label);
        }
        const Enclosure a = objective(means.configuration, means.columns, means.classifier, means.features);
        const Enclosure b = objective(means.configuration, columns, means.classifier, features);
        RC_ASSERT(overlap(a, b));
        RC_ASSERT(certainly_less((a - b).radius(), Enclosure(1e-40)));
    });
}

TEST_CASE("class means take every sample once, however samples are put together in columns") {
    const PrecisionScope scope(50);
    rc::prop("random points", [] {
        const Subject samples = any_subject(Formulation::samples);
        const Configuration& configuration = samples.configuration;
        const Matrix<Enclosure> means = class_means(configuration, samples.columns, samples.features);
        Matrix<Enclosure> sums = Matrix<Enclosure>::Constant(means.rows(), means.cols(), Enclosure(0));
        for (std::size_t j = 0; j < samples.columns.size(); ++j) {
            sums.col(samples.columns[j].label) += samples.features.col(static_cast<long>(j));
        }
        const auto columns = feature_columns(configuration, Formulation::class_means);
        const Matrix<Enclosure> again = class_means(configuration, columns, means);
        for (long k = 0; k < configuration.classes(); ++k) {
            const Enclosure count(static_cast<long>(configuration.counts[static_cast<std::size_t>(k)]));
            for (Eigen::Index i = 0; i < means.rows(); ++i) {
                RC_ASSERT((count * means(i, k) - sums(i, k)).magnitude() < 1e-40);
                RC_ASSERT((again(i, k) - means(i, k)).magnitude() < 1e-40);
            }
        }
    });
}

TEST_CASE("float, double and multiprecision agree with the enclosure to their precision") {
    const PrecisionScope scope(40);
    rc::prop("random points", [] {
        const Subject subject = any_subject(Formulation::class_means);
        const auto convert = [](const Matrix<Enclosure>& matrix) {
            Matrix<double> result(matrix.rows(), matrix.cols());
            for (Eigen::Index i = 0; i < matrix.size(); ++i) {
                result.data()[i] = arf_get_d(arb_midref(matrix.data()[i].data()), ARF_RND_NEAR);
            }
            return result;
        };
        const Matrix<double> w = convert(subject.classifier), h = convert(subject.features);
        const Enclosure exact =
            objective(subject.configuration, subject.columns, subject.classifier, subject.features);
        const double loss = objective(subject.configuration, subject.columns, w, h);
        // A few hundred operations on numbers of order one to ten, each off by half a unit.
        RC_ASSERT((Enclosure(loss) - exact).magnitude() < 1000 * 0x1p-53);
        const float single =
            objective<float>(subject.configuration, subject.columns, w.cast<float>(), h.cast<float>());
        RC_ASSERT((Enclosure(static_cast<double>(single)) - exact).magnitude() < 1000 * 0x1p-24);
        const Multiprecision many = objective<Multiprecision>(
            subject.configuration, subject.columns, w.cast<Multiprecision>(), h.cast<Multiprecision>());
        RC_ASSERT((from_rational<Enclosure>(exact_rational(many)) - exact).magnitude() < 1e-36);
    });
}

TEST_CASE("cross-entropy neither overflows nor loses a small loss") {
    Vector<double> logits(3);
    logits << 1e4, -1e4, 0;
    CHECK(cross_entropy(logits, 0L) == 0);
    CHECK(cross_entropy(logits, 1L) == Approx(2e4));
    logits << 50, 0, 0;
    CHECK(cross_entropy(logits, 0L) == Approx(2 * std::exp(-50.0)));
    CHECK(softmax_residual(logits, 0L).sum() == 0);
}

TEST_CASE("the samples form refuses more columns than fit") {
    const auto configuration = make_configuration({1000000000000000000, 1}, "1", "1");
    CHECK_THROWS(feature_columns(configuration, Formulation::samples));
}

TEST_CASE("logits that nearly agree share an exponential, and the cross-entropy stays enclosed", "[fast]") {
    rc::prop("at 30 digits, against 90", [] {
        Random random(*rc::gen::arbitrary<std::uint64_t>());
        Vector<Enclosure> logits(7);
        {
            const PrecisionScope many(90);
            for (long m = 0; m < logits.size(); ++m) {
                // Apart by 2^-1 to 2^-120, around the half of the working precision where sharing begins.
                const int apart = 1 + static_cast<int>(random.next() % 120);
                logits[m] =
                    Enclosure(m == 0 ? 3.0 : -1.0) + Enclosure(random.uniform() * std::ldexp(1.0, -apart));
            }
        }
        const auto at = [&](long digits) {
            const PrecisionScope scope(digits);
            return cross_entropy(logits, 0);
        };
        const Enclosure coarse = at(30), fine = at(90);
        const PrecisionScope scope(120);
        RC_ASSERT(arb_contains(coarse.data(), fine.data()) != 0);
        // A few roundings of seven terms: less than three of the thirty digits.
        RC_ASSERT(coarse.radius().magnitude() < 1e-27);
    });
}
