// Climb: the search for counterexamples, a walk over configurations towards the least slack.
#pragma once

#include <functional>

#include "properties/claim.hpp"

namespace ncverify::properties {

/// A case and what a claim's check saw there.
struct Climber {
    CaseKey key;
    Observation observation;
};

/// A random neighbour of a configuration: one count multiplied, moved by one, made equal to another, moved to
/// just above or below the threshold; a class more or fewer; the product or the ratio of the lambdas scaled;
/// coordinates added.
Configuration random_neighbour(const Configuration& configuration, Random& random);

/// Like Hypothesis's target(): from `start`, tries random neighbours and moves to one where the slack is
/// smaller, for at most `steps` of them, until `attempt` sees the claim refuted or `halted`. What it tries
/// derives from the start's seed.
void climb(const Climber& start, long steps, const std::function<bool()>& halted,
           const std::function<Observation(const CaseKey&)>& attempt);

}  // namespace ncverify::properties
