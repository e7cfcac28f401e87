// The gap, term by term: five non-negative numbers that add up exactly to L0(W,H) - D(beta).
#pragma once

#include <vector>

#include "certificates/losses.hpp"
#include "certificates/point.hpp"
#include "problem/objective.hpp"

namespace ncverify::certificates {

/// The five terms of the identity in docs/model.md (The gap, term by term), which derives it. Each is
/// >= 0 at every feasible point with feasible slopes, and names the part of Theorem 1 that it measures.
struct GapTerms {
    Enclosure logits;         ///< (e): cross-entropy above its tangent, the other classes' logits unequal
    Enclosure classifier;     ///< (d): W away from the combination V(H) of class means
    Enclosure orthogonality;  ///< (b): class means with coordinates in common
    Enclosure within_class;   ///< (a): spread of a class's features around their mean
    Enclosure collapsed;      ///< features of classes whose slope is below its limit c / sqrt(n_k)

    Enclosure sum() const;
};

/// What the terms depend on, added up over samples:
/// enough for a point whose features are never in memory at once.
struct PointSums {
    Matrix<Enclosure> total;        ///< sum_i h_ki in column k, d x K
    std::vector<Enclosure> square;  ///< sum_i ||h_ki||^2, K of them
    std::vector<Enclosure> spread;  ///< sum_i ||h_ki - h_k||^2 about the class mean, K of them
    Enclosure logits;               ///< sum_ki omega_k (CE(W h_ki, k) + beta_k a_ki - bracket_k)
};

/// Evaluates the terms at the precision of the innermost PrecisionScope, from sums over the samples.
GapTerms gap_terms(const Configuration& configuration, const std::vector<Rational>& slopes,
                   const Matrix<Enclosure>& classifier, const PointSums& sums);

/// The same from the point itself.
/// @param columns     what the columns of H stand for: one per class of weight n_k (the within-class term is
///                    then exactly zero), one per sample, or anything between, each class's weights
///                    adding up to n_k
/// @param slopes      beta_k, K of them, 0 <= beta_k < 1; the identity holds for all of these, but the last
///                    term is >= 0 only where (omega_k beta_k)^2 n_k <= c^2
/// @param classifier  W, K x d
/// @param features    H, d x columns.size(), entries >= 0
GapTerms gap_terms(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                   const std::vector<Rational>& slopes, const Matrix<Enclosure>& classifier,
                   const Matrix<Enclosure>& features);

/// The same of a certificate's point where its losses are known already.
GapTerms gap_terms(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                   const std::vector<Rational>& slopes, const TabledPoint& point, const ColumnLosses& losses);

}  // namespace ncverify::certificates
