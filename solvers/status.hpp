// How a solution, and every start that led to it, ended.
#pragma once

#include <string>

namespace ncverify::solvers {

/// What is known of the point that `solve` returns.
enum class SolutionStatus {
    /// The judge's bounds prove it a global minimum, to the accuracy asked for.
    certified,
    /// It satisfies the first-order conditions to the accuracy asked for, and the bounds do not close: a
    /// local
    /// minimum, or a global one that the dual bound does not reach, as with fewer coordinates than classes.
    stationary,
    /// No start came to a stationary point of that accuracy. Where none was refined, there is no point at
    /// all.
    failed,
};

/// What became of one random start.
enum class StartOutcome {
    /// Its refined point is proven to be a global minimum.
    global,
    /// It ended in a stationary point that is not proven to be one. Not every such point is refined: of those
    /// with shared coordinates only the best, and none that equals one refined before.
    local,
    /// The refinement did not converge from where the search ended.
    failed,
};

/// "certified", "stationary" or "failed".
inline std::string to_string(SolutionStatus status) {
    return status == SolutionStatus::certified    ? "certified"
           : status == SolutionStatus::stationary ? "stationary"
                                                  : "failed";
}

/// "global", "local" or "failed".
inline std::string to_string(StartOutcome outcome) {
    return outcome == StartOutcome::global ? "global" : outcome == StartOutcome::local ? "local" : "failed";
}

}  // namespace ncverify::solvers
