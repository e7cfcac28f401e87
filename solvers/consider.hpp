// What every formulation does with a refined point: slopes, the judge, and the best kept.
#pragma once

#include "solvers/solve.hpp"

namespace ncverify::solvers {

/// Says that a start begins, and where the number of starts is known which share of them is done.
void note_start(long start, const SolveOptions& options);

/// Loss of problem (4) from F, as the search saw it, as a decimal.
std::string searched_objective(const Configuration& configuration, double value);

/// Puts a refined point before the judge, and keeps it in `solution` where it is the best so far. `record`
/// receives the outcome. Returns whether it is proven.
bool consider(const Configuration& configuration, const SolveOptions& options,
              std::optional<Minimizer> minimizer, const MinimizerJudge& judge, StartRecord& record,
              Solution& solution);

}  // namespace ncverify::solvers
