#include "measure/measurement.hpp"

#include <catch2/catch.hpp>

#include "certificates/check.hpp"
#include "measure/gap.hpp"
#include "problem/random.hpp"
#include "tests/files/temporary_folder.hpp"
#include "theory/closed_form.hpp"
#include "theory/metrics.hpp"

using namespace ncverify;
using namespace ncverify::measure;
using files::TemporaryFolder;
using files::write_npy;

namespace {

struct Case {
    std::vector<FeatureColumn> columns;  // one per sample, classes mixed
    Matrix<double> classifier, features;
    NetworkFiles files;
};

std::vector<double> by_rows(const Matrix<double>& matrix) {
    std::vector<double> numbers;
    for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
        for (Eigen::Index j = 0; j < matrix.cols(); ++j) {
            numbers.push_back(matrix(i, j));
        }
    }
    return numbers;
}

Case random_case(Random& random, const TemporaryFolder& folder) {
    Case made;
    const long classes = 2 + static_cast<long>(random.next() % 4);
    const auto dimension = static_cast<Eigen::Index>(1 + random.next() % 6);
    const auto samples = static_cast<Eigen::Index>(classes) + static_cast<Eigen::Index>(random.next() % 40);
    made.features.resize(dimension, samples);
    made.classifier.resize(classes, dimension);
    std::vector<std::int64_t> labels;
    for (Eigen::Index j = 0; j < samples; ++j) {
        const long label = j < classes
                               ? static_cast<long>(j)
                               : static_cast<long>(random.next() % static_cast<std::uint64_t>(classes));
        made.columns.push_back({label, 1});
        labels.push_back(label);
        for (Eigen::Index i = 0; i < dimension; ++i) {
            made.features(i, j) = (i % classes == label ? 2 : 0.1) + random.uniform();
        }
    }
    for (Eigen::Index i = 0; i < made.classifier.size(); ++i) {
        made.classifier(i) = 4 * random.uniform() - 2;
    }
    made.files = {folder.file("h.npy"), folder.file("y.npy"), folder.file("w.npy")};
    const std::string d = std::to_string(dimension);
    write_npy(made.files.features, "<f8", std::to_string(samples) + ", " + d,
              by_rows(made.features.transpose()));
    write_npy(made.files.labels, "<i8", std::to_string(samples) + ",", labels);
    write_npy(made.files.classifier, "<f8", std::to_string(classes) + ", " + d, by_rows(made.classifier));
    return made;
}

double error(const Enclosure& found, const Enclosure& expected) {
    return abs(found - expected).magnitude();
}

}  // namespace

TEST_CASE("what is streamed agrees with the certificate's terms and the theory's metrics in enclosures") {
    const PrecisionScope precision(60);
    const TemporaryFolder folder;
    Random random(7);
    for (int i = 0; i < 60; ++i) {
        const Case made = random_case(random, folder);
        const Training decays{"1/" + std::to_string(2 + random.next() % 3000),
                              "1/" + std::to_string(2 + random.next() % 3000)};
        const Measurement measured = measure::measure(made.files, decays, 1);
        const Configuration& configuration = measured.configuration;
        const auto slopes = certificates::best_slopes(configuration, 40);
        const Matrix<Enclosure> w = made.classifier.cast<Enclosure>(), h = made.features.cast<Enclosure>();
        const auto terms = certificates::gap_terms(configuration, made.columns, slopes, w, h);
        const Enclosure loss = objective(configuration, made.columns, w, h);
        REQUIRE(measured.gap);
        // Of numbers in 0..3 and at most 46 x 6 of them; each term is a sum of squares of sums.
        const double tolerance = 1e-13 * (1 + loss.magnitude() + terms.sum().magnitude());
        INFO(configuration.command_line());
        CHECK(error(measured.gap->loss, loss) <= tolerance);
        CHECK(error(measured.gap->terms.logits, terms.logits) <= tolerance);
        CHECK(error(measured.gap->terms.classifier, terms.classifier) <= tolerance);
        CHECK(error(measured.gap->terms.orthogonality, terms.orthogonality) <= tolerance);
        CHECK(error(measured.gap->terms.within_class, terms.within_class) <= tolerance);
        CHECK(error(measured.gap->terms.collapsed, terms.collapsed) <= tolerance);
        CHECK(error(measured.gap->terms.sum(), loss - measured.gap->lower_bound) <= tolerance);
        const auto nc1 = theory::nc1(configuration, made.columns, h);
        if (nc1 && measured.between.rank() == configuration.classes() - 1) {
            const double condition =
                measured.between.singular_values.front() /
                measured.between.singular_values[static_cast<std::size_t>(measured.between.rank() - 1)];
            CHECK(error(Enclosure(measured.nc1), *nc1) <= 1e-14 * condition * condition * nc1->magnitude());
        }
    }
}

TEST_CASE("the best slopes are feasible and leave no gap to the theorem's minimum") {
    const PrecisionScope precision(40);
    for (const char* decay : {"1/3000", "1e-4", "1/7", "3", "1e-4000", "1e3000"}) {
        const Configuration configuration = make_configuration({1, 4, 90, 2000}, decay, "1/11");
        const auto slopes = certificates::best_slopes(configuration, 40);
        CHECK(certificates::infeasible_slope(configuration, slopes).empty());
        const Enclosure minimum = theory::closed_form(configuration).minimum_loss;
        const Enclosure missing = (minimum - certificates::dual_value(configuration, slopes)) / minimum;
        CHECK(missing.magnitude() < 1e-34);
    }
}

TEST_CASE("singular values that rounding can make do not count") {
    Matrix<double> means(3, 3);
    means << 1, 2, 3, 0.1, 0.2, 0.3, 1.0 / 3, 2.0 / 3, 1;  // on a line, up to rounding
    const BetweenClasses line = between_classes(means, {5, 5, 5});
    CHECK(line.rank() == 1);
    CHECK(line.trace == Approx(2.0 / 3 * (1 + 0.01 + 1.0 / 9)).epsilon(1e-14));
    means(0, 2) += 1e-9;
    CHECK(between_classes(means, {5, 5, 5}).rank() == 2);
    CHECK(between_classes(Matrix<double>::Constant(3, 4, 1.0 / 3), {1, 2, 3, 4}).rank() == 0);
}

TEST_CASE("decays are not called wrong by a last layer that moves as much as they seem to be") {
    ImpliedDecays moving;
    moving.lambda_w = 1.125e-3;  // 2.25 times what it was trained with
    moving.lambda_h = 5e-6;
    moving.ratio = moving.lambda_h / moving.lambda_w;
    const auto says = [&](double residual, const char* lambda_h) {
        moving.residual = residual;
        return contradicted({"5e-4", lambda_h}, moving).has_value();
    };
    CHECK_FALSE(says(0.434, "5e-6"));
    CHECK(says(0.284, "5e-6"));  // what moves cannot have made that much
    CHECK(says(0.434, "5e-5"));
    CHECK_FALSE(says(0.71, "5e-5"));
    CHECK(says(0.001, "5e-6"));
}
