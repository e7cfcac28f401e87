// The samples form of problem (4): every feature vector h_ki a variable of its own.
#pragma once

#include "solvers/solve.hpp"

namespace ncverify::solvers {

inline constexpr long largest_sample_number = 100'000;

/// Throws InputError where the samples form is too large: N above `largest_sample_number`, or N d, N K or
/// K d numbers that do not fit in memory at this many digits.
void require_samples_fit(const Configuration& configuration, long digits);

/// Minimises problem (4) over W and all N feature vectors from random starts, each sample at random on its
/// own. Samples meet only in W: nothing averages them, and nothing assumes that those of a class coincide, so
/// that where they do at the end, the problem has made them. Without options.all_starts it also gives up
/// after 16 starts that ended with coordinates shared between classes: what too few coordinates look like.
/// Throws InputError as `require_samples_fit` does.
Solution solve_samples(const Configuration& configuration, const SolveOptions& options,
                       const MinimizerJudge& judge);

}  // namespace ncverify::solvers
