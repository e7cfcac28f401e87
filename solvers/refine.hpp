// Refinement: from an active set found in double to a stationary point of problem (4) at any precision.
#pragma once

#include <optional>
#include <vector>

#include "solvers/active_set.hpp"
#include "solvers/class_start.hpp"
#include "solvers/scaled_problem.hpp"

namespace ncverify::solvers {

/// A positive feature: entry (coordinate, column) of H.
struct Feature {
    long coordinate, column;
    Multiprecision value;
};

/// A point of problem (4) in its own variables, with the softmax residuals found there.
struct Minimizer {
    Matrix<Multiprecision> classifier;  ///< W, K x d
    std::vector<Feature> features;      ///< the entries of H (d x columns) that are not zero
    long columns = 0;                   ///< of H: K in the class-means form, N in the samples form
    /// 1 - softmax(W h_k)_k, K entries: where the dual slopes come from.
    Vector<Multiprecision> missing_weight;
    long digits = 0;  ///< working precision
    /// log10 of the largest entry of the projected gradient, in scaled variables.
    double kkt_residual_log10 = 0;
    /// One sparse evaluation of loss and gradient at `digits`; 0: not measured.
    double evaluation_seconds = 0;
    double refine_seconds = 0;

    /// H, d x columns.
    Matrix<Multiprecision> dense_features() const;
};

/// Newton's method on the optimality conditions of the active set, in Arb's floating-point numbers
/// (floats.hpp); the point that comes out is converted to Multiprecision. The features of each class keep the
/// direction that the search found within the class's coordinates: with several coordinates to a class the
/// minimisers form a manifold, and fixing the direction exactly picks one point of it.
/// @param problem  scaled_problem(configuration)
/// @param starts  one per class, solved in double; not looked at for classes that own no coordinate
/// @param measure  also time one evaluation
/// Returns nothing where some class does not converge.
std::optional<Minimizer> refine(const Configuration& configuration, const ScaledProblem& problem,
                                const ActiveSet& active, const std::vector<ClassStart>& starts, long digits,
                                bool measure = false);

/// Dual slopes beta_k = 1 - softmax(W h_k)_k as decimals of `digits` digits rounded down, then lowered to the
/// largest such decimal with beta_k^2 n_k <= c^2 where they exceed it: feasible by construction (model.md,
/// dual).
std::vector<Rational> dual_slopes(const Configuration& configuration,
                                  const Vector<Multiprecision>& missing_weight, long digits);

}  // namespace ncverify::solvers
