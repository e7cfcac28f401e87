// Angles between vectors, from their Gram matrices.
#pragma once

#include <optional>
#include <utility>

#include "problem/objective.hpp"
#include "theory/printed.hpp"

namespace ncverify::measure {

/// The cosine of the angle between vectors `k` and `l` of a Gram matrix; nothing where one of them is zero.
std::optional<double> cosine(const Matrix<double>& gram, Eigen::Index k, Eigen::Index l);

/// The angles between different vectors of a Gram matrix, in degrees.
struct Angles {
    double smallest, mean, largest;
};
/// Nothing where no two of the vectors have a length.
std::optional<Angles> angles(const Matrix<double>& gram);

/// The smallest and the largest angle between two classifiers that the theorem predicts, in degrees; nothing
/// where no two of them have a length.
/// @param form  with its matrices
std::optional<std::pair<double, double>> predicted_angles(const theory::PrintedForm& form);

}  // namespace ncverify::measure
