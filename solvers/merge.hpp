// The move that leaves a local minimum: coordinates that are copies of one another are merged, and the one
// that becomes free is given to the class that gains most.
#pragma once

#include <vector>

#include "solvers/scaled_problem.hpp"

namespace ncverify::solvers {

/// What a move did.
struct Move {
    std::vector<long> given;  ///< classes that were given a coordinate, the one that pulls most first
    double fall = 0;          ///< F before minus F after
};

/// How hard each class pulls at a coordinate that no class uses: the length of the residuals of its columns,
/// ||A e_k|| / (sqrt(n_k) sqrt(lW lH)) with A = (Y - P) diag(omega_k n_k / N). To second order, the loss
/// falls from there where it exceeds 1. At a stationary point at which it exceeds 1 for no class, the slopes
/// 1 - softmax(W h_k)_k are feasible for the dual bound and close it: the point is a global minimum
/// (docs/model.md, The landscape).
std::vector<double> pulls(const ScaledProblem& problem, const ScaledPoint& point);

/// Two rows of U that are proportional, with the same factor between the columns of V (at a stationary point
/// they follow), can be turned into one at no change of F. The most nearly proportional ones are, unless a
/// coordinate is empty as it is; and the freed one is given to a class that pulls with more than
/// `smallest_pull` (or is dead, and by the exact test should not be), in the direction of its pull, as far as
/// that lowers F. So for every such class in turn, as far as coordinates reach. Where the rows were not quite
/// proportional F rises at the merging: the move is only made where it falls by more afterwards.
/// @param point  a stationary point, at least roughly
Move merge_and_give(const ScaledProblem& problem, ScaledPoint& point, double smallest_pull);

}  // namespace ncverify::solvers
