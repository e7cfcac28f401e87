// The closed forms of Theorem 1 and Proposition 1, as enclosures. Knows no solver.
#pragma once

#include <optional>
#include <vector>

#include "theory/ingredients.hpp"

namespace ncverify::theory {

/// omega_k^2 n_k <= T, decided in rationals.
bool collapsed(const Configuration& configuration, long k);

/// The minimum is attained: d >= #{k : M_k > 0} (docs/model.md, From the identity to the theorem).
bool attained(const Configuration& configuration);

/// What Theorem 1 says of one class.
struct ClassForm {
    bool collapsed = false;
    Enclosure margin;                   ///< M_k, (6)
    Enclosure feature_norm_squared;     ///< (9)
    Enclosure classifier_norm_squared;  ///< Proposition 1
    Enclosure logit_own;                ///< (11)
    Enclosure logit_other;              ///< (12)
};

/// What Theorem 1 says of all global minimisers: their invariants.
struct ClosedForm {
    Enclosure minimum_loss;
    Enclosure prefactor;             ///< p = sqrt(lH/lW) / (K sqrt(K(K-1)))
    Enclosure weight_sum;            ///< S = sum_m a_m
    std::vector<Enclosure> weights;  ///< a_k = sqrt(n_k) M_k
    /// r_m = sqrt(1/(K(K-1))) sqrt(lH/lW) sqrt(n_m): (10) is w_k = sum_m (K [k = m] - 1) r_m h_m
    std::vector<Enclosure> relation;
    Rational threshold;  ///< T, Corollary 4
    std::vector<ClassForm> classes;

    /// w_k . w_j, Proposition 1; the squared norm where k = j.
    Enclosure classifier_inner(long k, long j) const;
    /// Its cosine; nothing in complete collapse, where both norms are zero.
    std::optional<Enclosure> classifier_cosine(long k, long j) const;
};

/// Evaluated at the precision of the innermost PrecisionScope, once per distinct count and weight.
ClosedForm closed_form(const Configuration& configuration);
/// The same formulas, of ingredients that somebody may have changed.
ClosedForm closed_form(const Ingredients& ingredients);

}  // namespace ncverify::theory
