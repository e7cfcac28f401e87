// The theorem's closed forms in double precision, fast enough for millions of configurations.
#pragma once

#include <vector>

#include "screen/kernel/sample.hpp"

namespace ncverify::screen {

/// Theorem 1's numbers, with class weights where there are any, for one sample (paper's units), to about ten
/// units in the last place of a double, where no margin is close to zero. theory/ has them to any precision,
/// and the tests compare.
struct DoubleForm {
    double samples = 0, threshold = 0, loss = 0;  ///< N; T of Corollary 4; the minimum
    double relation = 0;                          ///< sqrt(lH/lW) / sqrt(K(K-1)), the factor of (10)
    double weight_sum = 0;                        ///< S = sum_m sqrt(n_m) M_m
    std::vector<double> count, root, margin;      ///< n_k, sqrt(n_k), M_k (6)
    std::vector<double> strength;                 ///< omega_k^2 n_k
    std::vector<double> feature_factor;           ///< sqrt((K-1)/K lW/lH / n_k), of (9)
    std::vector<double> weight;                   ///< sqrt(n_k) M_k
    double lambda_w = 0, lambda_h = 0;

    void set(const Sample& sample);
    bool collapsed(std::size_t k) const { return strength[k] <= threshold; }
    /// w_k . w_j, Proposition 1.
    double classifier_inner(std::size_t k, std::size_t j) const;
};

}  // namespace ncverify::screen
