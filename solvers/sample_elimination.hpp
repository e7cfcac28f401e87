// One Newton step on a block: every sample eliminated on its own, linear cost in samples.
#pragma once

#include "solvers/sample_block.hpp"

namespace ncverify::solvers {

/// A step of Newton's method with Levenberg's damping: solves (Hessian of F in V and the free features +
/// damping) step = -gradient. Given V, the samples do not interact, so each one's own free features are
/// eliminated first (a matrix of at most c x c) and what is left is a system for the K c entries of V: the
/// Schur complement, to which every sample adds its part. Costs O(n K^2 f^2 + (K c)^3), f free features to a
/// sample.
///
/// For With = Arithmetic and Numbers = Floats, or DoubleArithmetic and Doubles.
/// @param inverse_gamma   1/gamma of each class, K of them; may underflow to zero
/// @param free            which features may move, n c entries, as `point.u`
/// @param damping         one number, >= 0
/// @param step_v, step_u  receive the step, shaped as point.v and point.u
/// Returns false where the damped matrix is not positive definite to the arithmetic's precision.
template <typename With, typename Numbers>
bool block_newton_step(const With& with, const SampleBlock& block, const Numbers& inverse_gamma,
                       const BasicBlockPoint<Numbers>& point, const std::vector<bool>& free,
                       const Numbers& damping, Numbers& step_v, Numbers& step_u);

}  // namespace ncverify::solvers
