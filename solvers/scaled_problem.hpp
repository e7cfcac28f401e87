// Problem (4) in scaled variables: the form in which every stage of the solver sees it.
#pragma once

#include <vector>

#include "problem/configuration.hpp"
#include "problem/objective.hpp"
#include "problem/random.hpp"

namespace ncverify::solvers {

/// One column of U: its class, sqrt(m_j) and gamma_j.
struct ScaledColumn {
    long label;
    double root;
    double gamma;
};

/// With W = (lH/lW)^(1/4) V and h_j = (lW/lH)^(1/4) u_j / sqrt(m_j), problem (4) divided by sqrt(lW lH) is
///
///     F(V,U) = sum_j sqrt(m_j) gamma_j CE(V u_j / sqrt(m_j), k_j) + (||V||^2 + ||U||^2)/2,   U >= 0,
///     gamma_j = omega_k sqrt(m_j) / (N sqrt(lW lH)),
///
/// over columns j of class k_j that stand for m_j samples each: one per class in the class-means form
/// (m_k = n_k), one per sample in the samples form (m_j = 1). Lambdas and counts spread over many orders of
/// magnitude leave these variables well scaled.
struct ScaledProblem {
    long classes = 0;    ///< K
    long dimension = 0;  ///< d
    std::vector<ScaledColumn> columns;
    std::vector<double> root_count;  ///< sqrt(n_k), by class
    std::vector<double> gamma;       ///< omega_k sqrt(n_k) / (N sqrt(lW lH)), clamped: see `scaled_problem`
    std::vector<long double> log_gamma;  ///< its logarithm, not clamped
    /// Class k can lower the loss from h_k = 0 in an unused coordinate. Decided exactly: there the Hessian of
    /// F has the eigenvalue 1 - gamma_k sqrt((K-1)/K), so the test is gamma_k^2 (K-1)/K > 1, which is
    /// omega_k^2 n_k > T.
    std::vector<bool> revivable;
};

/// gamma_k^2 = omega_k^2 n_k / (N^2 lW lH), exact.
Rational gamma_squared(const Configuration& configuration, long k);

/// The problem in double. Where every gamma_k is above 100 all are lowered together until the smallest is
/// 100: the search only proposes which coordinates belong to which class, the lowered problem has the same
/// answer to that (and no exponent of 1e10000), and the refinement works on the exact one.
ScaledProblem scaled_problem(const Configuration& configuration,
                             Formulation formulation = Formulation::class_means);

/// A point: V is K x d, U is d x columns (non-negative), `value` = F there.
struct ScaledPoint {
    Matrix<double> classifier;
    Matrix<double> features;
    double value = 0;
};

/// A random point of the class-means form, entries of the order that they have at stationary points: logits
/// of order one.
ScaledPoint random_point(const ScaledProblem& problem, Random& random);

/// F at a point.
double scaled_objective(const ScaledProblem& problem, const Matrix<double>& classifier,
                        const Matrix<double>& features);

/// The point longer, to where the exact problem's F is least, which is then its `value`: points of a lowered
/// problem are too short, and their values may lie below what problem (4) can reach. The point itself where
/// nothing was lowered.
ScaledPoint stretched(const ScaledProblem& problem, const ScaledPoint& point);

/// F and its gradient, written into `gradient_v` (K x d) and `gradient_u` (d x columns).
double scaled_gradient(const ScaledProblem& problem, const Matrix<double>& classifier,
                       const Matrix<double>& features, Matrix<double>& gradient_v,
                       Matrix<double>& gradient_u);

/// gamma_j (softmax(logits) - e_k), column by column: K x columns.
Matrix<double> scaled_residuals(const ScaledProblem& problem, const ScaledPoint& point);

/// Logits, column j = V u_j / sqrt(m_j).
Matrix<double> scaled_logits(const ScaledProblem& problem, const ScaledPoint& point);

}  // namespace ncverify::solvers
