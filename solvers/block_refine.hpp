// Refinement by blocks: the samples form, and the class-means form where classes share coordinates.
#pragma once

#include <optional>

#include "solvers/refine.hpp"
#include "solvers/sample_block.hpp"

namespace ncverify::solvers {

/// The blocks of a point, by connected coordinates; samples and coordinates that are zero belong to none.
/// @param features  U, d x N, its zeros exact
std::vector<SampleBlock> sample_blocks(const ScaledProblem& problem, const Matrix<double>& features);

/// Refines a point of the search to a stationary point of problem (4). Every column keeps its own features:
/// samples share V and nothing else, and none is averaged or copied. Only zeros are guessed (features below
/// 1e-6 of the largest; and those of a class that cannot gain by leaving zero, where the search has brought
/// them near it), and the multipliers of all features test the guess.
/// @param problem  scaled_problem(configuration, form), perhaps nearer to the exact one
/// @param measure  also time one evaluation
/// Returns nothing where a block has more than 1200 entries of V or does not converge.
std::optional<Minimizer> refine_blocks(const Configuration& configuration, const ScaledProblem& problem,
                                       const ScaledPoint& point, long digits, bool measure = false);

/// The same for a point with shared coordinates, after it was moved by descents, and the problem, from the
/// search's scaled-down gamma towards the exact one, a few times it with each. Coordinates that several
/// classes share turn as gamma grows, not only stretch, and Newton's method, which looks for a smaller
/// gradient wherever it is, would lose the minimum.
std::optional<Minimizer> refine_shared(const Configuration& configuration, ScaledProblem problem,
                                       ScaledPoint point, long digits, bool measure = false);

}  // namespace ncverify::solvers
