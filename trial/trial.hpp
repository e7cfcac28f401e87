// Trial: claims over cases, in parallel, with results in case order.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "trial/paper.hpp"
#include "trial/result.hpp"

namespace ncverify::trial {

/// What one claim made of one case.
struct Sighting {
    const Claim& claim;
    const CaseKey& key;
    const Observation& observation;
    std::optional<long>
        number;  ///< of the case in its run; none: the search for counterexamples walked there
};

struct TrialOptions {
    std::vector<CaseKey> examples;  ///< kept cases, tried first, with their own seeds and this trial's digits
    std::vector<Instance> fixed;    ///< instances tried before the random ones
    long random = 0;
    /// More random cases where the coverage of some claim is undecided, up to 32 times.
    bool until_covered = false;
    /// Instances that the search for counterexamples may try for each inequality.
    long search_steps = 0;
    long digits = 50;
    std::uint64_t seed = 1;
    bool exact_seed = false;  ///< `seed` is the case's own (a replay), not one to split
    int jobs = 0;             ///< 0: all cores
    double seconds = 0;       ///< 0: no limit
    std::string method = {};  ///< of Paper::methods
    std::vector<Claim> claims;
    /// Is told of every claim on every case that is finished: case by case in their order, then, claim by
    /// claim, where the search went. One call at a time.
    std::function<void(const Sighting&)> witness = {};
};

/// Runs every claim over every case. `progress(done, planned)` is called from worker threads; `stop` ends the
/// trial after the cases in flight. The result does not depend on the number of threads. `watch` is handed,
/// before the first case, a function that says from any thread what the cases finished so far amount to,
/// nothing shrunk, and has the witness told of them; and at the end another one, which outlives the trial.
TrialResult run_trial(const Paper& paper, const TrialOptions& options, const std::atomic<bool>& stop,
                      const std::function<void(long, long)>& progress,
                      const std::function<void(std::function<TrialResult()>)>& watch = {});

}  // namespace ncverify::trial
