// Angles between vectors, measured ones and the theorem's.
#pragma once

#include <optional>
#include <utility>

#include "problem/configuration.hpp"
#include "problem/objective.hpp"

namespace ncverify::measure {

/// The cosine of the angle between vectors `k` and `l` of a Gram matrix; nothing where one of them is zero.
std::optional<double> cosine(const Matrix<double>& gram, Eigen::Index k, Eigen::Index l);

/// The angles between different vectors, in degrees.
struct Angles {
    double smallest, mean, largest;
};

/// Nothing where no two of the vectors have a length. Small angles are as accurate, relatively, as others: a
/// cosine in double precision has lost those below 1e-6 degrees.
/// @param vectors  in columns
/// @param gram     their Gram matrix
std::optional<Angles> angles(const Matrix<double>& vectors, const Matrix<double>& gram);

/// The smallest and the largest angle between two classifiers that the theorem predicts, in degrees, all
/// digits right; nothing where all of them are zero.
std::optional<std::pair<double, double>> predicted_angles(const Configuration& configuration);

}  // namespace ncverify::measure
