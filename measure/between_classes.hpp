// The between-class covariance of (19) and its pseudo-inverse, as directions and lengths.
#pragma once

#include <vector>

#include "problem/objective.hpp"

namespace ncverify::measure {

/// S_B = (1/K) C C^T with C = (h_k - h_G)_k, d x K, and h_G = (1/N) sum_ki h_ki = sum_k (n_k/N) h_k. (The
/// paper prints h_G with 1/K, and class means with 1/n, which are means only where classes are balanced.)
/// From the singular value decomposition C = sum_i s_i u_i v_i^T: trace(A S_B^+) = K sum_i u_i^T A u_i /
/// s_i^2, over the singular values that count.
struct BetweenClasses {
    Matrix<double> scaled_directions;     ///< u_i / s_i in column i, d x rank
    std::vector<double> singular_values;  ///< of C, all min(d, K), descending
    /// What counts as zero: singular values up to max(d, K) 2^-52 ||(h_k)_k||_F, to which rounding of the
    /// means can amount; and the one too many, since sum_k n_k (h_k - h_G) = 0 leaves a rank of at most K-1.
    double rank_threshold = 0;
    double trace = 0;  ///< of S_B

    long rank() const { return static_cast<long>(scaled_directions.cols()); }
};

/// @param means   h_k in column k, d x K
/// @param counts  n_k
BetweenClasses between_classes(const Matrix<double>& means, const std::vector<long long>& counts);

}  // namespace ncverify::measure
