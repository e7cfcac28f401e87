#include "trial/ledger.hpp"

#include <algorithm>

#include "problem/random.hpp"
#include "trial/case_run.hpp"
#include "trial/trial.hpp"

namespace ncverify::trial {

long Ledger::length() const {
    std::size_t runs = efforts.runs().size();
    for (const InputLedger& each : inputs) {
        runs += each.met.runs().size();
    }
    for (const ClaimLedger& each : claims) {
        runs += each.marks.runs().size() + (each.walk ? each.walk->marks.runs().size() : 0);
    }
    return static_cast<long>(runs) + listed() * static_cast<long>(claims.size());
}

bool may_be_kept(const std::vector<Ledger>& ledgers) {
    long length = 0;
    for (const Ledger& ledger : ledgers) {
        length += ledger.length();
    }
    return ledgers.size() <= most_ledgers && length <= longest_ledger;
}

Effort effort_of(const CaseRecord& record) {
    const SolverAccount solver = record.solver.value_or(SolverAccount{});
    return {.finished = record.finished,
            .starts = solver.starts,
            .certified = solver.certified,
            .local_minima = solver.local_minima};
}

Ledger blank_ledger(const Paper& paper, const TrialOptions& options) {
    Ledger ledger;
    ledger.seed = options.seed;
    ledger.digits = options.digits;
    ledger.method = options.method.empty() ? paper.methods.front() : options.method;
    ledger.asked = ledger.random = options.random;
    ledger.until_covered = options.until_covered;
    for (const CaseKey& example : options.examples) {
        ledger.kept.push_back({.instance = example.instance,
                               .seed = example.seed,
                               .digits = ledger.digits,
                               .method = ledger.method});
    }
    for (const Instance& instance : options.fixed) {
        const auto number = static_cast<std::uint64_t>(ledger.given.size());
        ledger.given.push_back({.instance = instance,
                                .seed = options.exact_seed ? options.seed : split_seed(options.seed, number),
                                .digits = ledger.digits,
                                .method = ledger.method});
    }
    for (const Claim& claim : options.claims) {
        ledger.claims.push_back({.claim = claim.id, .marks = {}, .failed = {}, .walk = {}});
        for (const Demand& demand : claim.demands.empty() ? paper.demands : claim.demands) {
            const auto known = [&](const InputLedger& each) { return each.input.name == demand.input.name; };
            if (options.random > 0 && !claim.existence &&
                std::none_of(ledger.inputs.begin(), ledger.inputs.end(), known)) {
                ledger.inputs.push_back({.input = demand.input, .met = {}});
            }
        }
    }
    return ledger;
}

CaseKey case_of(const Paper& paper, const Ledger& ledger, long number) {
    const auto kept = static_cast<long>(ledger.kept.size());
    if (number < ledger.listed()) {
        return number < kept ? ledger.kept[static_cast<std::size_t>(number)]
                             : ledger.given[static_cast<std::size_t>(number - kept)];
    }
    return {.instance =
                paper.instances.generate(ledger.seed, static_cast<std::uint64_t>(number - ledger.listed())),
            .seed = split_seed(ledger.seed, static_cast<std::uint64_t>(number - kept)),
            .digits = ledger.digits,
            .method = ledger.method};
}

void enter(Ledger& ledger, const CaseRecord& record, const CaseKey& key) {
    const bool random = ledger.efforts.size() >= ledger.listed();
    ledger.efforts.append(effort_of(record));
    for (InputLedger& each : ledger.inputs) {
        if (random) {
            each.met.append(record.finished && each.input.contains(key.instance));
        }
    }
    for (std::size_t j = 0; j < ledger.claims.size(); ++j) {
        ledger.claims[j].marks.append(record.finished ? mark_of(record.observations[j]) : Mark{});
    }
}

void close(Ledger& ledger, long planned) {
    ledger.random = planned - ledger.listed();
    ledger.efforts.append({}, planned - ledger.efforts.size());
    for (InputLedger& each : ledger.inputs) {
        each.met.append(false, ledger.random - each.met.size());
    }
    for (ClaimLedger& each : ledger.claims) {
        each.marks.append({}, planned - each.marks.size());
    }
}

}  // namespace ncverify::trial
