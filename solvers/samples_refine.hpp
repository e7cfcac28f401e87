// Refinement of the samples form: from N feature vectors found in double to N of them at any precision.
#pragma once

#include <optional>

#include "solvers/refine.hpp"
#include "solvers/sample_block.hpp"

namespace ncverify::solvers {

/// The blocks of a point, by connected coordinates; samples and coordinates that are zero belong to none.
/// @param features  U, d x N, its zeros exact
std::vector<SampleBlock> sample_blocks(const ScaledProblem& problem, const Matrix<double>& features);

/// Refines a point of the search to a stationary point of problem (4) in the samples form. Every sample keeps
/// its own features: they share V and nothing else, and none is averaged or copied. Only zeros are guessed
/// (features below 1e-6 of the largest; and those of a class that cannot gain by leaving zero, where the
/// search has brought them near it), and the multipliers of all N d features test the guess.
/// @param measure  also time one evaluation
/// Returns nothing where a block has more than 1200 entries of V or does not converge.
std::optional<Minimizer> refine_samples(const Configuration& configuration, const ScaledProblem& problem,
                                        const ScaledPoint& point, long digits, bool measure = false);

}  // namespace ncverify::solvers
