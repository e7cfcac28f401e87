#include "trial/account.hpp"

#include <algorithm>

namespace ncverify::trial {

bool uncovered(const ClaimResult& result, bool until_covered) {
    return std::any_of(result.coverage.begin(), result.coverage.end(), [&](const CoverageRecord& covered) {
        const Coverage status = covered.status();
        return covered.hits == 0 || status == Coverage::missed ||
               (until_covered && status == Coverage::undecided);
    });
}

void Notable::see(const InstanceKind& instances, const CaseKey& key, const Observation& observation) {
    if (observation.outcome == Outcome::refuted &&
        (!failed || instances.less(key.instance, failed->key.instance))) {
        failed = Climber{key, observation};
    }
    if (observation.outcome == Outcome::passed && observation.slack &&
        (!closest || *observation.slack < *closest->observation.slack)) {
        closest = Climber{key, observation};
    }
}

void add(const Paper& paper, ClaimResult& result, const Observation& observation, const CaseKey& key) {
    if (observation.outcome == Outcome::not_applicable) {
        ++result.skipped;
        return;
    }
    ++result.checked;
    if (observation.outcome != Outcome::inconclusive) {
        result.cases_evidence = result.passed + result.refuted == 0
                                    ? observation.evidence
                                    : std::min(result.cases_evidence, observation.evidence);
    }
    if (observation.slack && (!result.least_slack || *observation.slack < *result.least_slack)) {
        result.least_slack = observation.slack;
    }
    switch (observation.outcome) {
        case Outcome::passed:
            ++result.passed;
            result.distribution.add(key, observation);
            if (observation.error_log10 > result.worst_error_log10) {
                result.worst_error_log10 = observation.error_log10;
                if (result.refuted == 0 && result.inconclusive == 0) {
                    result.replay = replay_token(paper, result.claim.id, key);
                }
            }
            break;
        case Outcome::refuted:
            if (++result.refuted == 1) {
                result.replay = replay_token(paper, result.claim.id, key);
            }
            break;
        default:
            if (++result.inconclusive == 1 && result.refuted == 0) {
                result.replay = replay_token(paper, result.claim.id, key);
                result.message = observation.message;
            }
    }
    if (result.replay.empty()) {
        result.replay = replay_token(paper, result.claim.id, key);
    }
}

void add(const Paper& paper, TrialResult& result, std::vector<Notable>& notable, const CaseRecord& record,
         const CaseKey& key, bool random) {
    ++result.cases;
    if (record.solver) {
        if (record.solver->starts > 0) {
            ++(record.solver->certified ? result.solver.certified : result.solver.not_certified);
        }
        result.solver.starts_total += record.solver->starts;
        result.solver.starts_largest = std::max(result.solver.starts_largest, record.solver->starts);
        result.solver.local_minima_met += record.solver->local_minima;
    }
    for (std::size_t j = 0; j < result.claims.size(); ++j) {
        ClaimResult& claim = result.claims[j];
        const Observation& observation = record.observations[j];
        notable[j].see(paper.instances, key, observation);
        add(paper, claim, observation, key);
        if (random && observation.outcome != Outcome::not_applicable) {
            for (CoverageRecord& covered : claim.coverage) {
                ++covered.cases;
                covered.hits += covered.demand.input.contains(key.instance) ? 1 : 0;
            }
        }
    }
}

bool coverage_undecided(const TrialResult& result) {
    return std::any_of(result.claims.begin(), result.claims.end(), [](const ClaimResult& claim) {
        return !claim.claim.existence && claim.refuted == 0 &&
               std::any_of(claim.coverage.begin(), claim.coverage.end(),
                           [](const CoverageRecord& c) { return c.status() == Coverage::undecided; });
    });
}

Verdict verdict_of(const ClaimResult& result, bool until_covered) {
    if (result.claim.existence) {  // one witness decides; that none was found decides nothing
        return result.passed > 0 ? Verdict::verified : Verdict::inconclusive;
    }
    if (result.refuted > 0) {
        return Verdict::refuted;
    }
    return result.inconclusive == 0 && result.passed > 0 && !uncovered(result, until_covered)
               ? Verdict::verified
               : Verdict::inconclusive;
}

std::string coverage_message(const ClaimResult& result) {
    std::string text;
    for (const CoverageRecord& covered : result.coverage) {
        if (covered.hits == 0 || covered.status() != Coverage::met) {
            text += (text.empty() ? "too few cases of: " : ", ") + covered.demand.input.name + " (" +
                    std::to_string(covered.hits) + " of " + std::to_string(covered.cases) + ")";
        }
    }
    return text;
}

}  // namespace ncverify::trial
