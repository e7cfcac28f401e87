// What a gap implies: enclosures of the invariants of every point whose loss is at most the upper bound.
#pragma once

#include <vector>

#include "problem/configuration.hpp"
#include "problem/objective.hpp"

namespace ncverify::certificates {

/// Invariants of one class, each enclosed for every point with loss <= upper bound, in either form of the
/// problem; h_k is the mean of the class's features.
struct ClassBounds {
    Enclosure margin;                ///< a_k = w_k.h_k - mean over m != k of w_m.h_k
    Enclosure logit_own;             ///< (W h_k)_k
    Enclosure logit_other;           ///< (W h_k)_m, any m != k
    Enclosure worst_margin;          ///< w_k.h_k - max over m != k of w_m.h_k
    Enclosure feature_norm_squared;  ///< ||h_k||^2, not below zero
    Enclosure logit_sum;             ///< sum_m (W h_k)_m
    Enclosure within_class_spread;   ///< at least max_i ||h_ki - h_k||; exactly zero for one sample
};

/// Follows from the five-term identity of docs/model.md alone. Every point whose loss is at most U, every
/// global minimiser among them, has each of the five terms at most g = U - D(beta). From the logits term
/// margins and logits are pinned down (strong convexity of phi), from the classifier term W = V(H) up to
/// sqrt(2g/lW), from orthogonality the products of class means, from the within-class term the spread of a
/// class, from the last term the norms of classes whose slope is strictly below its limit; the rest is
/// arithmetic in enclosures. README.md derives each bound. Nothing here uses the theorem: this is how it can
/// be confronted with *all* global minimisers at once.
struct ImpliedBounds {
    Configuration configuration;
    Enclosure upper, lower, gap;    ///< U, D(beta), U - D(beta)
    std::vector<Enclosure> slopes;  ///< omega_k beta_k
    std::vector<ClassBounds> classes;
    Enclosure cross_total;        ///< bound on ||Y||^2 - sum ||y_m||^2, the orthogonality defect
    Enclosure classifier_defect;  ///< bound on ||W - V(H)||_F

    /// h_k . h_j for k != j.
    Enclosure feature_inner(long k, long j) const;
    /// At least h_k . h_j for every pair k != j; O(K).
    Enclosure largest_feature_inner() const;
    /// || sum_k w_k ||.
    Enclosure classifier_sum() const;
    /// || w_k - sum_m A_km h_m ||^2 for the linear relation with A_km = (K delta_km - 1) column_m.
    Enclosure relation_defect_squared(long k, const std::vector<Enclosure>& column) const;
};

/// What bounds imply for the inner products of classifiers. What all pairs have in common is computed once,
/// in O(K); a pair then costs O(1).
class ClassifierProducts {
  public:
    explicit ClassifierProducts(const ImpliedBounds& bounds);
    /// w_k . w_j at every global minimiser.
    Enclosure inner(long k, long j) const;

  private:
    Enclosure product(std::size_t a, std::size_t b) const;  // v_a . v_b

    Enclosure classes_, kappa_squared_, all_, half_, defect_;
    std::vector<Enclosure> weighted_;  // ||y_m||^2
    std::vector<Enclosure> lengths_;   // ||v_m||
};

/// Evaluated at the precision of the innermost PrecisionScope. Where the gap is too large for a bound to
/// hold, the enclosure concerned is not finite: it contains everything and decides nothing.
/// @param upper  proven upper bound on the minimum, U
/// @param lower  D(slopes), enclosed
ImpliedBounds implied_bounds(const Configuration& configuration, const std::vector<Rational>& slopes,
                             const Enclosure& upper, const Enclosure& lower);

}  // namespace ncverify::certificates
