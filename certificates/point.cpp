#include "certificates/point.hpp"

#include "certificates/decimal.hpp"

namespace ncverify::certificates {

namespace {

// Most entries of a point are zero.
Decimal read(const std::string& text, const char* where) {
    return text == "0" ? Decimal{.mantissa = text} : parse_decimal(text, where);
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
            point.classifier(k, i) =
                enclosed(read(certificate.classifier[static_cast<std::size_t>(k)][place], "classifier"));
        }
    }
    for (Eigen::Index j = 0; j < columns; ++j) {
        for (Eigen::Index i = 0; i < dimension; ++i) {
            const Decimal value = read(
                certificate.features[static_cast<std::size_t>(j)][static_cast<std::size_t>(i)], "features");
            if (value.negative && point.negative.empty()) {
                point.negative = "feature " + std::to_string(i + 1) + " of " +
                                 (certificate.formulation == Formulation::samples ? "sample " : "class ") +
                                 std::to_string(j + 1) + " is negative";
            }
            point.features(i, j) = enclosed(value);
        }
    }
    return point;
}

}  // namespace ncverify::certificates
