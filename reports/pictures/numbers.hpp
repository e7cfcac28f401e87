// Numbers of a picture: six digits, as text.
#pragma once

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "problem/objective.hpp"

namespace ncverify::reports {

/// "0.0412346", "1e-09".
inline std::string decimal(double value) {
    return fmt::format("{:.6g}", value);
}

inline std::string decimal(const Enclosure& value) {
    return value.text(6);
}

/// An enclosure to double precision: figures of the theorem in floating point start from these.
inline double number(const Enclosure& value) {
    return std::stod(value.text(17));
}

/// Rows of decimals.
template <typename Scalar>
nlohmann::ordered_json decimals(const Matrix<Scalar>& matrix) {
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
        nlohmann::ordered_json row = nlohmann::ordered_json::array();
        for (Eigen::Index j = 0; j < matrix.cols(); ++j) {
            row.push_back(decimal(matrix(i, j)));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace ncverify::reports
