// The metrics of neural collapse that most people compute, and their values at the optimum.
#pragma once

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "problem/objective.hpp"

namespace ncverify::measure {

/// Defined as the scripts that named them compute them, so that numbers compare; A has the rows h_k - m, m
/// being the mean of the class means (every class counting the same), standard deviations have 1/(K-1).
/// docs/metrics.md has the sources. Nothing where undefined (0/0).
struct UsualMetrics {
    std::optional<double> sw_inv_sb;     ///< trace(S_W S_B^+), S_B = (1/K) A^T A, S_W = (1/N) sum_ki ..
    std::optional<double> norm_m_cov;    ///< std over mean of ||h_k - m||
    std::optional<double> norm_w_cov;    ///< of ||w_k||
    std::optional<double> cos_m;         ///< mean over pairs of |cos(h_k - m, h_l - m) + 1/(K-1)|
    std::optional<double> cos_w;         ///< of |cos(w_k, w_l) + 1/(K-1)|
    std::optional<double> w_m_dist;      ///< || W/||W||_F - A/||A||_F ||_F^2
    std::optional<double> ncc_mismatch;  ///< share of samples whose largest logit is not their nearest mean's
    std::optional<double> cdnv;          ///< mean over pairs of (v_k + v_l) / 2 / ||h_k - h_l||^2
    std::optional<double> etf_error;     ///< || G/||G||_F - (I - 11^T/K)/sqrt(K-1) ||_F, G = A A^T
    std::optional<double> etf_error_w;   ///< the same for W W^T
};

/// One of them by the name that JSON has for it.
struct NamedMetric {
    const char* name;
    std::optional<double> UsualMetrics::*value;
};

inline constexpr std::array<NamedMetric, 10> named_metrics = {{
    {"sw_inv_sb", &UsualMetrics::sw_inv_sb},
    {"norm_m_cov", &UsualMetrics::norm_m_cov},
    {"norm_w_cov", &UsualMetrics::norm_w_cov},
    {"cos_m", &UsualMetrics::cos_m},
    {"cos_w", &UsualMetrics::cos_w},
    {"w_m_dist", &UsualMetrics::w_m_dist},
    {"ncc_mismatch", &UsualMetrics::ncc_mismatch},
    {"cdnv", &UsualMetrics::cdnv},
    {"etf_error", &UsualMetrics::etf_error},
    {"etf_error_w", &UsualMetrics::etf_error_w},
}};

/// What the class means are taken from.
enum class Centre {
    class_means,  ///< their own mean, m
    sample_mean,  ///< h_G, the mean over samples
};

/// The share of each present class in the centre, 1/K or n_k/N; K entries, 0 for classes without samples.
Vector<double> centre_shares(const std::vector<long long>& counts, Centre centre);

/// The classes that have samples, ascending.
std::vector<Eigen::Index> present_classes(const std::vector<long long>& counts);

/// || h_k - h_l ||^2, K x K, each as accurate, relatively, as the means are.
/// @param means  d x K
/// @param gram   h_k . h_l
Matrix<double> squared_distances(const Matrix<double>& means, const Matrix<double>& gram);

/// What the metrics of the geometry are of.
struct Geometry {
    const Matrix<double>& means;            ///< h_k in column k, d x K
    const Matrix<double>& classifier;       ///< W, K x d
    const Matrix<double>& classifier_gram;  ///< w_k . w_l, K x K
    const Matrix<double>& distances;        ///< || h_k - h_l ||^2, K x K
    const std::vector<double>& variances;   ///< v_k = (1/n_k) sum_i ||h_ki - h_k||^2, K of them
    const std::vector<long long>& counts;   ///< n_k, K of them
};

/// All but `sw_inv_sb` and `ncc_mismatch`, which take the samples themselves. Over the classes that have
/// samples, whose number stands for K then.
UsualMetrics geometry_metrics(const Geometry& geometry, Centre centre);

/// All of them at the optimum of Theorem 1, for the classes that have samples.
/// @param training_counts  those of the configuration, which the theorem knows
/// @param counts           of the samples measured, of which the centre is and the mismatch would be
/// @param margins          M_k, K of them
UsualMetrics target_metrics(const std::vector<long long>& training_counts,
                            const std::vector<long long>& counts, const std::vector<double>& margins,
                            Centre centre);

}  // namespace ncverify::measure
