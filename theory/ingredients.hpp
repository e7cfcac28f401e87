// Ingredients: the constants that the formulas of Theorem 1 and Proposition 1 are put together from.
#pragma once

#include <vector>

#include "problem/configuration.hpp"

namespace ncverify::theory {

/// What the formulas take from one class, or from `classes` classes of equal count and weight.
struct ClassIngredients {
    long classes = 1;
    bool collapsed = false;    ///< omega_k^2 n_k <= T (Corollary 4)
    Enclosure weight = 1;      ///< omega_k
    Enclosure count;           ///< n_k
    Enclosure root_count;      ///< sqrt(n_k)
    Enclosure margin;          ///< M_k, (6)
    Enclosure doubt;           ///< (K-1) e^{-M_k}, what the own logit is up against
    Enclosure feature_factor;  ///< sqrt((K-1)/K lW/lH 1/n_k), (9)
    Enclosure decay;           ///< lH n_k
};

/// Everything that the closed forms depend on. `closed_form(ingredients(c))` is `closed_form(c)`; whoever
/// changes one of these first sees what the theorem would say if it were so.
struct Ingredients {
    Enclosure samples;            ///< N
    Enclosure classes;            ///< K
    Enclosure own_share;          ///< (K-1)/K, (11)
    Enclosure other_share;        ///< -1/K, (12)
    Enclosure classifier_factor;  ///< sqrt(lH/lW) / sqrt(K(K-1)), (10)
    Rational threshold;           ///< T, Corollary 4
    std::vector<ClassIngredients> groups;
    std::vector<std::size_t> group;  ///< of each class, its place in `groups`
};

/// omega_k^2 n_k, exact; n_k in the paper's problem. Written out here for the reason that `threshold` is.
Rational weighted_count(const Configuration& configuration, std::size_t k);

/// T = N^2 K/(K-1) lW lH, exact: class k collapses exactly where omega_k^2 n_k <= T (Corollary 4). Written
/// out from the paper on purpose, and not Configuration::threshold(), on which the solver and the checker
/// rely.
Rational threshold(const Configuration& configuration);

enum class Grouping {
    by_count,  ///< one group per distinct count and weight: what evaluation needs
    none       ///< one group per class, in order: what changing single classes needs
};

/// Evaluated at the precision of the innermost PrecisionScope.
Ingredients ingredients(const Configuration& configuration, Grouping grouping = Grouping::by_count);

/// Sets M_k, and (K-1) e^{-M_k} with it. @param classes  K
void set_margin(ClassIngredients& group, const Enclosure& margin, const Enclosure& classes);

}  // namespace ncverify::theory
