#include "reports/claim_merge.hpp"

#include <algorithm>
#include <climits>
#include <map>
#include <tuple>

#include "trial/account.hpp"

namespace ncverify::reports {
namespace {

using trial::ClaimResult;
using trial::Mark;
using trial::Reckoning;
using trial::Verdict;

/// A proof whose contents and not whose place among others decides which of two stands.
auto weight(const trial::BoxProof& proof) {
    return std::tuple(proof.verdict == trial::BoxVerdict::refuted, proof.verdict == trial::BoxVerdict::proved,
                      proof.boxes, proof.argument);
}

std::vector<trial::BoxProof> proofs_of(const std::vector<const ClaimResult*>& results) {
    const auto same = [](const auto& a, const auto& b) { return a.statement == b.statement; };
    std::vector<trial::BoxProof> all = results.front()->proofs;
    bool mixed = false;
    for (const ClaimResult* result : results) {
        mixed =
            mixed || !std::equal(all.begin(), all.end(), result->proofs.begin(), result->proofs.end(), same);
        for (const trial::BoxProof& proof : result->proofs) {
            const auto known = std::find_if(all.begin(), all.end(),
                                            [&](const trial::BoxProof& each) { return same(each, proof); });
            if (known == all.end()) {
                all.push_back(proof);
            } else if (weight(*known) < weight(proof)) {
                *known = proof;
            }
        }
    }
    if (mixed) {
        std::sort(all.begin(), all.end(),
                  [](const auto& a, const auto& b) { return a.statement < b.statement; });
    }
    return all;
}

/// All that was demanded, nothing counted: in the order that the runs have, or by name where they differ.
std::vector<trial::CoverageRecord> demands_of(const std::vector<const ClaimResult*>& results) {
    std::vector<trial::CoverageRecord> all;
    bool mixed = false;
    for (const ClaimResult* result : results) {
        const auto same = [](const auto& a, const auto& b) {
            return a.demand.input.name == b.demand.input.name && a.demand.share == b.demand.share;
        };
        mixed = mixed ||
                (!all.empty() && !result->coverage.empty() &&
                 !std::equal(all.begin(), all.end(), result->coverage.begin(), result->coverage.end(), same));
        for (const trial::CoverageRecord& covered : result->coverage) {
            const auto known = std::find_if(all.begin(), all.end(), [&](const auto& each) {
                return each.demand.input.name == covered.demand.input.name;
            });
            if (known == all.end()) {
                all.push_back({.demand = covered.demand});
            } else {
                known->demand.share = std::max(known->demand.share, covered.demand.share);
            }
        }
    }
    if (mixed) {
        std::sort(all.begin(), all.end(),
                  [](const auto& a, const auto& b) { return a.demand.input.name < b.demand.input.name; });
    }
    return all;
}

std::vector<std::string> mutants_of(const trial::Paper& paper,
                                    const std::vector<const ClaimResult*>& results) {
    std::map<std::pair<std::size_t, std::string>, bool> all;  // in the paper's order, unknown ones last
    for (const ClaimResult* result : results) {
        for (const std::string& name : result->mutants_killed) {
            const auto known = std::find_if(paper.mutants.begin(), paper.mutants.end(),
                                            [&](const trial::Mutant& each) { return each.name == name; });
            all[{static_cast<std::size_t>(known - paper.mutants.begin()), name}] = true;
        }
    }
    std::vector<std::string> names;
    for (const auto& [place, present] : all) {
        names.push_back(place.second);
    }
    return names;
}

std::vector<trial::HardCase> hardest_of(const trial::Paper& paper,
                                        const std::vector<const ClaimResult*>& results) {
    // By their tokens, so that order decides nothing, and how often one run names them.
    std::map<std::pair<std::string, std::size_t>, trial::HardCase> all;
    for (const ClaimResult* result : results) {
        std::map<std::string, std::size_t> times;
        for (const trial::HardCase& hard : result->distribution.hardest) {
            const std::string token = replay_token(paper, result->claim.id, hard.key);
            all.emplace(std::pair(token, times[token]++), hard);
        }
    }
    trial::Distribution kept;
    for (const auto& [token, hard] : all) {
        kept.keep(hard);
    }
    return kept.hardest;
}

/// Of the runs that found a counterexample the one whose failing case one run over all would have shrunk.
const ClaimResult* with_counterexample(const trial::InstanceKind& instances, const Reckoning& reckoning,
                                       const std::vector<ClaimSource>& sources) {
    struct Found {
        const ClaimResult* result;
        std::optional<Reckoning::Failure> failure;  // none: a search came upon it
    };
    const auto smaller = [&](const ClaimResult& a, const ClaimResult& b) {
        const trial::Instance &one = a.counterexample->instance, &other = b.counterexample->instance;
        return instances.less(one, other) || (!instances.less(other, one) && a.replay < b.replay);
    };
    const auto before = [&](const Found& a, const Found& b) {
        if (a.failure.has_value() != b.failure.has_value()) {
            return a.failure.has_value();
        }
        return a.failure && a.failure->place != b.failure->place ? reckoning.simpler(*a.failure, *b.failure)
                                                                 : smaller(*a.result, *b.result);
    };
    std::vector<Found> found;
    for (const ClaimSource& source : sources) {
        if (source.result->counterexample) {
            found.push_back(
                {source.result, reckoning.simplest_failure(source.result->claim.id, source.ledgers)});
        }
    }
    const auto first = std::min_element(found.begin(), found.end(), before);
    return first == found.end() ? nullptr : first->result;
}

/// The run with the case that was undecided first.
const ClaimResult* with_first_undecided(const Reckoning& reckoning, const std::vector<ClaimSource>& sources) {
    std::map<std::pair<long, std::string>, const ClaimResult*> found;
    for (const ClaimSource& source : sources) {
        if (source.result->inconclusive > 0) {
            const auto place =
                reckoning.first(source.result->claim.id, Mark::Kind::inconclusive, source.ledgers);
            found[{place.value_or(LONG_MAX), source.result->replay}] = source.result;
        }
    }
    return found.empty() ? nullptr : found.begin()->second;
}

/// The run with the case that deviated most, of those that it applied to.
const ClaimResult* with_largest_error(const std::vector<ClaimSource>& sources) {
    std::map<std::tuple<bool, double, std::string>, const ClaimResult*> found;
    for (const ClaimSource& source : sources) {
        found[{source.result->checked == 0, -source.result->worst_error_log10, source.result->replay}] =
            source.result;
    }
    return found.begin()->second;
}

/// Where two runs differ, a refutation stands, and one witness of existence is enough; otherwise what is
/// missing decides, if something still is after adding up.
Verdict verdict(const ClaimResult& one, const ClaimResult& other, const ClaimResult& sum) {
    // Cases decide, not verdicts: one that a proof contradicted is `inconclusive`, and has failed all the
    // same.
    if (sum.refuted > 0 || one.verdict == Verdict::refuted || other.verdict == Verdict::refuted) {
        return Verdict::refuted;
    }
    if (one.verdict == other.verdict) {
        return one.verdict;
    }
    return sum.claim.existence || (sum.inconclusive == 0 && !trial::uncovered(sum, false))
               ? Verdict::verified
               : Verdict::inconclusive;
}

void add_counts(ClaimResult& sum, const ClaimResult& more) {
    sum.checked += more.checked;
    sum.passed += more.passed;
    sum.refuted += more.refuted;
    sum.skipped += more.skipped;
    sum.inconclusive += more.inconclusive;
    sum.searched += more.searched;
    for (const auto& [digits, cases] : more.distribution.digits) {
        sum.distribution.digits[digits] += cases;
    }
    for (const auto& [decade, cases] : more.distribution.decades) {
        sum.distribution.decades[decade] += cases;
    }
    sum.distribution.exact += more.distribution.exact;
    sum.distribution.tight += more.distribution.tight;
    for (const trial::CoverageRecord& covered : more.coverage) {
        const auto same =
            std::find_if(sum.coverage.begin(), sum.coverage.end(), [&](const trial::CoverageRecord& known) {
                return known.demand.input.name == covered.demand.input.name;
            });
        same->hits += covered.hits;
        same->cases += covered.cases;
    }
}

ClaimResult sum_of(const trial::Paper& paper, const ClaimResult& one, const ClaimResult& other,
                   bool whole_domain) {
    ClaimResult sum = without_counts(paper, {&one, &other});
    add_counts(sum, one);
    add_counts(sum, other);
    sum.verdict = verdict(one, other, sum);
    // The simpler counterexample and what replays it; else the message and the case of the run that decided.
    const auto decided = [&](const ClaimResult& run) {
        return std::tuple(run.verdict == sum.verdict, run.worst_error_log10, run.replay);
    };
    const auto& less = paper.instances.less;
    const bool from_one = one.counterexample && other.counterexample
                              ? less(one.counterexample->instance, other.counterexample->instance) ||
                                    (!less(other.counterexample->instance, one.counterexample->instance) &&
                                     one.replay < other.replay)
                          : one.counterexample || other.counterexample ? one.counterexample.has_value()
                                                                       : decided(one) > decided(other);
    const ClaimResult& leading = from_one ? one : other;
    sum.counterexample = leading.counterexample;
    sum.replay = leading.replay;
    sum.message = sum.verdict == Verdict::inconclusive ? leading.message : "";
    trial::weigh_proofs(sum, whole_domain);
    return sum;
}

}  // namespace

ClaimResult without_counts(const trial::Paper& paper, const std::vector<const ClaimResult*>& results) {
    const auto words = [](const ClaimResult* result) {
        const trial::Claim& claim = result->claim;
        return std::tie(claim.source, claim.statement, claim.domain, claim.reading, claim.kind,
                        claim.rests_on);
    };
    ClaimResult merged;
    merged.claim = (*std::max_element(results.begin(), results.end(), [&](const auto* a, const auto* b) {
                       return words(a) < words(b);
                   }))->claim;
    bool decided = false;
    for (const ClaimResult* result : results) {
        if (result->passed + result->refuted > 0) {
            merged.cases_evidence =
                decided ? std::min(merged.cases_evidence, result->cases_evidence) : result->cases_evidence;
            decided = true;
        }
        if (result->least_slack && (!merged.least_slack || *result->least_slack < *merged.least_slack)) {
            merged.least_slack = result->least_slack;
        }
        merged.worst_error_log10 = std::max(merged.worst_error_log10, result->worst_error_log10);
        if (result->formal && (!merged.formal || merged.formal->theorem < result->formal->theorem)) {
            merged.formal = result->formal;
        }
    }
    merged.coverage = demands_of(results);
    merged.distribution.hardest = hardest_of(paper, results);
    merged.proofs = proofs_of(results);
    merged.mutants_killed = mutants_of(paper, results);
    return merged;
}

ClaimResult merge_claim(const trial::Paper& paper, const Reckoning& reckoning,
                        const std::vector<ClaimSource>& sources, bool until_covered, bool whole_domain) {
    std::vector<const ClaimResult*> results;
    for (const ClaimSource& source : sources) {
        results.push_back(source.result);
    }
    ClaimResult merged = without_counts(paper, results);
    reckoning.count_claim(merged);
    merged.verdict = trial::verdict_of(merged, until_covered);
    const ClaimResult* leading = nullptr;
    if (merged.refuted > 0) {
        leading = with_counterexample(paper.instances, reckoning, sources);
        merged.counterexample = leading != nullptr ? leading->counterexample : std::nullopt;
    } else if (merged.inconclusive > 0) {
        leading = with_first_undecided(reckoning, sources);
        merged.message = leading != nullptr ? leading->message : "";
    }
    merged.replay = (leading != nullptr ? leading : with_largest_error(sources))->replay;
    if (merged.verdict == Verdict::inconclusive && merged.message.empty()) {
        merged.message = trial::coverage_message(merged);
    }
    trial::weigh_proofs(merged, whole_domain);
    return merged;
}

ClaimResult merge_claims_as_wholes(const trial::Paper& paper, const ClaimResult& one,
                                   const ClaimResult& other, bool same_cases, bool whole_domain) {
    const auto size = [](const ClaimResult& each) {
        return std::tuple(each.checked + each.skipped, each.checked, each.passed, each.replay);
    };
    const bool other_is_larger = size(one) < size(other);
    const ClaimResult &larger = other_is_larger ? other : one, &smaller = other_is_larger ? one : other;
    // Of the same cases one run may have refuted what the other did not, or left open what it did not: they
    // should have agreed, and both stand.
    const bool disagree =
        (one.refuted > 0) != (other.refuted > 0) || (smaller.inconclusive > 0 && larger.inconclusive == 0);
    return same_cases && !disagree ? larger : sum_of(paper, one, other, whole_domain);
}

}  // namespace ncverify::reports
