#include "reports/merge.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "problem/errors.hpp"
#include "reports/claim_merge.hpp"
#include "reports/json_writer.hpp"
#include "reports/screens.hpp"
#include "trial/ledger_json.hpp"

namespace ncverify::reports {
namespace {

using trial::ClaimResult;
using trial::Ledger;

std::vector<std::uint64_t> seeds(const RunInfo& run) {
    return run.merged_seeds.empty() ? std::vector{run.seed} : run.merged_seeds;
}

/// The versions in "0.2.0, 0.1.0".
std::set<std::string> versions(const std::string& text) {
    std::set<std::string> all;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(", ", begin), text.size());
        all.insert(text.substr(begin, end - begin));
        begin = end + 2;
    }
    return all;
}

RunInfo common_run(const std::vector<Report>& reports) {
    const trial::InstanceKind& instances = reports.front().paper->instances;
    RunInfo run = reports.front().run;
    std::set<std::string> named;
    std::set<std::uint64_t> merged_seeds;
    run.fixed.clear();
    for (const Report& each : reports) {
        named.merge(versions(each.run.version));
        const std::vector<std::uint64_t> own = seeds(each.run);
        merged_seeds.insert(own.begin(), own.end());
        run.digits = std::min(run.digits, each.run.digits);
        run.search = std::min(run.search, each.run.search);
        run.fixed.insert(run.fixed.end(), each.run.fixed.begin(), each.run.fixed.end());
    }
    run.version.clear();
    for (auto name = named.rbegin(); name != named.rend(); ++name) {
        run.version += (run.version.empty() ? "" : ", ") + *name;
    }
    run.merged_seeds.assign(merged_seeds.begin(), merged_seeds.end());
    run.seed = run.merged_seeds.front();
    std::sort(run.fixed.begin(), run.fixed.end(), instances.less);
    run.fixed.erase(std::unique(run.fixed.begin(), run.fixed.end(),
                                [&](const auto& a, const auto& b) { return !instances.less(a, b); }),
                    run.fixed.end());
    return run;
}

/// Where runs expect different things of a claim, one of them, the same whatever their order.
std::optional<ExpectedVerdicts> expected_of(const std::vector<Report>& reports) {
    std::map<std::string, trial::Verdict> verdicts;
    std::map<std::string, trial::Evidence> evidence;
    bool any = false;
    const auto take_larger = [](auto& all, const auto& more) {
        for (const auto& [id, value] : more) {
            const auto known = all.emplace(id, value).first;
            known->second = std::max(known->second, value);
        }
    };
    for (const Report& each : reports) {
        any = any || each.expected;
        const ExpectedVerdicts expected = each.expected.value_or(ExpectedVerdicts{});
        take_larger(verdicts, expected.verdicts);
        take_larger(evidence, expected.evidence);
    }
    return any ? std::optional(
                     ExpectedVerdicts{{verdicts.begin(), verdicts.end()}, {evidence.begin(), evidence.end()}})
               : std::nullopt;
}

/// The tally that leaves most to be desired, or is the largest.
std::optional<MutantTally> mutants_of(const std::vector<Report>& reports) {
    const auto weight = [](const Report& report) {
        return std::tuple(report.mutants.has_value(), mutants_differ(report),
                          report.mutants ? report.mutants->total : 0,
                          report.mutants ? to_json(*report.mutants).dump() : "");
    };
    return std::max_element(reports.begin(), reports.end(),
                            [&](const Report& a, const Report& b) { return weight(a) < weight(b); })
        ->mutants;
}

/// Everything but counts and claims.
Report common(const std::vector<Report>& reports) {
    Report merged;
    merged.paper = reports.front().paper;
    merged.run = common_run(reports);
    merged.expected = expected_of(reports);
    merged.mutants = mutants_of(reports);
    std::map<std::string, nlohmann::ordered_json> pictures, screens, trainings;
    for (const Report& each : reports) {
        merged.trial.interrupted = merged.trial.interrupted || each.trial.interrupted;
        merged.trial.out_of_time = merged.trial.out_of_time || each.trial.out_of_time;
        merged.trial.seconds += each.trial.seconds;
        if (!each.pictures.is_null()) {
            pictures.emplace(each.pictures.dump(), each.pictures);
        }
        for (const nlohmann::ordered_json& screen : each.screens) {
            screens.emplace(screen.dump(), screen);
        }
        for (const nlohmann::ordered_json& training : each.trainings) {
            trainings.emplace(training.dump(), training);
        }
    }
    if (!pictures.empty()) {
        merged.pictures = pictures.rbegin()->second;
    }
    for (const auto& [text, training] : trainings) {
        merged.trainings.push_back(training);
    }
    for (const auto& [text, screen] : screens) {
        unite_screens(merged.screens, nlohmann::ordered_json::array({screen}));
    }
    return merged;
}

/// The claims of all reports, in the paper's order, those that it does not know last.
std::vector<std::string> claims_of(const std::vector<Report>& reports) {
    const std::vector<trial::Claim>& known = reports.front().paper->claims;
    std::set<std::pair<std::size_t, std::string>> all;
    for (const Report& each : reports) {
        for (const ClaimResult& result : each.trial.claims) {
            const auto place = std::find_if(known.begin(), known.end(), [&](const trial::Claim& claim) {
                return claim.id == result.claim.id;
            });
            all.emplace(place - known.begin(), result.claim.id);
        }
    }
    std::vector<std::string> ids;
    for (const auto& [place, id] : all) {
        ids.push_back(id);
    }
    return ids;
}

const ClaimResult* find(const Report& report, const std::string& id) {
    const auto found = std::find_if(report.trial.claims.begin(), report.trial.claims.end(),
                                    [&](const ClaimResult& each) { return each.claim.id == id; });
    return found == report.trial.claims.end() ? nullptr : &*found;
}

/// Takes the ledgers of all reports, each once. @returns the numbers of each report's own
std::vector<std::vector<std::size_t>> unite_ledgers(const std::vector<Report>& reports,
                                                    std::vector<Ledger>& ledgers) {
    std::map<std::string, std::pair<const Ledger*, std::size_t>> all;
    std::vector<std::vector<std::pair<const Ledger*, std::size_t>*>> own;
    for (const Report& each : reports) {
        own.emplace_back();
        for (const Ledger& ledger : each.trial.ledgers) {
            own.back().push_back(&all[trial::to_json(*each.paper, ledger).dump()]);
            own.back().back()->first = &ledger;
        }
    }
    for (auto& [text, place] : all) {
        place.second = ledgers.size();
        ledgers.push_back(*place.first);
    }
    std::vector<std::vector<std::size_t>> numbers;
    for (const auto& places : own) {
        numbers.emplace_back();
        for (const auto* place : places) {
            numbers.back().push_back(place->second);
        }
    }
    return numbers;
}

Report merge_by_cases(const std::vector<Report>& reports) {
    Report merged = common(reports);
    const trial::Paper& paper = *merged.paper;
    std::vector<Ledger> ledgers;
    const std::vector<std::vector<std::size_t>> own = unite_ledgers(reports, ledgers);
    const trial::Reckoning reckoning(paper, ledgers);
    reckoning.count_cases(merged.trial);
    merged.run.random = reckoning.asked();
    const bool until_covered = std::all_of(ledgers.begin(), ledgers.end(), [](const Ledger& ledger) {
        return ledger.until_covered || ledger.random == 0;
    });
    for (const std::string& id : claims_of(reports)) {
        std::vector<ClaimSource> sources;
        for (std::size_t i = 0; i < reports.size(); ++i) {
            if (const ClaimResult* result = find(reports[i], id)) {
                sources.push_back({result, own[i]});
            }
        }
        merged.trial.claims.push_back(
            merge_claim(paper, reckoning, sources, until_covered, merged.run.random > 0));
    }
    if (trial::may_be_kept(ledgers)) {
        merged.trial.ledgers = std::move(ledgers);
    }
    return merged;
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

Report merge_reports_as_wholes(const Report& one, const Report& other) {
    Report merged = common({one, other});
    const trial::InstanceKind& instances = merged.paper->instances;
    const bool other_is_whole = covers(other.run, one.run, instances);
    const bool same_cases = other_is_whole || covers(one.run, other.run, instances);
    for (const std::string& id : claims_of({one, other})) {
        const ClaimResult *a = find(one, id), *b = find(other, id);
        merged.trial.claims.push_back(a == nullptr ? *b
                                      : b == nullptr
                                          ? *a
                                          : merge_claims_as_wholes(*merged.paper, *a, *b, same_cases,
                                                                   whole_domain(one) || whole_domain(other)));
    }
    const Report& whole = other_is_whole ? other : one;
    merged.run.random = same_cases ? whole.run.random : one.run.random + other.run.random;
    merged.trial.cases = same_cases ? whole.trial.cases : one.trial.cases + other.trial.cases;
    merged.trial.cases_planned =
        same_cases ? whole.trial.cases_planned : one.trial.cases_planned + other.trial.cases_planned;
    merged.trial.solver = whole.trial.solver;
    if (!same_cases) {
        trial::SolverRecord& solver = merged.trial.solver;
        const trial::SolverRecord& more = other.trial.solver;
        solver.certified += more.certified;
        solver.not_certified += more.not_certified;
        solver.starts_total += more.starts_total;
        solver.starts_largest = std::max(solver.starts_largest, more.starts_largest);
        solver.local_minima_met += more.local_minima_met;
    }
    return merged;
}

}  // namespace

Report merge(std::vector<Report> reports) {
    for (const Report& each : reports) {
        if (each.paper != reports.front().paper) {
            throw InputError("reports of " + reports.front().paper->id + " and of " + each.paper->id,
                             "report", "runs of one paper");
        }
    }
    if (reports.size() == 1) {
        return reports.front();
    }
    const auto unlisted = std::partition(reports.begin(), reports.end(),
                                         [](const Report& each) { return !each.trial.ledgers.empty(); });
    std::vector<Report> rest(unlisted, reports.end());
    reports.erase(unlisted, reports.end());
    if (rest.empty()) {
        return merge_by_cases(reports);
    }
    if (!reports.empty()) {
        rest.push_back(reports.size() == 1 ? reports.front() : merge_by_cases(reports));
    }
    // The longest first, so that what it covers does not add up before it is met; then any fixed order.
    std::vector<std::pair<std::pair<long, std::string>, std::size_t>> order;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        order.push_back({{-rest[i].trial.cases, json_text(rest[i])}, i});
    }
    std::sort(order.begin(), order.end());
    Report merged = rest[order.front().second];
    for (std::size_t i = 1; i < order.size(); ++i) {
        merged = merge_reports_as_wholes(merged, rest[order[i].second]);
    }
    return merged;
}

}  // namespace ncverify::reports
