#include "ncverify/verify.hpp"

#include "library/checked.hpp"
#include "problem/limits.hpp"
#include "properties/registry.hpp"
#include "properties/trial.hpp"
#include "solvers/solve.hpp"

namespace ncverify::api {

namespace {

Verdict verdict_of(properties::Verdict verdict) {
    return verdict == properties::Verdict::verified  ? Verdict::verified
           : verdict == properties::Verdict::refuted ? Verdict::refuted
                                                     : Verdict::inconclusive;
}

ClaimVerdict printed(const properties::ClaimResult& result) {
    ClaimVerdict printed{.id = result.claim.id,
                         .source = result.claim.source,
                         .statement = result.claim.statement,
                         .kind = properties::to_string(result.claim.kind),
                         .verdict = verdict_of(result.verdict),
                         .evidence = properties::to_string(result.evidence()),
                         .message = result.message,
                         .replay = result.replay,
                         .values = {}};
    if (result.counterexample) {
        printed.message = result.counterexample->message;
        printed.values = result.counterexample->values;
    }
    return printed;
}

}  // namespace

std::vector<ClaimVerdict> verify(const Configuration& configuration, const VerifyOptions& options) {
    properties::TrialOptions trial;
    trial.fixed = {library::checked(configuration)};
    trial.digits = static_cast<long>(library::checked(options.digits, "digits", 1, largest_digits));
    trial.seed = options.seed;
    trial.search = options.search;
    trial.jobs = static_cast<int>(library::checked(options.jobs, "jobs", 0, largest_jobs));
    trial.claims = properties::select_claims(options.claims);
    solvers::require_fits(trial.fixed.front(),
                          properties::comparison_digits({trial.fixed.front(), trial.seed, trial.digits}, 0));
    std::vector<ClaimVerdict> verdicts;
    const std::atomic<bool> stop{false};
    for (const properties::ClaimResult& result :
         properties::run_trial(trial, stop, [](long, long) {}).claims) {
        verdicts.push_back(printed(result));
    }
    return verdicts;
}

}  // namespace ncverify::api
