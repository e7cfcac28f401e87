// Climb: the search for counterexamples, a walk over instances towards the least slack.
#pragma once

#include <functional>
#include <optional>

#include "trial/claim.hpp"
#include "trial/paper.hpp"

namespace ncverify::trial {

/// A case and what a claim's check saw there.
struct Climber {
    CaseKey key;
    Observation observation;
    std::optional<long> number = {};  ///< of the case in its run; none: a search walked there
};

/// Like Hypothesis's target(): from `start`, tries random neighbours and moves to one where the slack is
/// smaller, for at most `steps` of them, until `attempt` sees the claim refuted or `halted`. What it tries
/// derives from the start's seed.
void climb(const Paper& paper, const Climber& start, long steps, const std::function<bool()>& halted,
           const std::function<Observation(const CaseKey&)>& attempt);

/// What a step of such a search sees of a claim: at a minimiser found by whatever method of the paper's is
/// quick; what that does not pass is judged again by the case's own.
Observation step_of_search(const Paper& paper, const Claim& claim, const CaseKey& key);

}  // namespace ncverify::trial
