#include "reports/changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/text.hpp"
#include "trial/claim.hpp"

namespace ncverify::reports {
namespace {

using nlohmann::ordered_json;
using trial::ClaimResult;
using trial::Evidence;
using trial::Verdict;

const ClaimResult* find(const Report& report, const std::string& id) {
    for (const ClaimResult& result : report.trial.claims) {
        if (result.claim.id == id) {
            return &result;
        }
    }
    return nullptr;
}

Trend verdict_trend(Verdict before, Verdict after, std::optional<Verdict> expected) {
    if (expected && (before == *expected || after == *expected)) {
        return after == *expected ? Trend::improvement : Trend::regression;
    }
    // Undecided before: any decision is progress. A decision that turned over, or is lost, is not.
    return before == Verdict::inconclusive ? Trend::improvement : Trend::regression;
}

void compare(const ClaimResult& before, const ClaimResult& after, std::optional<Verdict> expected,
             std::vector<Change>& found) {
    const auto note = [&](Trend trend, const char* what, const std::string& old, const std::string& now) {
        if (old != now) {
            found.push_back({trend, after.claim.id, what, old, now});
        }
    };
    note(verdict_trend(before.verdict, after.verdict, expected), "verdict", trial::to_string(before.verdict),
         trial::to_string(after.verdict));
    note(after.evidence() < before.evidence() ? Trend::regression : Trend::improvement, "evidence",
         trial::to_string(before.evidence()), trial::to_string(after.evidence()));
    note(Trend::other, "agreement", agreement_text(before), agreement_text(after));
    note(Trend::other, "wrong theorems refuted", fmt::to_string(before.mutants_killed.size()),
         fmt::to_string(after.mutants_killed.size()));
    note(Trend::other, "statement", before.claim.statement, after.claim.statement);
}

void compare_mutants(const MutantTally& before, const MutantTally& after, std::vector<Change>& found) {
    const auto holds = [](const std::vector<std::string>& names, const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (const std::string& name : after.survivors) {
        if (!holds(before.survivors, name)) {
            found.push_back(
                {Trend::regression, name, "wrong theorem", "refuted or not tried", "not noticed"});
        }
    }
    for (const std::string& name : after.wrongly_refuted) {
        if (!holds(before.wrongly_refuted, name)) {
            found.push_back({Trend::regression, name, "theorem in other words", "not refuted", "refuted"});
        }
    }
    for (const std::string& claim : after.untested) {  // "thm1.b: why"
        if (!holds(before.untested, claim)) {
            const std::size_t colon = std::min(claim.find(": "), claim.size());
            found.push_back({Trend::regression, claim.substr(0, colon), "test", "can fail, or not tried",
                             claim.substr(std::min(colon + 2, claim.size()))});
        }
    }
    for (const std::string& name : before.survivors) {
        if (!holds(after.survivors, name)) {
            found.push_back(
                {Trend::improvement, name, "wrong theorem", "not noticed", "refuted or not tried"});
        }
    }
}

}  // namespace

std::string to_string(Trend trend) {
    return trend == Trend::regression ? "regression" : trend == Trend::improvement ? "improvement" : "other";
}

std::vector<Change> changes(const Report& earlier, const Report& later) {
    std::vector<Change> found;
    for (const ClaimResult& before : earlier.trial.claims) {
        const ClaimResult* after = find(later, before.claim.id);
        if (after != nullptr) {
            compare(before, *after, later.expected ? later.expected->find(before.claim.id) : std::nullopt,
                    found);
        } else {
            found.push_back(
                {Trend::regression, before.claim.id, "claim", trial::to_string(before.verdict), "not tried"});
        }
    }
    for (const ClaimResult& after : later.trial.claims) {
        if (find(earlier, after.claim.id) == nullptr) {
            found.push_back(
                {Trend::other, after.claim.id, "claim", "not tried", trial::to_string(after.verdict)});
        }
    }
    if (earlier.mutants && later.mutants) {
        compare_mutants(*earlier.mutants, *later.mutants, found);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Change& a, const Change& b) { return a.trend < b.trend; });
    return found;
}

nlohmann::ordered_json to_json(const std::vector<Change>& changes) {
    ordered_json json = {{"regressions", ordered_json::array()},
                         {"improvements", ordered_json::array()},
                         {"other", ordered_json::array()}};
    for (const Change& change : changes) {
        const char* key = change.trend == Trend::regression    ? "regressions"
                          : change.trend == Trend::improvement ? "improvements"
                                                               : "other";
        json[key].push_back({{"subject", change.subject},
                             {"what", change.what},
                             {"before", change.before},
                             {"after", change.after}});
    }
    return json;
}

std::string table(const std::vector<Change>& changes, const Layout& layout) {
    if (changes.empty()) {
        return "no difference\n";
    }
    std::vector<std::vector<Cell>> rows;
    for (const Change& change : changes) {
        const Tone tone = change.trend == Trend::regression    ? Tone::bad
                          : change.trend == Trend::improvement ? Tone::good
                                                               : Tone::plain;
        rows.push_back({{to_string(change.trend), tone},
                        {visible(change.subject)},
                        {change.what},
                        {visible(change.before) + " -> " + visible(change.after)}});
    }
    return aligned(rows, 3, layout);
}

}  // namespace ncverify::reports
