// Result: what a trial came to, claim by claim.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "trial/claim.hpp"
#include "trial/distribution.hpp"
#include "trial/ledger.hpp"
#include "trial/proofs.hpp"

namespace ncverify::trial {

using api::Verdict;
std::optional<Verdict> verdict_named(
    const std::string& word);  ///< that `to_string` calls so; none: another word

struct Counterexample {
    Instance instance;  ///< shrunk: no simpler neighbour fails
    std::string message;
    std::vector<NamedValue> values;
};

/// How one demand of a claim was met by the random cases that it applied to.
struct CoverageRecord {
    Demand demand;
    long hits = 0, cases = 0;
    Coverage status() const { return coverage(hits, cases, demand.share); }
};

struct ClaimResult {
    Claim claim;
    Verdict verdict = Verdict::inconclusive;
    Evidence cases_evidence = Evidence::sampled;  ///< the weakest behind any decided case
    std::vector<BoxProof> proofs;                 ///< over whole boxes of relaxed parameters
    std::optional<FormalProof> formal;            ///< checked by Coq
    std::vector<std::string> mutants_killed;      ///< names of wrong theorems that this claim refuted
    /// The cases', or `proved` where Coq's theorem or the proofs over boxes bear the verdict out.
    Evidence evidence() const;
    long checked = 0, passed = 0, refuted = 0, skipped = 0, inconclusive = 0;
    long searched = 0;  ///< of these, cases that the search for counterexamples walked to
    /// Of inequalities: how close the closest case came, below zero: failed.
    std::optional<double> least_slack;
    std::vector<CoverageRecord> coverage;  ///< empty where no random cases were asked for
    double worst_error_log10 = -1e300;  ///< log10 of the largest proven relative deviation among passed cases
    Distribution distribution;
    std::optional<Counterexample> counterexample;
    std::string replay;   ///< token of the counterexample, or of the hardest case
    std::string message;  ///< of the first undecided case, where there is one
};

/// How the solver did on the cases: what stands behind the word "certified".
struct SolverRecord {
    long certified = 0, not_certified = 0;
    long starts_total = 0, starts_largest = 0;
    long local_minima_met = 0;
};

struct TrialResult {
    std::vector<ClaimResult> claims;
    SolverRecord solver;
    long cases = 0;  ///< finished
    long cases_planned = 0;
    bool interrupted = false;  ///< by `stop`
    bool out_of_time = false;
    double seconds = 0;
    /// Case by case; several after merging. Empty: not known, or longer than is kept.
    std::vector<Ledger> ledgers;
};

}  // namespace ncverify::trial
