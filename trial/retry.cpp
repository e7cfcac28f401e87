#include "trial/retry.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <mutex>

#include "trial/case_run.hpp"

namespace ncverify::trial {

namespace {

Retry tried(const Paper& paper, const Failure& failure) {
    const auto claim = std::find_if(paper.claims.begin(), paper.claims.end(),
                                    [&](const Claim& each) { return each.id == failure.claim; });
    if (claim == paper.claims.end()) {
        return {.outcome = RetryOutcome::gone, .observation = {}};
    }
    const Observation seen = run_case(paper, failure.key, {*claim}).observations.front();
    const bool failed = seen.outcome == Outcome::refuted || seen.outcome == Outcome::inconclusive;
    return {.outcome = failed ? RetryOutcome::still_fails : RetryOutcome::fixed, .observation = seen};
}

}  // namespace

std::string to_string(RetryOutcome outcome) {
    return outcome == RetryOutcome::fixed         ? "fixed"
           : outcome == RetryOutcome::still_fails ? "still fails"
           : outcome == RetryOutcome::gone        ? "gone"
                                                  : "not reached";
}

void retry(const Paper& paper, const std::vector<Failure>& failures, int jobs, const std::atomic<bool>& stop,
           const std::function<void(std::size_t, Retry)>& answer) {
    std::mutex mutex;
    tbb::task_arena arena(jobs > 0 ? jobs : tbb::task_arena::automatic);
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, failures.size(), [&](std::size_t i) {
            if (!stop) {
                Retry seen = tried(paper, failures[i]);
                const std::lock_guard lock(mutex);
                answer(i, std::move(seen));
            }
        });
    });
}

}  // namespace ncverify::trial
