#include "certificates/point.hpp"

#include <algorithm>
#include <array>

#include "certificates/decimal.hpp"

namespace ncverify::certificates {

EnclosedPoint enclosed_point(const Certificate& certificate) {
    const auto classes = static_cast<Eigen::Index>(certificate.classifier.size());
    const auto columns = static_cast<Eigen::Index>(certificate.features.size());
    const auto dimension = static_cast<Eigen::Index>(certificate.configuration.dimension);
    EnclosedPoint point{Matrix<Enclosure>(classes, dimension), Matrix<Enclosure>(dimension, columns), ""};
    PowersOfTen powers;
    for (Eigen::Index i = 0; i < dimension; ++i) {
        const auto place = static_cast<std::size_t>(i);
        // Texts that come again are read once: of the entries of a column few differ.
        std::array<Eigen::Index, 2> known{-1, -1};
        for (Eigen::Index k = 0; k < classes; ++k) {
            const std::string& text = certificate.classifier[static_cast<std::size_t>(k)][place];
            if (text == "0") {
                continue;
            }
            const auto again = std::find_if(known.begin(), known.end(), [&](Eigen::Index row) {
                return row >= 0 && certificate.classifier[static_cast<std::size_t>(row)][place] == text;
            });
            if (again != known.end()) {
                point.classifier(k, i) = point.classifier(*again, i);
            } else {
                point.classifier(k, i) = enclosed(parse_decimal(text, "classifier"), powers);
                known = {k, known[0]};
            }
        }
    }
    for (Eigen::Index j = 0; j < columns; ++j) {
        for (Eigen::Index i = 0; i < dimension; ++i) {
            const std::string& text =
                certificate.features[static_cast<std::size_t>(j)][static_cast<std::size_t>(i)];
            if (text == "0") {  // most are
                continue;
            }
            const Decimal value = parse_decimal(text, "features");
            if (value.negative && point.negative.empty()) {
                point.negative = "feature " + std::to_string(i + 1) + " of " +
                                 (certificate.formulation == Formulation::samples ? "sample " : "class ") +
                                 std::to_string(j + 1) + " is negative";
            }
            point.features(i, j) = enclosed(value, powers);
        }
    }
    return point;
}

}  // namespace ncverify::certificates
