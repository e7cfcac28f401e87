// The second reading of the features: every sample beside its class mean, and its logits.
#pragma once

#include <vector>

#include "measure/between_classes.hpp"
#include "measure/network.hpp"

namespace ncverify::measure {

/// Sums over the samples of one class.
struct ClassSums {
    long double spread = 0;     ///< sum_i ||h_ki - h_k||^2
    long double projected = 0;  ///< sum_i sum_r (u_r . (h_ki - h_k) / s_r)^2, with `between`'s directions
    long double cross_entropy = 0;
    long double unequal = 0;        ///< sum of LogitExcess::unequal
    long double margin_excess = 0;  ///< sum of `margin_excess` at the class's slope; 0 without slopes
    long long correct = 0;          ///< samples whose own logit exceeds every other one
    double largest_distance = 0;    ///< max_i ||h_ki - h_k||
};

/// Reads all features once more. Deviations from the mean are formed before anything is multiplied or
/// squared, so that a collapsed class loses no accuracy.
/// @param means        h_k in column k, d x K
/// @param mean_logits  W h_k in column k, K x K
/// @param slopes       beta_k, K of them, or none
std::vector<ClassSums> sample_statistics(Network& network, const Matrix<double>& means,
                                         const Matrix<double>& mean_logits, const BetweenClasses& between,
                                         const std::vector<double>& slopes);

}  // namespace ncverify::measure
