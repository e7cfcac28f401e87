// Minimum: what a picture shows of a minimiser that the solver found.
#pragma once

#include "problem/objective.hpp"
#include "solvers/search.hpp"

namespace ncverify::reports {

/// Invariants of the solver's best point, as enclosures of its exact decimals.
struct Minimum {
    bool certified = false;                                   ///< proven globally optimal
    long digits = 0;                                          ///< that the refinement worked with
    Enclosure loss;                                           ///< of the point itself
    Matrix<Enclosure> feature_gram, classifier_gram, logits;  ///< K x K; class k is column k of the logits
    std::vector<bool> vanishes;                               ///< h_k = 0, by class
};

/// Solves in class-means form, without the theorem. Evaluated at the precision of the innermost
/// PrecisionScope. `digits` of it are 0 where every start failed.
Minimum minimum(const Configuration& configuration, long digits, std::uint64_t seed,
                solvers::SearchMethod search = solvers::SearchMethod::descent);

/// Log10 of a bound on |a - b| relative to the largest |b|.
double disagreement(const Matrix<Enclosure>& a, const Matrix<Enclosure>& b);

}  // namespace ncverify::reports
