// Claim merge: what several runs say of one claim, as one.
#pragma once

#include <vector>

#include "trial/reckoning.hpp"

namespace ncverify::reports {

/// A claim in one of the runs, and which of the ledgers that are reckoned with are that run's.
struct ClaimSource {
    const trial::ClaimResult* result;
    std::vector<std::size_t> ledgers;
};

/// All that needs no counting: what the claim says, the weakest evidence, the largest error, the least slack,
/// the hardest cases, proofs, wrong theorems. The order of `results`, of which there is at least one, does
/// not matter.
trial::ClaimResult without_counts(const trial::Paper& paper,
                                  const std::vector<const trial::ClaimResult*>& results);

/// Counts, coverage, verdict and counterexample as one run over all these cases would have them, each case
/// counted once; so is a verdict that proofs contradict. The order of `sources` does not matter.
/// @param until_covered  an undecided demand keeps a claim from being verified
/// @param whole_domain  random cases were tried
trial::ClaimResult merge_claim(const trial::Paper& paper, const trial::Reckoning& reckoning,
                               const std::vector<ClaimSource>& sources, bool until_covered,
                               bool whole_domain);

/// The same where not all runs say which cases they tried: of two runs of which one's cases are among the
/// other's (`same_cases`) the larger account, else the sum. A refutation stands in either, and so does a case
/// that was left undecided. @param whole_domain  random cases were tried in one of them
trial::ClaimResult merge_claims_as_wholes(const trial::Paper& paper, const trial::ClaimResult& one,
                                          const trial::ClaimResult& other, bool same_cases,
                                          bool whole_domain);

}  // namespace ncverify::reports
