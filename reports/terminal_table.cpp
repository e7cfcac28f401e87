#include "reports/terminal_table.hpp"

#include "reports/text.hpp"
#include "trial/claim.hpp"
#include "trial/error_text.hpp"

namespace ncverify::reports {
namespace {

constexpr std::size_t cases_column = 3;  // in words, which can be wrapped

// What a reader hopes for: controls must be refuted.
Tone tone_of(const trial::ClaimResult& result) {
    const bool control = result.claim.kind == trial::Kind::misreading;
    return result.verdict == trial::Verdict::inconclusive           ? Tone::doubtful
           : (result.verdict == trial::Verdict::refuted) == control ? Tone::good
                                                                    : Tone::bad;
}

std::vector<Cell> row(const Report& report, const trial::ClaimResult& result) {
    std::string verdict = trial::to_string(result.verdict);
    if (const auto different = difference(report, result)) {
        verdict +=
            different->expected ? " (expected " + trial::to_string(*different->expected) + ")" : " (new)";
    }
    return {{visible(result.claim.id)},
            {verdict, tone_of(result)},
            {trial::to_string(result.evidence())},
            {cases_text(result)},
            {result.passed == 0 ? "-" : trial::error_text(result.worst_error_log10)}};
}

// What was compared where a claim failed, and how to repeat it.
std::string details(const Report& report, const trial::ClaimResult& result, const Layout& layout) {
    const std::string heading = visible(result.claim.id) + " " + trial::to_string(result.verdict);
    const auto said = [&](const std::string& words) {
        return "\n" + toned(heading, Tone::heading, layout) + ": " +
               wrapped(words, 4, layout, columns_of(heading) + 2) + "\n";
    };
    std::string text;
    if (result.counterexample) {
        text = said(visible(result.counterexample->message)) + "  " +
               wrapped(visible(report.paper->instances.text(result.counterexample->instance)), 4, layout, 2) +
               "\n";
        std::vector<std::vector<Cell>> values;
        for (const auto& [name, value] : result.counterexample->values) {
            values.push_back({{""}, {visible(name)}, {visible(value)}});
        }
        text += aligned(values, 1, layout);
    } else {
        text = said(result.message.empty() ? "no case applied" : visible(result.message));
    }
    // Where nothing failed and nothing was undecided there is nothing to run again.
    return result.replay.empty() || passed_in_too_few_cases(result)
               ? text
               : text + "  " + visible(replay_command(result.replay)) + "\n";
}

}  // namespace

std::string table(const Report& report, const Layout& layout) {
    std::vector<std::vector<Cell>> rows(1);
    for (const char* name : {"claim", "verdict", "evidence", "cases passed", "worst error"}) {
        rows[0].push_back({name, Tone::heading});
    }
    for (const auto& result : report.trial.claims) {
        rows.push_back(row(report, result));
    }
    std::string text = aligned(rows, cases_column, layout);
    // Refuted claims, undecided ones, and whatever a run of one claim came to; not every control.
    for (const auto& result : report.trial.claims) {
        const bool control =
            result.claim.kind == trial::Kind::misreading && result.verdict == trial::Verdict::refuted;
        const bool beside_the_point =
            !whole_domain(report) && result.checked == 0 && report.trial.claims.size() > 1;
        if (result.verdict != trial::Verdict::verified && !beside_the_point &&
            (!control || report.trial.claims.size() == 1)) {
            text += details(report, result, layout);
        }
    }
    return text + "\n" + wrapped(summary(report), 0, layout) + "\n";
}

}  // namespace ncverify::reports
