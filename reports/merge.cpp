#include "reports/merge.hpp"

#include <algorithm>

#include "problem/errors.hpp"
#include "reports/screens.hpp"
#include "trial/account.hpp"

namespace ncverify::reports {
namespace {

using trial::ClaimResult;
using trial::Distribution;
using trial::Verdict;

/// Appends what is not there yet, as `same` compares.
template <typename Value, typename Same>
void unite(std::vector<Value>& all, const std::vector<Value>& more, Same same) {
    for (const Value& value : more) {
        if (std::none_of(all.begin(), all.end(), [&](const Value& known) { return same(known, value); })) {
            all.push_back(value);
        }
    }
}

template <typename Value>
void unite(std::vector<Value>& all, const std::vector<Value>& more) {
    unite(all, more, [](const Value& a, const Value& b) { return a == b; });
}

void add(Distribution& all, const Distribution& more) {
    for (const auto& [digits, cases] : more.digits) {
        all.digits[digits] += cases;
    }
    for (const auto& [decade, cases] : more.decades) {
        all.decades[decade] += cases;
    }
    all.exact += more.exact;
    all.tight += more.tight;
    for (const trial::HardCase& hard : more.hardest) {
        all.keep(hard);
    }
}

/// Where two runs differ, a refutation stands, and one witness of existence is enough; otherwise what is
/// missing decides, if something still is after adding up.
Verdict verdict(const ClaimResult& one, const ClaimResult& other, const ClaimResult& sum) {
    const auto either = [&](Verdict wanted) { return one.verdict == wanted || other.verdict == wanted; };
    if (one.verdict == other.verdict) {
        return one.verdict;
    }
    if (either(Verdict::refuted)) {
        return Verdict::refuted;
    }
    return sum.claim.existence || (sum.inconclusive == 0 && !trial::uncovered(sum, false))
               ? Verdict::verified
               : Verdict::inconclusive;
}

ClaimResult sum_of(const trial::InstanceKind& instances, const ClaimResult& one, const ClaimResult& other) {
    ClaimResult sum = other;
    const bool decided_one = one.passed + one.refuted > 0, decided_other = other.passed + other.refuted > 0;
    sum.cases_evidence = !decided_one     ? other.cases_evidence
                         : !decided_other ? one.cases_evidence
                                          : std::min(one.cases_evidence, other.cases_evidence);
    sum.checked += one.checked;
    sum.passed += one.passed;
    sum.refuted += one.refuted;
    sum.skipped += one.skipped;
    sum.inconclusive += one.inconclusive;
    sum.searched += one.searched;
    if (one.least_slack && (!sum.least_slack || *one.least_slack < *sum.least_slack)) {
        sum.least_slack = one.least_slack;
    }
    for (const trial::CoverageRecord& covered : one.coverage) {
        const auto same = std::find_if(sum.coverage.begin(), sum.coverage.end(), [&](const auto& known) {
            return known.demand.input.name == covered.demand.input.name;
        });
        if (same == sum.coverage.end()) {
            sum.coverage.push_back(covered);
        } else {
            same->hits += covered.hits;
            same->cases += covered.cases;
        }
    }
    sum.worst_error_log10 = std::max(one.worst_error_log10, other.worst_error_log10);
    add(sum.distribution, one.distribution);
    unite(sum.proofs, one.proofs, [](const auto& a, const auto& b) { return a.statement == b.statement; });
    sum.formal = other.formal ? other.formal : one.formal;
    unite(sum.mutants_killed, one.mutants_killed);
    sum.verdict = verdict(one, other, sum);
    // The simpler counterexample and what replays it; else the message and the case of the run that decided.
    const bool from_one =
        one.counterexample && other.counterexample
            ? instances.less(one.counterexample->instance, other.counterexample->instance)
        : one.counterexample || other.counterexample
            ? one.counterexample.has_value()
            : other.verdict != sum.verdict ||
                  (one.verdict == sum.verdict && one.worst_error_log10 > other.worst_error_log10);
    const ClaimResult& leading = from_one ? one : other;
    sum.counterexample = leading.counterexample;
    sum.replay = leading.replay;
    sum.message = sum.verdict == Verdict::inconclusive ? leading.message : "";
    return sum;
}

std::vector<std::uint64_t> seeds(const RunInfo& run) {
    return run.merged_seeds.empty() ? std::vector{run.seed} : run.merged_seeds;
}

/// Whether every case of `part` is one of `whole`: cases are the same where instance, seed, digits, search
/// and version are, and of a seed's random cases a run looks at the first so many.
bool covers(const RunInfo& whole, const RunInfo& part, const trial::InstanceKind& instances) {
    const auto in_whole = [&](std::uint64_t seed) {
        const std::vector<std::uint64_t> all = seeds(whole);
        return std::find(all.begin(), all.end(), seed) != all.end();
    };
    const auto tried = [&](const trial::Instance& instance) {
        return std::any_of(whole.fixed.begin(), whole.fixed.end(), [&](const trial::Instance& each) {
            return !instances.less(each, instance) && !instances.less(instance, each);
        });
    };
    const std::vector<std::uint64_t> asked = seeds(part);
    return whole.version == part.version && whole.digits == part.digits && whole.search == part.search &&
           part.random <= whole.random && std::all_of(asked.begin(), asked.end(), in_whole) &&
           std::all_of(part.fixed.begin(), part.fixed.end(), tried);
}

/// Of two accounts of which one's cases are among the other's: the larger, but no refutation is ever dropped.
ClaimResult larger(const trial::InstanceKind& instances, const ClaimResult& one, const ClaimResult& other) {
    if ((one.refuted > 0) != (other.refuted > 0)) {
        return sum_of(instances, one, other);  // they should have agreed: both stand
    }
    return one.checked + one.skipped > other.checked + other.skipped ? one : other;
}

}  // namespace

Report merge(const Report& earlier, const Report& later) {
    if (earlier.paper != later.paper) {
        throw InputError("reports of " + earlier.paper->id + " and of " + later.paper->id, "report",
                         "runs of one paper");
    }
    const trial::InstanceKind& instances = later.paper->instances;
    const bool later_is_whole = covers(later.run, earlier.run, instances);
    const bool same_cases = later_is_whole || covers(earlier.run, later.run, instances);
    Report merged = later;
    merged.run.merged_seeds = seeds(earlier.run);
    unite(merged.run.merged_seeds, seeds(later.run));
    if (earlier.run.version != later.run.version) {
        merged.run.version = later.run.version + ", " + earlier.run.version;
    }
    merged.run.digits = std::min(earlier.run.digits, later.run.digits);
    merged.run.fixed = earlier.run.fixed;
    unite(merged.run.fixed, later.run.fixed, [&](const trial::Instance& a, const trial::Instance& b) {
        return !instances.less(a, b) && !instances.less(b, a);
    });

    merged.trial.claims.clear();
    for (const ClaimResult& one : earlier.trial.claims) {
        const auto other =
            std::find_if(later.trial.claims.begin(), later.trial.claims.end(),
                         [&](const ClaimResult& each) { return each.claim.id == one.claim.id; });
        merged.trial.claims.push_back(other == later.trial.claims.end() ? one
                                      : same_cases                      ? larger(instances, one, *other)
                                                                        : sum_of(instances, one, *other));
    }
    unite(merged.trial.claims, later.trial.claims,
          [](const ClaimResult& a, const ClaimResult& b) { return a.claim.id == b.claim.id; });

    merged.trial.interrupted = earlier.trial.interrupted || later.trial.interrupted;
    merged.trial.out_of_time = earlier.trial.out_of_time || later.trial.out_of_time;
    merged.trial.seconds += earlier.trial.seconds;
    if (same_cases) {
        const Report& whole = later_is_whole ? later : earlier;
        merged.run.random = whole.run.random;
        merged.trial.cases = whole.trial.cases;
        merged.trial.cases_planned = whole.trial.cases_planned;
        merged.trial.solver = whole.trial.solver;
    } else {
        merged.run.random += earlier.run.random;
        merged.trial.cases += earlier.trial.cases;
        merged.trial.cases_planned += earlier.trial.cases_planned;
        trial::SolverRecord& solver = merged.trial.solver;
        const trial::SolverRecord& more = earlier.trial.solver;
        solver.certified += more.certified;
        solver.not_certified += more.not_certified;
        solver.starts_total += more.starts_total;
        solver.starts_largest = std::max(solver.starts_largest, more.starts_largest);
        solver.local_minima_met += more.local_minima_met;
    }
    if (earlier.expected && merged.expected) {
        unite(merged.expected->verdicts, earlier.expected->verdicts,
              [](const auto& a, const auto& b) { return a.first == b.first; });
    } else if (!merged.expected) {
        merged.expected = earlier.expected;
    }
    merged.mutants = later.mutants ? later.mutants : earlier.mutants;
    merged.screens = earlier.screens;
    unite_screens(merged.screens, later.screens);
    merged.pictures = later.pictures.is_null() ? earlier.pictures : later.pictures;
    return merged;
}

}  // namespace ncverify::reports
