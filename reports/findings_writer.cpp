#include "reports/findings_writer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "properties/registry.hpp"
#include "reports/text.hpp"

namespace ncverify::reports {
namespace {

using properties::ClaimResult;
using properties::Kind;
using properties::Verdict;

constexpr const char* corrected_suffix = ".corrected";

const ClaimResult* find(const Report& report, const std::string& id) {
    for (const ClaimResult& result : report.trial.claims) {
        if (result.claim.id == id) {
            return &result;
        }
    }
    return nullptr;
}

// "thm1.b (Theorem 1 (8))", ...
std::string list(const std::vector<const ClaimResult*>& results) {
    std::string text;
    for (const ClaimResult* result : results) {
        text += fmt::format("{}`{}` ({})", text.empty() ? "" : ", ", result->claim.id, result->claim.source);
    }
    return text + ".\n";
}

std::string statement(const ClaimResult& result) {
    return "$" + visible(result.claim.statement) + "$";
}

std::string refutation(const Report& report, const ClaimResult& result) {
    std::string text =
        fmt::format("\n### `{}`, {}\n\nThe paper: {}, for {}.\n", result.claim.id,
                    markdown(result.claim.source), statement(result), markdown(result.claim.domain));
    if (!result.claim.reading.empty()) {
        text += "Read as: " + markdown(result.claim.reading) + ".\n";
    }
    if (result.counterexample) {
        const auto& counterexample = *result.counterexample;
        text += fmt::format("\nIt fails in {} of {} cases. The smallest found:\n\n    {}\n\n", result.refuted,
                            result.checked, visible(counterexample.configuration.command_line()));
        text += "There " + markdown(counterexample.message) + ".\n";
        for (const auto& [name, value] : counterexample.values) {
            text += fmt::format("- {}: {}\n", markdown(name), markdown(value));
        }
        text += fmt::format(
            "\nBy hand: `ncverify theory {0}` and `ncverify solve {0}`; the check alone: `{1}`.\n",
            visible(counterexample.configuration.command_line()), visible(replay_command(result.replay)));
    }
    if (const ClaimResult* corrected = find(report, result.claim.id + corrected_suffix)) {
        text +=
            fmt::format("\nTrue instead ({}, {}): {}, for {}.\n", properties::to_string(corrected->verdict),
                        properties::to_string(corrected->evidence()), statement(*corrected),
                        markdown(corrected->claim.domain));
        text += corrected->claim.reading.empty() ? "" : markdown(corrected->claim.reading) + ".\n";
    }
    return text;
}

}  // namespace

std::string findings_text(const Report& report) {
    std::vector<const ClaimResult*> hold, refuted, undecided, extensions, controls;
    for (const ClaimResult& result : report.trial.claims) {
        const bool corrected = result.claim.id.ends_with(corrected_suffix);
        if (result.claim.kind == Kind::misreading) {
            controls.push_back(&result);
        } else if (result.verdict == Verdict::inconclusive) {
            undecided.push_back(&result);
        } else if (result.verdict == Verdict::refuted) {
            refuted.push_back(&result);
        } else if (!corrected) {
            (result.claim.kind == Kind::extension ? extensions : hold).push_back(&result);
        }
    }
    std::string text = fmt::format(
        "# Findings\n\n{}\n\nWritten by `ncverify verify` (version {}, seed {}, {} digits, {} cases, {} "
        "search). Verified "
        "means: it held in every case tried, decided in exact or interval arithmetic; statements about "
        "global minimisers "
        "were held against points found without the theorem and proven globally optimal.\n",
        summary(report), report.run.version, report.run.seed, report.run.digits, report.trial.cases,
        solvers::to_string(report.run.search));
    text += "\n## What does not hold as stated\n";
    for (const ClaimResult* result : refuted) {
        text += refutation(report, *result);
    }
    text += refuted.empty() ? "\nNothing was refuted.\n" : "";
    if (!undecided.empty()) {
        text += "\n## What was not decided\n\n" + list(undecided);
    }
    text += "\n## What holds\n\n" + (hold.empty() ? "Nothing was verified.\n" : list(hold));
    if (!extensions.empty()) {
        text += "\nBeyond the paper: " + list(extensions);
    }
    if (!controls.empty()) {
        const auto survived = std::count_if(controls.begin(), controls.end(), [](const ClaimResult* result) {
            return result->verdict != Verdict::refuted;
        });
        text += fmt::format(
            "\n## Controls\n\n{} wrong readings of the same formulas were tried beside them; {} of them "
            "refuted: a check "
            "that lets them pass would prove nothing.\n",
            controls.size(), survived == 0 ? "all" : fmt::format("all but {}", survived));
    }
    return text;
}

}  // namespace ncverify::reports
