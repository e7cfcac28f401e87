#include "certificates/point.hpp"

#include <algorithm>
#include <array>

#include "certificates/decimal.hpp"

namespace ncverify::certificates {

Matrix<Enclosure> EnclosedTable::dense() const {
    Matrix<Enclosure> matrix(rows_, cols_);
    for (Eigen::Index j = 0; j < cols_; ++j) {
        for (Eigen::Index i = 0; i < rows_; ++i) {
            matrix(i, j) = (*this)(i, j);
        }
    }
    return matrix;
}

TabledPoint tabled_point(const Certificate& certificate) {
    const auto classes = static_cast<Eigen::Index>(certificate.classifier.size());
    const auto columns = static_cast<Eigen::Index>(certificate.features.size());
    const auto dimension = static_cast<Eigen::Index>(certificate.configuration.dimension);
    TabledPoint point{EnclosedTable(classes, dimension), EnclosedTable(dimension, columns), ""};
    PowersOfTen powers;
    for (Eigen::Index i = 0; i < dimension; ++i) {
        const auto text_of = [&](Eigen::Index row) -> const Text& {
            return certificate.classifier[static_cast<std::size_t>(row)][static_cast<std::size_t>(i)];
        };
        // Texts that come again are read once: of the entries of a column few differ.
        std::array<Eigen::Index, 2> known{-1, -1};
        for (Eigen::Index k = 0; k < classes; ++k) {
            const Text& text = text_of(k);
            if (text.is_zero()) {
                continue;
            }
            const auto again = std::find_if(known.begin(), known.end(), [&](Eigen::Index row) {
                return row >= 0 && text_of(row) == text;
            });
            if (again != known.end()) {
                point.classifier.repeat(k, i, *again, i);
            } else {
                point.classifier.set(k, i, enclosed(parse_decimal(text, "classifier"), powers));
                known = {k, known[0]};
            }
        }
    }
    for (Eigen::Index j = 0; j < columns; ++j) {
        for (Eigen::Index i = 0; i < dimension; ++i) {
            const Text& text = certificate.features[static_cast<std::size_t>(j)][static_cast<std::size_t>(i)];
            if (text.is_zero()) {  // most are
                continue;
            }
            const Decimal value = parse_decimal(text, "features");
            if (value.negative && point.negative.empty()) {
                point.negative = "feature " + std::to_string(i + 1) + " of " +
                                 (certificate.formulation == Formulation::samples ? "sample " : "class ") +
                                 std::to_string(j + 1) + " is negative";
            }
            point.features.set(i, j, enclosed(value, powers));
        }
    }
    return point;
}

EnclosedPoint dense(const TabledPoint& point) {
    return {point.classifier.dense(), point.features.dense(), point.negative};
}

EnclosedPoint enclosed_point(const Certificate& certificate) {
    return dense(tabled_point(certificate));
}

}  // namespace ncverify::certificates
