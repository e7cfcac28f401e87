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
    long double recentred = 0;  ///< sum_i (q . (h_ki - h_k))^2, q as in `SecondReading`
    long double cross_entropy = 0;
    long double unequal = 0;        ///< sum of LogitExcess::unequal
    long double margin_excess = 0;  ///< sum of `margin_excess` at the class's slope; 0 without slopes
    long double pull = 0;           ///< sum_i sum_m p_m (z_y - z_m), z = W h_ki without a bias, p with it
    long long correct = 0;          ///< samples whose own logit exceeds every other one
    long long first = 0;            ///< samples whose own logit is the first of the largest: argmax
    long long off_nearest = 0;      ///< samples whose first largest logit is not of the nearest class mean
    double largest_distance = 0;    ///< max_i ||h_ki - h_k||
};

struct SampleStatistics {
    std::vector<ClassSums> classes;
    std::vector<long double> by_direction;  ///< sum_ki (u_r . (h_ki - h_k) / s_r)^2, one for each r
    /// (1/N) sum_i omega_y (e_y - p_i) h_i^T: what the cross-entropy pulls W by; K rows of `ColumnSketch`.
    Matrix<double> pull;
    bool pull_exact = true;  ///< the sketch shortens nothing
};

/// What is known of the classes when the samples are read for the second time.
struct SecondReading {
    const Matrix<double>& means;        ///< h_k in column k, d x K
    const Matrix<double>& mean_logits;  ///< W h_k in column k, K x K, without the bias
    const Matrix<double>& distances;    ///< ||h_k - h_l||^2, K x K
    const BetweenClasses& between;
    const Vector<double>& recentring;   ///< q = sum_r recentring_r u_r / s_r
    const std::vector<double>& slopes;  ///< beta_k, K of them, or none
    const std::vector<double>& omega;   ///< class weights of the loss, K of them
};

/// Reads all features once more. Deviations from the mean are formed before anything is multiplied or
/// squared, so that a collapsed class loses no accuracy.
SampleStatistics sample_statistics(Network& network, const SecondReading& reading);

}  // namespace ncverify::measure
