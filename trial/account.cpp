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

void Notable::see(const InstanceKind& instances, const CaseKey& key, const Observation& observation,
                  std::optional<long> number) {
    if (observation.outcome == Outcome::refuted &&
        (!failed || instances.less(key.instance, failed->key.instance))) {
        failed = Climber{key, observation, number};
    }
    if (observation.outcome == Outcome::passed && observation.slack &&
        (!closest || *observation.slack < *closest->observation.slack)) {
        closest = Climber{key, observation, number};
    }
}

void count(ClaimResult& result, const Mark& mark, long cases) {
    result.skipped += mark.kind == Mark::Kind::skipped ? cases : 0;
    result.checked += mark.kind > Mark::Kind::skipped ? cases : 0;
    result.passed += mark.passed() ? cases : 0;
    result.inconclusive += mark.kind == Mark::Kind::inconclusive ? cases : 0;
    result.refuted += mark.kind == Mark::Kind::refuted ? cases : 0;
    result.distribution.count(mark, cases);
}

void add(const Paper& paper, ClaimResult& result, const Observation& observation, const CaseKey& key) {
    const bool first_decided = result.passed + result.refuted == 0;
    const Mark mark = mark_of(observation);
    count(result, mark, 1);
    if (mark.kind <= Mark::Kind::skipped) {
        return;
    }
    if (mark.kind != Mark::Kind::inconclusive) {
        result.cases_evidence =
            first_decided ? observation.evidence : std::min(result.cases_evidence, observation.evidence);
    }
    if (observation.slack && (!result.least_slack || *observation.slack < *result.least_slack)) {
        result.least_slack = observation.slack;
    }
    if (mark.passed()) {
        result.distribution.see(key, observation);
        if (observation.error_log10 > result.worst_error_log10) {
            result.worst_error_log10 = observation.error_log10;
            if (result.refuted == 0 && result.inconclusive == 0) {
                result.replay = replay_token(paper, result.claim.id, key);
            }
        }
    } else if (mark.kind == Mark::Kind::refuted && result.refuted == 1) {
        result.replay = replay_token(paper, result.claim.id, key);
    } else if (mark.kind == Mark::Kind::inconclusive && result.inconclusive == 1 && result.refuted == 0) {
        result.replay = replay_token(paper, result.claim.id, key);
        result.message = observation.message;
    }
    if (result.replay.empty()) {
        result.replay = replay_token(paper, result.claim.id, key);
    }
}

void add(const Paper& paper, TrialResult& result, std::vector<Notable>& notable, const CaseRecord& record,
         const CaseKey& key, long number, bool random) {
    ++result.cases;
    add(result.solver, effort_of(record), 1);
    for (std::size_t j = 0; j < result.claims.size(); ++j) {
        ClaimResult& claim = result.claims[j];
        const Observation& observation = record.observations[j];
        notable[j].see(paper.instances, key, observation, number);
        add(paper, claim, observation, key);
        if (random && mark_of(observation).kind > Mark::Kind::skipped) {
            for (CoverageRecord& covered : claim.coverage) {
                ++covered.cases;
                covered.hits += covered.demand.input.contains(key.instance) ? 1 : 0;
            }
        }
    }
}

void add(SolverRecord& solver, const Effort& effort, long cases) {
    if (effort.starts > 0) {
        (effort.certified ? solver.certified : solver.not_certified) += cases;
    }
    solver.starts_total += effort.starts * cases;
    solver.starts_largest = std::max(solver.starts_largest, effort.starts);
    solver.local_minima_met += effort.local_minima * cases;
}

bool open_to_more_cases(const ClaimResult& claim) {
    if (claim.claim.existence) {
        return claim.passed == 0;
    }
    return claim.refuted == 0 &&
           std::any_of(claim.coverage.begin(), claim.coverage.end(),
                       [](const CoverageRecord& c) { return c.status() == Coverage::undecided; });
}

bool coverage_undecided(const TrialResult& result) {
    return std::any_of(result.claims.begin(), result.claims.end(), [](const ClaimResult& claim) {
        return !claim.claim.existence && open_to_more_cases(claim);
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
