// Deviations that several claims look at.
#pragma once

#include <array>

#include "screen/claims.hpp"

namespace ncverify::screen {

/// The unit of class k's logits: one, or the margin found where that is more.
double scale_of_margin(const Subject& subject, std::size_t k);

/// sum_m f_m h_m, by coordinate.
using FeatureSum = std::array<double, largest_dimension>;
FeatureSum feature_sum(const Subject& subject, const std::vector<double>& f);

/// ||w_k - factor (K f_k h_k - sum)||, sum = sum_m f_m h_m.
double distance(const Subject& subject, std::size_t k, double factor, double f_k, const FeatureSum& sum);

/// How far a row of W may be off, and such a combination with it.
double row_tolerance(const Subject& subject);

/// All h_k . h_j = 0, k != j.
void orthogonal(const Subject& subject, Reading& reading);

/// h_k = 0 up to what the point can tell, or certainly not.
void feature_is_zero(const Subject& subject, Reading& reading, std::size_t k, bool claimed);

/// A cosine of classifiers against its claim; unresolved where the norms are lost in the point's inaccuracy.
void cosine(const Subject& subject, Reading& reading, std::size_t k, std::size_t j, double claimed);

}  // namespace ncverify::screen
