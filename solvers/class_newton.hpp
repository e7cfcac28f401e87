// Newton's method for one class whose coordinates are its own, at any precision.
#pragma once

#include <optional>

#include "problem/objective.hpp"

namespace ncverify::solvers {

/// The stationary point of one class k in its own coordinates.
///
/// With u_k = rho t (direction t >= 0 fixed) and V = sum_k v_k t_k^T, F decouples. Its optimality conditions
/// are v = -rho q and rho = -q.v, where q = gamma_k (softmax(z) - e_k) is the scaled residual; eliminating v
/// leaves
///
///     z + sigma q(z) = 0,   ||q(z)|| = 1   (or rho = 0),   sigma = rho^2 ||t||^2 / sqrt(n_k).
///
/// In (z, sigma) the system is regular even at a class's threshold, where (v, rho) is not.
struct ClassPoint {
    Vector<Multiprecision> logits;    ///< z, K entries
    Vector<Multiprecision> residual;  ///< q, K entries; sums to zero
    Multiprecision sigma;             ///< >= 0
};

struct NewtonSummary {
    long evaluations = 0;       ///< of q, at all precisions together
    double residual_log10 = 0;  ///< log10 of the largest entry of the optimality conditions at the end
};

/// q(z) = gamma (softmax(z) - e_k), at the working precision.
Vector<Multiprecision> scaled_residual(const Vector<Multiprecision>& logits, long k,
                                       const Multiprecision& gamma);

/// Solves for class k to `digits` digits, the precision doubling as Newton's method converges.
/// @param gamma_squared  gamma_k^2, exact
/// @param start          logits to start from (from the search); only their direction is used where they are
///                       not close, and e_k - 1/K where they are zero
/// Returns nothing where the iteration does not converge. Sigma may come out as <= 0 where the class stands
/// closer to its threshold than the precision resolves; it is then zero to that precision.
std::optional<ClassPoint> solve_class(const Rational& gamma_squared, long k, const Eigen::VectorXd& start,
                                      long digits, NewtonSummary& summary);

}  // namespace ncverify::solvers
