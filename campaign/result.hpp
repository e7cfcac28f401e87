// Result: a campaign's standing as a trial's result, which every writer of reports knows.
#pragma once

#include "campaign/standing.hpp"
#include "trial/result.hpp"

namespace ncverify::campaign {

/// What all parts together come to, claim by claim: counts, distributions, coverage (of the base plan),
/// hardest cases, verdicts, counterexamples (as they were met where they are not shrunk yet). It has no
/// ledger, and is interrupted where the campaign is not complete.
trial::TrialResult result_of(const Plan& plan, const Standing& standing);

}  // namespace ncverify::campaign
