// The single pictures; each is a function of its arguments alone.
#pragma once

#include <cstdint>

#include "files/json.hpp"
#include "problem/configuration.hpp"

namespace ncverify::reports {

/// Gram matrix of the class means and logits, as the solver found them and as the theorem has them.
Json matrices_picture(const Configuration& configuration, std::uint64_t seed);

/// NC1 to NC3 and the excess loss along the solver's descent, every sample's feature vector a variable.
Json path_picture(std::uint64_t seed);

/// Norms and angles against class size: the theorem's curves with their turning point, and on them the
/// solver's classes.
Json norms_picture(const Configuration& configuration, std::uint64_t seed);

/// Margins, thresholds and norms against class size under the usual class weights: the closed forms' curves,
/// and the solver's classes.
Json weights_picture(const Configuration& configuration, std::uint64_t seed);

/// Which of two groups of classes collapse, over imbalance ratio and regularisation: exact thresholds, and
/// what the solver finds at sampled points.
Json phases_picture(std::uint64_t seed);

/// Digits to which solver and theorem agree, against the digits that the solver works with.
Json precision_picture(const Configuration& configuration, std::uint64_t seed);

/// Where many plain descents end: their values, by dead set; and the way down from two of such points.
Json landscape_picture(std::uint64_t seed);

}  // namespace ncverify::reports
