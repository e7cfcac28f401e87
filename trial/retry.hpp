// Retry: cases in which claims failed, tried again.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "trial/paper.hpp"

namespace ncverify::trial {

/// A case in which a claim failed, by its token.
struct Failure {
    std::string claim;
    CaseKey key;
    bool expected = false;  ///< it is as it must be: a misreading, or a claim known to be false, is refuted
};

/// What came of one.
enum class RetryOutcome {
    fixed,        ///< the claim passed there, or no longer says anything of the case
    still_fails,  ///< it was refuted, or undecided, once more
    gone,         ///< the paper has no such claim any more: nothing was tried
    not_reached   ///< the run was stopped before
};
std::string to_string(RetryOutcome outcome);  ///< "fixed", "still fails", "gone", "not reached"

struct Retry {
    RetryOutcome outcome = RetryOutcome::not_reached;
    Observation observation;  ///< where it was tried
};

/// Whether that is as it should be: what was expected to fail is refuted once more (that it is undecided now
/// says nothing of it), and all else is fixed.
inline bool is_right(const Failure& failure, const Retry& retry) {
    return failure.expected
               ? retry.outcome == RetryOutcome::still_fails && retry.observation.outcome == Outcome::refuted
               : retry.outcome == RetryOutcome::fixed;
}

/// Tries each of these again, in parallel, and hands over what came of each by its number, one at a time,
/// from worker threads. `stop` leaves out those that have not begun.
void retry(const Paper& paper, const std::vector<Failure>& failures, int jobs, const std::atomic<bool>& stop,
           const std::function<void(std::size_t, Retry)>& answer);

}  // namespace ncverify::trial
