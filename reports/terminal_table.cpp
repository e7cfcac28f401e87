#include "reports/terminal_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/text.hpp"
#include "trial/claim.hpp"
#include "trial/error_text.hpp"

namespace ncverify::reports {
namespace {

using Row = std::array<std::string, 5>;

Row row(const Report& report, const trial::ClaimResult& result) {
    std::string verdict = trial::to_string(result.verdict);
    if (const auto different = difference(report, result)) {
        verdict +=
            different->expected ? " (expected " + trial::to_string(*different->expected) + ")" : " (new)";
    }
    return {visible(result.claim.id), verdict, trial::to_string(result.evidence()), cases_text(result),
            result.passed == 0 ? "-" : trial::error_text(result.worst_error_log10)};
}

// What was compared where a claim failed, and how to repeat it.
std::string details(const Report& report, const trial::ClaimResult& result) {
    std::string text = "\n" + visible(result.claim.id) + " " + trial::to_string(result.verdict);
    if (result.counterexample) {
        text += ": " + visible(result.counterexample->message) + "\n  " +
                visible(report.paper->instances.text(result.counterexample->instance)) + "\n";
        std::size_t width = 0;
        for (const auto& [name, value] : result.counterexample->values) {
            width = std::max(width, visible(name).size());
        }
        for (const auto& [name, value] : result.counterexample->values) {
            text += fmt::format("  {:<{}}  {}\n", visible(name), width, visible(value));
        }
    } else {
        text += (result.message.empty() ? ": no case applied" : ": " + visible(result.message)) + "\n";
    }
    // Where nothing failed and nothing was undecided there is nothing to run again.
    return result.replay.empty() || passed_in_too_few_cases(result)
               ? text
               : text + "  " + visible(replay_command(result.replay)) + "\n";
}

}  // namespace

std::string table(const Report& report) {
    std::vector<Row> rows = {{"claim", "verdict", "evidence", "cases passed", "worst error"}};
    for (const auto& result : report.trial.claims) {
        rows.push_back(row(report, result));
    }
    std::array<std::size_t, 5> width{};
    for (const Row& cells : rows) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            width[i] = std::max(width[i], cells[i].size());
        }
    }
    std::string text;
    for (const Row& cells : rows) {
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            line += i + 1 < cells.size() ? fmt::format("{:<{}}  ", cells[i], width[i]) : cells[i];
        }
        text += line + "\n";
    }
    // Refuted claims, undecided ones, and whatever a run of one claim came to; not every control.
    for (const auto& result : report.trial.claims) {
        const bool control =
            result.claim.kind == trial::Kind::misreading && result.verdict == trial::Verdict::refuted;
        const bool beside_the_point =
            !whole_domain(report) && result.checked == 0 && report.trial.claims.size() > 1;
        if (result.verdict != trial::Verdict::verified && !beside_the_point &&
            (!control || report.trial.claims.size() == 1)) {
            text += details(report, result);
        }
    }
    return text + "\n" + summary(report) + "\n";
}

}  // namespace ncverify::reports
