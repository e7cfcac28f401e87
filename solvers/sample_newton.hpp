// Newton's method on a block, from a point found in double to any precision.
#pragma once

#include "solvers/sample_block.hpp"

namespace ncverify::solvers {

/// Which features may move: the positive ones, and those that the gradient pushes off zero by more than
/// 2^target_exponent; n c entries, as BlockPoint::u.
std::vector<bool> free_features(const BlockPoint& point, long target_exponent);

struct BlockSummary {
    bool converged = false;
    long residual_exponent = 0;  ///< norm of the free gradient at the end, below 2^this
    long steps = 0;
};

/// Drives the block's free gradient to the rounding level of `bits`, from a point near a minimum for
/// gamma / 2^shortfall, which is replaced. Where that is another problem, the minimum is followed there
/// first: logits grow with log gamma, so that 1e10000 is a few dozen steps away. The damping is in proportion
/// to the gradient, so that convergence is quadratic on manifolds of minimisers too; the precision doubles as
/// steps earn it; a step's matrix needs half of its precision.
BlockSummary refine_block(const SampleBlock& block, const Floats& gamma, double shortfall, long bits,
                          BlockPoint& point);

}  // namespace ncverify::solvers
