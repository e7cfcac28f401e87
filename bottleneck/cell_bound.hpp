// A lower bound of the loss over a cell of directions, carried by a matrix of probabilities.
#pragma once

#include "bottleneck/cone.hpp"
#include "bottleneck/fixed_directions.hpp"

namespace ncverify::bottleneck {

/// K x K, rows adding up to one exactly: off the diagonal multiples of 2^-bits, on it what is left.
struct Probabilities {
    long bits = 0;
    Small matrix;
};

/// The largest of A_jq / (l^2 u_j.u_q) over pairs of generators of one cone,
/// A_jq = sum_k square_k t_k(u_j)_+ t_k(u_q)_+, t_k(u) = u_k - p_k.u: where it is at most 1 for every cone,
/// every (W,H) with W's columns in the cell's cones, less their means, has L0 >= sum_k share_k Ent(p_k)
/// (README.md).
double largest_ratio(const Constants& constants, const Cell& cell, long coordinate,
                     const Small& probabilities);

/// sum_k share_k Ent(p_k).
double entropy(const Constants& constants, const Small& probabilities);

/// Rounds to `bits` bits and moves all rows towards the identity until every ratio is below 1 by more than
/// double precision errs; p = 0 everywhere is such a matrix, so that this always ends.
Probabilities made_feasible(const Constants& constants, const Cell& cell, const Small& probabilities,
                            long bits);

struct CellBound {
    Small probabilities;  ///< not rounded, feasible up to rounding
    double value = 0;     ///< their entropy
};

/// Probabilities for the cell: the softmax at the best point along the cone's central directions, with the
/// decays lowered once by as much as some vertex of the cone exceeds the centre.
/// @param point  a start; on return the best point along the central directions, its objective included
CellBound bound(const Constants& constants, const Cell& cell, FixedDirections& point);

/// Unit vectors in the middle of the cones, K x d.
Small central_directions(const Cell& cell);

}  // namespace ncverify::bottleneck
