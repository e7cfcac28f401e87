#include "reports/markdown_writer.hpp"

#include <fmt/format.h>

#include "reports/pictures/values_met.hpp"
#include "reports/screens.hpp"
#include "reports/text.hpp"
#include "reports/trainings.hpp"
#include "trial/claim.hpp"

namespace ncverify::reports {
namespace {

using trial::Kind;
using trial::Verdict;

constexpr std::size_t longest_list = 20;
constexpr std::size_t longest_text = 240;

std::string code(const std::string& text) {
    const bool cut = text.size() > longest_text;
    return "<code>" + markdown(cut ? text.substr(0, longest_text) : text) + (cut ? "…" : "") + "</code>";
}

std::string finding(const Report& report, const trial::ClaimResult& result) {
    std::string text = fmt::format("- **{}** ({}): {}", markdown(result.claim.id),
                                   markdown(result.claim.source), trial::to_string(result.verdict));
    if (result.counterexample) {
        text += ", smallest counterexample " +
                code(report.paper->instances.text(result.counterexample->instance));
    }
    return text + (result.replay.empty() ? "" : "; " + code(replay_command(result.replay))) + "\n";
}

/// A heading and its list, cut where it is too long; nothing where it is empty.
std::string section(const std::string& title, const std::vector<std::string>& lines) {
    if (lines.empty()) {
        return "";
    }
    std::string text = "\n#### " + title + "\n\n";
    for (std::size_t i = 0; i < lines.size() && i < longest_list; ++i) {
        text += lines[i];
    }
    return text +
           (lines.size() > longest_list ? fmt::format("- and {} more\n", lines.size() - longest_list) : "");
}

/// How the solver did, for papers whose cases have one; begins the closing lines.
std::string solver_text(const Report& report) {
    const auto& solver = report.trial.solver;
    return report.paper->words.certified.empty()
               ? "\n"
               : fmt::format(
                     "\nSolver ({} search): {} minimisers certified, {} not; {} starts, {} local minima met. ",
                     report.run.search, solver.certified, solver.not_certified, solver.starts_total,
                     solver.local_minima_met);
}

std::string full_table(const Report& report) {
    std::string text =
        "\n<details><summary>All claims</summary>\n\n| claim | kind | verdict | evidence | cases | agreement "
        "|\n"
        "|---|---|---|---|---|---|\n";
    for (const auto& result : report.trial.claims) {
        text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", markdown(result.claim.id),
                            trial::to_string(result.claim.kind), trial::to_string(result.verdict),
                            trial::to_string(result.evidence()), cases_text(result), agreement_text(result));
    }
    return text + "\n</details>\n";
}

}  // namespace

std::string markdown_text(const Report& report) {
    std::vector<std::string> unexpected;
    std::vector<std::string> refuted;
    std::vector<std::string> undecided;
    for (const Difference& difference : differences(report)) {
        unexpected.push_back(fmt::format("- **{}**: {}\n", markdown(difference.id), to_string(difference)));
    }
    for (const auto& result : report.trial.claims) {
        if (result.claim.kind != Kind::misreading && result.verdict == Verdict::refuted) {
            refuted.push_back(finding(report, result));
        }
        if (result.verdict == Verdict::inconclusive) {
            undecided.push_back(finding(report, result));
        }
    }
    const std::string screens = screens_text(report.screens);
    return fmt::format("### ncverify\n\n{}\n", markdown(summary(report))) +
           section("Not as expected", unexpected) + section("Refuted statements", refuted) +
           section("Undecided", undecided) + solver_text(report) +
           fmt::format("ncverify {}, seed {}, {} digits, {} cases.\n", markdown(report.run.version),
                       report.run.seed, report.run.digits, report.trial.cases) +
           (screens.empty() ? "" : fmt::format("\nScreen: {}.\n", screens)) +
           trainings_text(report.trainings) + values_text(report.pictures) + full_table(report);
}

}  // namespace ncverify::reports
