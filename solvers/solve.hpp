// The solver: starts, escapes, refinement, until a judge that shares no code with it is satisfied.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "solvers/refine.hpp"
#include "solvers/search.hpp"

namespace ncverify::solvers {

struct SolveOptions {
    Formulation formulation = Formulation::class_means;
    long digits = 50;  ///< of the answer; the work is done with a few more
    std::uint64_t seed = 1;
    SearchMethod search = SearchMethod::descent;
    long largest_starts = 64;
    bool measure_evaluation = false;  ///< time one evaluation at the final precision
    bool all_starts = false;          ///< run every start even after one is proven optimal
};

/// What the judge says of a refined point: is it proven optimal, and the proven bounds.
struct Judgement {
    bool proven = false;
    Rational upper_bound, lower_bound;
};
using MinimizerJudge = std::function<Judgement(const Minimizer&, const std::vector<Rational>& slopes)>;

struct SolveTiming {
    double search = 0, refine = 0, certificate = 0;  ///< seconds of processor time
};

struct Solution {
    SolutionStatus status = SolutionStatus::failed;
    Minimizer minimizer;  ///< the best point
    std::vector<Rational> slopes;
    Judgement judgement;
    std::vector<StartRecord> starts;
    SolveTiming timing;
};

/// Digits that the refinement carries beyond those asked for: rounding of K^2 terms, spread counts.
long working_digits(const Configuration& configuration, long digits);

/// Whether there is a coordinate for every class that could use one. With fewer, minimisers share
/// coordinates, and only the descent finds such points.
bool structured_search_applies(const Configuration& configuration);

/// Whether K x d numbers at this many digits fit in memory.
bool fits(const Configuration& configuration, long digits);
/// Throws InputError where they do not.
void require_fits(const Configuration& configuration, long digits);

/// Minimises problem (4), in either form, from random starts; knows nothing of the solution's formulas.
/// Throws InputError as `require_fits`, or `require_samples_fit`, does.
Solution solve(const Configuration& configuration, const SolveOptions& options, const MinimizerJudge& judge);

}  // namespace ncverify::solvers
