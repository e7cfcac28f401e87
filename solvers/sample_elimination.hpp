// One Newton step on a block of the samples form: every sample eliminated on its own, linear cost in samples.
#pragma once

#include "solvers/sample_block.hpp"

namespace ncverify::solvers {

/// A step of Newton's method with Levenberg's damping: solves (Hessian of F in V and the free features +
/// damping) step = -gradient. Given V, the samples do not interact, so each one's own free features are
/// eliminated first (a matrix of at most c x c) and what is left is a system for the K c entries of V: the
/// Schur complement, to which every sample adds its part. Costs O(n (K f)^2 f + (K c)^3), f free features to
/// a sample.
/// @param step_v, step_u  receive the step, shaped as point.v and point.u
/// Returns false where the damped matrix is not positive definite, to with.bits.
bool newton_step(const Arithmetic& with, const SampleBlock& block, arf_srcptr gamma, const BlockPoint& point,
                 const std::vector<bool>& free, arf_srcptr damping, Floats& step_v, Floats& step_u);

}  // namespace ncverify::solvers
