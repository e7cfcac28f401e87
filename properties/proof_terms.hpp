// The terms of the proof (Section 7), as enclosures at one point.
#pragma once

#include <vector>

#include "properties/points.hpp"

namespace ncverify::properties {

/// Where the steps of the proof that hold everywhere are tried, for counterexamples.
inline constexpr const char* at_a_drawn_point = "at a drawn point";

/// Numbers of a configuration that the proof uses throughout. theory/ has formulas of its own for what the
/// two have in common: the steps of the proof are to be tried, not the theorem's evaluation.
struct ProofTerms {
    Enclosure classes;  ///< K
    Enclosure others;   ///< K - 1
    Enclosure samples;  ///< N
    Enclosure lambda_w, lambda_h;
    Enclosure growth;               ///< sqrt(K/(K-1)) sqrt(lH/lW), of (38) and (46)
    Enclosure c;                    ///< N sqrt((K-1)/K lW lH), of (41)
    std::vector<Enclosure> counts;  ///< n_k
    std::vector<Enclosure> roots;   ///< sqrt(n_k)
    Enclosure least_root;           ///< sqrt of the smallest count
};
ProofTerms proof_terms(const Configuration& configuration);

/// log(1 + (K-1) exp(x)), to full relative accuracy.
Enclosure log_term(const ProofTerms& terms, const Enclosure& x);
/// c_{2,k} of (27) for t_k = t: log((1+t)(K-1))/(1+t) + t/(1+t) log((1+t)/t).
Enclosure second_constant(const ProofTerms& terms, const Enclosure& t);
/// sum_k (n_k/N) c_{2,k} with t_k = sqrt(n_k)/c_1 - 1; not finite where some t_k is not positive.
Enclosure second_constants(const ProofTerms& terms, const Enclosure& c1);

/// x_j = (sum_m w_m h_j - K w_k h_j)/(K-1) for every column j of H,
/// k = labels(j) = its class: what (23) and (27) exponentiate.
/// @param columns  of H
std::vector<Enclosure> exponents(const ProofTerms& terms, const std::vector<FeatureColumn>& columns,
                                 const FeasiblePoint& point);
/// g(WH) of (23), for exponents of class means.
Enclosure mean_loss(const ProofTerms& terms, const std::vector<Enclosure>& exponents);
/// ||A||_F^2.
Enclosure squared_norm(const Matrix<Enclosure>& matrix);
/// sum_k n_k ||h_k||^2 (class means).
Enclosure weighted_features(const ProofTerms& terms, const Matrix<Enclosure>& features);
/// L1(W,H), after (23) (class means).
Enclosure lower_loss(const Configuration& configuration, const ProofTerms& terms, const FeasiblePoint& point);
/// Its gradient, shaped as W and H.
Gradient<Enclosure> lower_gradient(const Configuration& configuration, const ProofTerms& terms,
                                   const FeasiblePoint& point);
/// hat h_m = sum_k sqrt(n_k) h_k - K sqrt(n_m) h_m as columns, after (30).
Matrix<Enclosure> hat_features(const ProofTerms& terms, const Matrix<Enclosure>& features);
/// sum_k sqrt(n_k) h_k.
Vector<Enclosure> feature_sum(const ProofTerms& terms, const Matrix<Enclosure>& features);
/// Mean of a class's columns: class means, d x K.
FeasiblePoint class_mean_point(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                               const FeasiblePoint& point);

/// g(x) of Step 4 for class k, as simplified before (40).
Enclosure class_bound(const ProofTerms& terms, std::size_t k, const Enclosure& x);
/// The x_k* of (42) where n_k exceeds the threshold, else 0: decided in rationals.
Enclosure best_norm(const Configuration& configuration, const ProofTerms& terms, std::size_t k);

/// `value` where it is certainly positive, else 1: for scales that may be zero.
Enclosure scale_or_one(const Enclosure& value);

}  // namespace ncverify::properties
