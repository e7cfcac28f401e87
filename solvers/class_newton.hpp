// Newton's method for one class whose coordinates are its own, at any precision.
#pragma once

#include "solvers/class_start.hpp"
#include "solvers/floats.hpp"

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
    explicit ClassPoint(long classes) : logits(classes), residual(classes), sigma(1), own_missing(1) {}
    Floats logits;       ///< z, K entries
    Floats residual;     ///< q, K entries; sums to zero
    Floats sigma;        ///< one number
    Floats own_missing;  ///< 1 - softmax(z)_k, one number
};

struct NewtonSummary {
    bool converged = false;
    long residual_exponent = 0;  ///< largest entry of the optimality conditions at the end, below 2^this
};

/// Refines `start` to `bits` bits. Precision doubles with the number of correct bits, so that all but the
/// last evaluation are cheap; the correction of a step needs half of the step's precision; the last step's
/// residual follows from its linearization, whose error is of second order; and exponentials of logits that
/// lie close together (all but a class's own, at the theorem's solutions; nothing here relies on it) share
/// one full exponential. Sigma may come out as <= 0 where the class stands closer to its threshold than the
/// precision resolves; it is zero to that precision then.
/// @param log_gamma  log gamma_k in hardware precision, for the first steps
NewtonSummary refine_class(const Rational& gamma_squared, long double log_gamma, long k,
                           const ClassStart& start, long bits, ClassPoint& point);

/// The point of a class that is zero: z = 0, softmax uniform.
void zero_class(const Rational& gamma_squared, long k, long bits, ClassPoint& point);

/// One evaluation of a class's loss and gradient, K exponentials and no shortcut: the unit in which
/// refinement is measured. Returns nothing; `scratch` receives q and the loss.
void evaluate_class(const Rational& gamma_squared, long k, const ClassPoint& point, long bits,
                    ClassPoint& scratch);

}  // namespace ncverify::solvers
