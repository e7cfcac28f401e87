// Problem (4) in balanced variables: the form in which every stage of the solver sees it.
#pragma once

#include <vector>

#include "problem/configuration.hpp"
#include "problem/objective.hpp"

namespace ncverify::solvers {

/// With W = (lH/lW)^(1/4) V and h_k = (lW/lH)^(1/4) u_k / sqrt(n_k), problem (4) divided by sqrt(lW lH) is
///
///     F(V,U) = sum_k sqrt(n_k) gamma_k CE(V u_k / sqrt(n_k), k) + (||V||^2 + ||U||^2)/2,   U >= 0,
///     gamma_k = sqrt(n_k) / (N sqrt(lW lH)),
///
/// in which lambdas and counts spread over many orders of magnitude leave well-scaled variables.
struct BalancedProblem {
    long classes = 0;                    ///< K
    long dimension = 0;                  ///< d
    std::vector<double> root_count;      ///< sqrt(n_k)
    std::vector<double> gamma;           ///< clamped for the search, see `balanced_problem`
    std::vector<long double> log_gamma;  ///< log gamma_k, not clamped
    /// Class k can lower the loss from h_k = 0 in an unused coordinate. Decided exactly: there the Hessian of
    /// F has the eigenvalue 1 - gamma_k sqrt((K-1)/K), so the test is gamma_k^2 (K-1)/K > 1, a rational one.
    std::vector<bool> revivable;
};

/// gamma_k^2 = n_k / (N^2 lW lH), exact.
Rational gamma_squared(const Configuration& configuration, long k);

/// The problem in double. Where every gamma_k is above 100 all are scaled down together until the smallest is
/// 100: the search only proposes which coordinates belong to which class, the scaled problem has the same
/// answer to that (and no exponent of 1e10000), and the refinement works on the exact one.
BalancedProblem balanced_problem(const Configuration& configuration);

/// A point: V is K x d, U is d x K (non-negative), `value` = F there.
struct BalancedPoint {
    Matrix<double> classifier;
    Matrix<double> features;
    double value = 0;
};

/// F at a point.
double balanced_objective(const BalancedProblem& problem, const Matrix<double>& classifier,
                          const Matrix<double>& features);

/// F and its gradient, written into `gradient_v` (K x d) and `gradient_u` (d x K).
double balanced_gradient(const BalancedProblem& problem, const Matrix<double>& classifier,
                         const Matrix<double>& features, Matrix<double>& gradient_v,
                         Matrix<double>& gradient_u);

/// Logits of the class means, column k = V u_k / sqrt(n_k).
Matrix<double> balanced_logits(const BalancedProblem& problem, const BalancedPoint& point);

}  // namespace ncverify::solvers
