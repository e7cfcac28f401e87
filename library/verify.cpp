#include "ncverify/verify.hpp"

#include <nlohmann/json.hpp>

#include "library/checked.hpp"
#include "problem/limits.hpp"
#include "properties/paper.hpp"
#include "solvers/solve.hpp"
#include "trial/result_json.hpp"
#include "trial/trial.hpp"

namespace ncverify::api {

namespace {

ClaimVerdict printed(const trial::Paper& paper, const trial::ClaimResult& result) {
    ClaimVerdict printed{.id = result.claim.id,
                         .source = result.claim.source,
                         .statement = result.claim.statement,
                         .kind = result.claim.kind,
                         .verdict = result.verdict,
                         .evidence = result.evidence(),
                         .message = result.message,
                         .replay = result.replay,
                         .values = {},
                         .json = trial::to_json(paper, result, std::nullopt).dump(2)};
    if (result.counterexample) {
        printed.message = result.counterexample->message;
        printed.values = result.counterexample->values;
    }
    return printed;
}

}  // namespace

std::vector<ClaimVerdict> verify(const Configuration& configuration, const VerifyOptions& options) {
    const trial::Paper& paper = properties::paper();
    trial::TrialOptions trial;
    trial.fixed = {library::checked(configuration)};
    trial.digits = static_cast<long>(library::checked(options.digits, "digits", 1, largest_digits));
    trial.seed = options.seed;
    trial.method = to_string(options.search);
    trial.jobs = library::threads(options.jobs);
    trial.claims = trial::select_claims(paper.claims, options.claims);
    paper.require_fits({.instance = trial.fixed.front(), .seed = trial.seed, .digits = trial.digits});
    std::vector<ClaimVerdict> verdicts;
    const std::atomic<bool> stop{false};
    for (const trial::ClaimResult& result : trial::run_trial(paper, trial, stop, [](long, long) {}).claims) {
        verdicts.push_back(printed(paper, result));
    }
    return verdicts;
}

std::string to_json(const std::vector<ClaimVerdict>& verdicts) {
    Json list = Json::array();
    for (const ClaimVerdict& each : verdicts) {
        list.push_back(Json::parse(each.json));
    }
    return list.dump(2);
}

}  // namespace ncverify::api
