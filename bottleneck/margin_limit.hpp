// What is left of problem (4) for vanishing decays and equal counts: least norms with margins of at least 1.
// Branch and bound over the directions of W's columns, as for the problem itself.
#pragma once

#include <atomic>

#include "bottleneck/tree.hpp"

namespace ncverify::bottleneck {

/// minimise (||W||^2 + ||H||^2)/2 over H >= 0 with (w_k - w_m).h_k >= 1 for all m != k; K classes, d
/// coordinates. With W's columns along the unit vectors v_i that is min sum_i ||(h_1i, .., h_Ki)||, a convex
/// problem, and its dual
///     max sum_km L_km over L >= 0 with sum_k (t_k(v_i)_+)^2 <= 1 for all i, t_k(v) = sum_m L_km (v_k - v_m).
/// On a cone of generators u_j sum L is a lower bound where sum_k t_k(u_j)_+ t_k(u_q)_+ <= u_j.u_q for all j,
/// q: the inequality of cell_bound.hpp, with multipliers instead of probabilities.
struct LimitOptions {
    long classes = 3, dimension = 2;
    double gap = 1e-3;       ///< relative, at which it ends
    long nodes = 1'000'000;  ///< in all
    const std::atomic<bool>* stop = nullptr;
};

/// Multipliers on a leaf are as probabilities are, divided by `unit`: rows add up to at most 1.
struct LimitOutcome {
    double unit = 1;
    double bound = 0;  ///< the least of the leaves', in double
    double value = 0;  ///< of the best point met
    Small directions;  ///< K x d, unit columns of W there
    Small features;    ///< K x d, whose least margin with these is 1
    long nodes = 0;
    Tree tree;
};

/// Best cell first, in one thread.
LimitOutcome margin_limit(const LimitOptions& options);

}  // namespace ncverify::bottleneck
