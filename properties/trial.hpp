// Trial: claims over cases, in parallel, with results in case order.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "properties/boxes/box.hpp"
#include "properties/claim.hpp"
#include "properties/distribution.hpp"

namespace ncverify::properties {

enum class Verdict { verified, refuted, inconclusive };
std::string to_string(Verdict verdict);  ///< "verified", ..

struct Counterexample {
    Configuration configuration;  ///< shrunk: no simpler neighbour fails
    std::string message;
    std::vector<NamedValue> values;
};

/// How one demand of a claim was met by the random cases that it applied to.
struct CoverageRecord {
    Demand demand;
    long hits = 0, cases = 0;
    Coverage status() const { return coverage(hits, cases, demand.share); }
};

/// A theorem that Coq has checked and that settles a claim over its whole domain (proofs/README.md).
struct FormalProof {
    std::string claim, theorem;  ///< "cor2.monotone", "Corollary2.cor2_monotone"
    bool refutes = false;        ///< it is the claim's negation
    std::string statement;       ///< as its file in proofs/ has it
};

struct ClaimResult {
    Claim claim;
    Verdict verdict = Verdict::inconclusive;
    Evidence cases_evidence = Evidence::sampled;  ///< the weakest behind any decided case
    std::vector<BoxProof> proofs;                 ///< over whole boxes of relaxed counts and lambdas
    std::optional<FormalProof> formal;            ///< checked by Coq
    std::vector<std::string> mutants_killed;      ///< names of wrong theorems that this claim refuted
    /// The cases', or `proved` where Coq's theorem or the proofs over boxes bear the verdict out
    /// (evidence.hpp).
    Evidence evidence() const;
    long checked = 0, passed = 0, refuted = 0, skipped = 0, inconclusive = 0;
    long searched = 0;  ///< of these, cases that the search for counterexamples walked to
    std::optional<double>
        least_slack;  ///< of inequalities: how close the closest case came, below zero: failed
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

struct TrialOptions {
    std::vector<CaseKey> examples;  ///< kept cases, tried first, with their own seeds and this trial's digits
    std::vector<Configuration> fixed;  ///< configurations tried before the random ones
    long random = 0;
    bool until_covered =
        false;  ///< more random cases where the coverage of some claim is undecided, up to 32 times
    long search_steps =
        0;  ///< configurations that the search for counterexamples may try for each inequality
    long digits = 50;
    std::uint64_t seed = 1;
    bool exact_seed = false;  ///< `seed` is the case's own (a replay), not one to split
    int jobs = 0;             ///< 0: all cores
    double seconds = 0;       ///< 0: no limit
    solvers::SearchMethod search = solvers::SearchMethod::descent;
    std::vector<Claim> claims;
};

struct TrialResult {
    std::vector<ClaimResult> claims;
    SolverRecord solver;
    long cases = 0;  ///< finished
    long cases_planned = 0;
    bool interrupted = false;  ///< by `stop`
    bool out_of_time = false;
    double seconds = 0;
};

/// Runs every claim over every case. `progress(done, planned)` is called from worker threads; `stop` ends the
/// trial after the cases in flight. The result does not depend on the number of threads.
TrialResult run_trial(const TrialOptions& options, const std::atomic<bool>& stop,
                      const std::function<void(long, long)>& progress);

}  // namespace ncverify::properties
