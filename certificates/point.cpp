#include "certificates/point.hpp"

namespace ncverify::certificates {

namespace {

constexpr long largest_exponent = 1'000'000;

Rational exact(const std::string& decimal, const char* where) {
    return decimal == "0" ? Rational(0) : parse_rational(decimal, where, largest_exponent);
}

}  // namespace

EnclosedPoint enclosed_point(const Certificate& certificate) {
    const auto classes = static_cast<Eigen::Index>(certificate.classifier.size());
    const auto columns = static_cast<Eigen::Index>(certificate.features.size());
    const auto dimension = static_cast<Eigen::Index>(certificate.configuration.dimension);
    EnclosedPoint point{Matrix<Enclosure>(classes, dimension), Matrix<Enclosure>(dimension, columns), ""};
    for (Eigen::Index i = 0; i < dimension; ++i) {
        const auto place = static_cast<std::size_t>(i);
        for (Eigen::Index k = 0; k < classes; ++k) {
            point.classifier(k, i) = from_rational<Enclosure>(
                exact(certificate.classifier[static_cast<std::size_t>(k)][place], "classifier"));
        }
    }
    for (Eigen::Index j = 0; j < columns; ++j) {
        for (Eigen::Index i = 0; i < dimension; ++i) {
            const Rational value = exact(
                certificate.features[static_cast<std::size_t>(j)][static_cast<std::size_t>(i)], "features");
            if (value < 0 && point.negative.empty()) {
                point.negative = "feature " + std::to_string(i + 1) + " of " +
                                 (certificate.formulation == Formulation::samples ? "sample " : "class ") +
                                 std::to_string(j + 1) + " is negative";
            }
            point.features(i, j) = from_rational<Enclosure>(value);
        }
    }
    return point;
}

}  // namespace ncverify::certificates
