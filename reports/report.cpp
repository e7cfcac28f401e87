#include "reports/report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trial/ledger_json.hpp"
#include "trial/result_json.hpp"

namespace ncverify::reports {
namespace {

using nlohmann::ordered_json;
using trial::Kind;
using trial::Verdict;

ordered_json run_json(const Report& report) {
    ordered_json fixed = ordered_json::array();
    for (const trial::Instance& instance : report.run.fixed) {
        fixed.push_back(report.paper->instances.text(instance));
    }
    ordered_json json = {{"version", report.run.version},
                         {"seed", report.run.seed},
                         {"digits", report.run.digits},
                         {"search", report.run.search},
                         {"configurations", {{"fixed", std::move(fixed)}, {"random", report.run.random}}},
                         {"cases", report.trial.cases},
                         {"cases_planned", report.trial.cases_planned},
                         {"interrupted", report.trial.interrupted},
                         {"out_of_time", report.trial.out_of_time},
                         {"mutants", report.mutants ? to_json(*report.mutants) : ordered_json(nullptr)}};
    if (report.paper->id != unnamed_paper) {
        json["paper"] = report.paper->id;
    }
    if (!report.run.merged_seeds.empty()) {
        json["merged_seeds"] = report.run.merged_seeds;
    }
    return json;
}

}  // namespace

ordered_json to_json(const Report& report) {
    ordered_json claims = ordered_json::array();
    for (const auto& result : report.trial.claims) {
        claims.push_back(trial::to_json(
            *report.paper, result,
            report.expected ? report.expected->find(result.claim.id) : std::optional<Verdict>()));
    }
    const auto& solver = report.trial.solver;
    ordered_json json = {{"run", run_json(report)},
                         {"claims", std::move(claims)},
                         {"solver",
                          {{"certified", solver.certified},
                           {"not_certified", solver.not_certified},
                           {"starts_total", solver.starts_total},
                           {"starts_largest", solver.starts_largest},
                           {"local_minima_met", solver.local_minima_met}}},
                         {"pictures", report.pictures},
                         {"screens", report.screens},
                         {"trainings", report.trainings}};
    for (const trial::Ledger& ledger : report.trial.ledgers) {
        json["ledgers"].push_back(trial::to_json(*report.paper, ledger));
    }
    json["timing"] = {{"total_s", report.trial.seconds}};
    return json;
}

bool whole_domain(const Report& report) {
    return report.run.random > 0;
}

std::optional<Difference> difference(const Report& report, const trial::ClaimResult& result) {
    return report.expected ? difference(result, *report.expected, whole_domain(report)) : std::nullopt;
}

std::vector<Difference> differences(const Report& report) {
    std::vector<Difference> all;
    for (const auto& result : report.trial.claims) {
        if (const auto one = difference(report, result)) {
            all.push_back(*one);
        }
    }
    return all;
}

bool passed_in_too_few_cases(const trial::ClaimResult& result) {
    return result.verdict == Verdict::inconclusive && result.claim.kind != Kind::misreading &&
           result.passed > 0 && result.passed == result.checked && !result.claim.existence;
}

bool mutants_differ(const Report& report) {
    return report.mutants && !report.mutants->as_should_be();
}

Standing standing(const Report& report) {
    Standing found = mutants_differ(report) ? Standing::differs : Standing::as_expected;
    for (const trial::ClaimResult& result : report.trial.claims) {
        if (const auto one = difference(report, result)) {
            const bool undecided = one->found == Verdict::inconclusive && result.refuted == 0;
            found = std::max(found, undecided ? Standing::undecided : Standing::differs);
        }
    }
    return found;
}

Tally tally(const Report& report) {
    Tally count;
    for (const auto& result : report.trial.claims) {
        const bool undecided = result.verdict == Verdict::inconclusive;
        if (result.claim.kind == Kind::misreading) {
            ++count.misreadings;
            count.misreadings_refuted += result.verdict == Verdict::refuted ? 1 : 0;
            count.misreadings_undecided += undecided && result.inconclusive > 0 ? 1 : 0;
            continue;
        }
        const bool applied = whole_domain(report) || result.checked > 0;
        ++count.statements;
        count.hold += result.verdict == Verdict::verified ? 1 : 0;
        count.refuted += result.verdict == Verdict::refuted ? 1 : 0;
        count.undecided += undecided && applied ? 1 : 0;
        count.not_applicable += undecided && !applied ? 1 : 0;
    }
    count.differences = static_cast<long>(differences(report).size());
    return count;
}

namespace {

// That a run did not come to its end, and where it was. After the cases come more of rare kinds, the search
// for counterexamples, and the wrong theorems.
std::string early_end(const trial::TrialResult& result) {
    const char* how = result.interrupted ? "was interrupted" : "reached its time limit";
    return result.cases < result.cases_planned
               ? fmt::format("The run {} after {} of {} cases.", how, result.cases, result.cases_planned)
               : fmt::format("The run {} after all {} cases, in what follows them.", how, result.cases);
}

}  // namespace

std::string summary(const Report& report) {
    const Tally count = tally(report);
    const bool few = report.trial.claims.size() == 1 && passed_in_too_few_cases(report.trial.claims.front());
    std::string text;
    if (count.statements > 0) {
        text +=
            few ? "The statement passed in every case tried; these are too few of some kind to call it verified"
            : count.statements == 1
                ? fmt::format("{} of 1 statement holds in every case tried", count.hold)
                : fmt::format("{} of {} statements hold in every case tried", count.hold, count.statements);
        text += count.refuted > 0 ? fmt::format("; {} refuted", count.refuted) : "";
        text += count.undecided > 0 && !few ? fmt::format("; {} undecided", count.undecided) : "";
        text += count.not_applicable == 1  ? "; 1 does not apply"
                : count.not_applicable > 0 ? fmt::format("; {} do not apply", count.not_applicable)
                                           : "";
        text += ". ";
    }
    if (count.misreadings > 0) {
        const std::string noun = count.misreadings == 1 ? "misreading" : "misreadings";
        text += count.misreadings_refuted == count.misreadings
                    ? fmt::format("All {} {} refuted, as they must be. ", count.misreadings, noun)
                : !whole_domain(report) && count.misreadings_undecided == 0
                    ? fmt::format("{} of {} {} refuted; what the rest say is right there or does not apply. ",
                                  count.misreadings_refuted, count.misreadings, noun)
                    : fmt::format("Only {} of {} {} refuted. ", count.misreadings_refuted, count.misreadings,
                                  noun);
    }
    if (report.mutants && !report.mutants->untested.empty()) {
        text += fmt::format("{} untested (see `ncverify mutants`): {}. ",
                            report.mutants->untested.size() == 1
                                ? "1 claim is"
                                : fmt::format("{} claims are", report.mutants->untested.size()),
                            report.mutants->untested.front());
    }
    if (report.mutants && !(report.mutants->survivors.empty() && report.mutants->wrongly_refuted.empty())) {
        text +=
            "Some wrong theorem went unnoticed, or the theorem written otherwise was refuted: see "
            "`ncverify mutants`. ";
    }
    if (count.differences > 0) {
        text += count.differences == 1
                    ? "1 verdict is not the expected one. "
                    : fmt::format("{} verdicts are not the expected ones. ", count.differences);
    }
    if (report.trial.interrupted || report.trial.out_of_time) {
        text += early_end(report.trial) + " ";
    }
    if (text.empty()) {
        return "No claim was put on trial.";
    }
    text.pop_back();
    return text;
}

}  // namespace ncverify::reports
