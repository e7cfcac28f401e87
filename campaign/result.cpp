#include "campaign/result.hpp"

#include "trial/account.hpp"
#include "trial/case_key.hpp"

namespace ncverify::campaign {

namespace {

using trial::ClaimResult;

std::vector<trial::CoverageRecord> coverage_of(const Plan& plan, const Tally& base,
                                               const trial::Claim& claim) {
    std::vector<trial::CoverageRecord> records;
    if (claim.existence) {
        return records;
    }
    for (const trial::Demand& demand : claim.demands.empty() ? plan.paper().demands : claim.demands) {
        trial::CoverageRecord& record = records.emplace_back();
        record.demand = demand;
        record.cases = base.checked();
        for (std::size_t i = 0; i < base.hits.size(); ++i) {
            record.hits += plan.inputs()[i].input.name == demand.input.name ? base.hits[i] : 0;
        }
    }
    return records;
}

// Which case stands for the claim: as a trial chooses it (trial/account.cpp).
const Kept* exhibit(const Tally& total) {
    for (const Why why : {Why::refuted, Why::undecided, Why::worst, Why::first}) {
        if (!total.of(why).empty()) {
            return &total.of(why).front();
        }
    }
    return nullptr;
}

ClaimResult claim_result(const Plan& plan, const Standing& standing, std::size_t j) {
    const trial::Claim& claim = plan.claims()[j];
    const Tally total = standing.total(plan, j);
    ClaimResult result;
    result.claim = claim;
    for (const auto& [mark, cases] : total.marks) {
        trial::count(result, mark, cases);
    }
    result.searched =
        standing.tally(Part::search, j).count(trial::Mark::Kind::skipped, trial::Mark::Kind::refuted);
    result.cases_evidence = total.evidence.value_or(result.cases_evidence);
    result.least_slack = total.least_slack;
    result.coverage = coverage_of(plan, standing.tally(Part::base, j), claim);
    if (!total.of(Why::worst).empty()) {
        result.worst_error_log10 = total.of(Why::worst).front().error_log10;
    }
    for (const Kept& each : total.of(Why::hardest)) {
        if (result.distribution.hardest.size() < trial::Distribution::most_hard_cases) {
            result.distribution.hardest.push_back({each.key, each.error_log10, each.slack});
        }
    }
    result.verdict = trial::verdict_of(result, false);
    const Kept* shown = exhibit(total);
    if (result.refuted > 0 && !claim.existence) {
        shown = standing.shrunk[j] ? &*standing.shrunk[j] : shown;
        result.counterexample = trial::Counterexample{shown->key.instance, shown->message, shown->values};
    } else if (result.inconclusive > 0) {
        result.message = total.of(Why::undecided).front().message;
    }
    if (result.verdict == trial::Verdict::inconclusive && result.message.empty()) {
        result.message = trial::coverage_message(result);
    }
    result.replay = shown == nullptr ? "" : replay_token(plan.paper(), claim.id, shown->key);
    return result;
}

}  // namespace

trial::TrialResult result_of(const Plan& plan, const Standing& standing) {
    trial::TrialResult result;
    for (std::size_t j = 0; j < plan.claims().size(); ++j) {
        result.claims.push_back(claim_result(plan, standing, j));
    }
    result.solver = standing.solver;
    result.cases = standing.cases[0] + standing.cases[1];
    result.cases_planned =
        plan.cases() + (standing.adaptive ? static_cast<long>(standing.adaptive->size()) : 0);
    result.interrupted = !Schedule(plan, standing, {}).complete();
    result.seconds = standing.seconds;
    return result;
}

}  // namespace ncverify::campaign
