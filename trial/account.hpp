// Account: observations added up, case after case, and the verdict that they come to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "trial/case_run.hpp"
#include "trial/climb.hpp"
#include "trial/result.hpp"

namespace ncverify::trial {

/// What the end of a trial looks into for one claim: the simplest case in which it failed, from where
/// shrinking starts, and the closest one in which it did not, from where the search for counterexamples
/// starts.
struct Notable {
    std::optional<Climber> failed, closest;

    /// @param number  of the case in its run; none: a search walked there
    void see(const InstanceKind& instances, const CaseKey& key, const Observation& observation,
             std::optional<long> number);
};

/// Adds so many cases with one mark to a claim's counts and distribution.
void count(ClaimResult& result, const Mark& mark, long cases);

/// Adds one observation to a claim's counts, distribution, worst error and replay token.
void add(const Paper& paper, ClaimResult& result, const Observation& observation, const CaseKey& key);

/// Adds what one case came to, claim by claim. @param number  of the case in its run
/// @param random  one of the random cases, which count as coverage
void add(const Paper& paper, TrialResult& result, std::vector<Notable>& notable, const CaseRecord& record,
         const CaseKey& key, long number, bool random);

/// Adds what a solver did for one case.
void add(SolverRecord& solver, const Effort& effort, long cases);

/// Whether more random cases would tell something of a claim: a demand of it is undecided, or its witness is
/// still missing.
bool open_to_more_cases(const ClaimResult& claim);

/// Whether some claim that can still be verified has a demand that more cases would decide.
bool coverage_undecided(const TrialResult& result);

/// Whether some demand is still open: its share is undecided, or (where no more cases are allowed) nothing
/// was seen of it.
bool uncovered(const ClaimResult& result, bool until_covered);

/// What the cases amount to. @param until_covered  an undecided demand keeps a claim from being verified
Verdict verdict_of(const ClaimResult& result, bool until_covered);

/// In words: which inputs a run did not see enough of.
std::string coverage_message(const ClaimResult& result);

}  // namespace ncverify::trial
