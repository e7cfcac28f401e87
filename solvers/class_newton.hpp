// Newton's method for one class whose coordinates are its own, at any precision.
#pragma once

#include "solvers/class_softmax.hpp"
#include "solvers/class_start.hpp"

namespace ncverify::solvers {

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
                           const ClassStart& start, long bits, ClassPoint& point, ClassWorkspace& work);

}  // namespace ncverify::solvers
