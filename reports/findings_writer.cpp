#include "reports/findings_writer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/text.hpp"
#include "trial/claim.hpp"

namespace ncverify::reports {
namespace {

using trial::ClaimResult;
using trial::Kind;
using trial::Verdict;

constexpr const char* corrected_suffix = ".corrected";

const ClaimResult* find(const Report& report, const std::string& id) {
    for (const ClaimResult& result : report.trial.claims) {
        if (result.claim.id == id) {
            return &result;
        }
    }
    return nullptr;
}

// Prose of the registry, or of a report's file, as Markdown that a person can still read as it stands.
std::string prose(const std::string& text) {
    std::string result;
    for (const char character : visible(text)) {
        if (std::string_view("\\`*_<&[]$").find(character) != std::string_view::npos) {
            result += '\\';
        }
        result += character;
    }
    return result;
}

// An identifier in code type, whatever a report's file calls one.
std::string code(const std::string& id) {
    return id.find_first_of("`&<>\r\n") == std::string::npos ? "`" + visible(id) + "`"
                                                             : "<code>" + markdown(id) + "</code>";
}

// "thm1.b (Theorem 1 (8))", ...
std::string list(const std::vector<const ClaimResult*>& results) {
    std::string text;
    for (const ClaimResult* result : results) {
        text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", code(result->claim.id),
                            prose(result->claim.source));
    }
    return text + ".\n";
}

// "Theorem 1 (8)" in words, with its identifier: the claims of one source, in the paper's order, in one item.
std::string by_source(const std::vector<const ClaimResult*>& results) {
    std::vector<std::pair<std::string, std::string>> items;
    for (const ClaimResult* result : results) {
        const std::string& id = result->claim.id;
        const std::string family = id.substr(0, id.find('.'));
        if (items.empty() || items.back().first != family) {
            items.emplace_back(family, "");
        }
        std::string& text = items.back().second;
        text += fmt::format("{}{} ({}, {})", text.empty() ? "" : "; ", prose(result->claim.source), code(id),
                            trial::to_string(result->evidence()));
    }
    std::string text;
    for (const auto& [family, item] : items) {
        text += "- " + item + "\n";
    }
    return text;
}

std::string statement(const ClaimResult& result) {
    return "$" + visible(result.claim.statement) + "$";
}

std::string counterexample(const Report& report, const ClaimResult& result) {
    const trial::Counterexample& found = *result.counterexample;
    std::string text = fmt::format(
        "- *Fails* in {} of {} cases, the smallest found `{}`: {}.\n", result.refuted, result.checked,
        visible(report.paper->instances.text(found.instance)), prose(found.message));
    for (const auto& [name, value] : found.values) {
        text += value == found.message ? "" : fmt::format("  - {}: {}\n", prose(name), prose(value));
    }
    return text + fmt::format("  - alone: `{}`\n", visible(replay_command(result.replay)));
}

std::string refutation(const Report& report, const ClaimResult& result) {
    std::string text =
        fmt::format("\n### {} ({})\n\n- *Stated*: {}; {}.{}\n",
                    result.claim.kind == Kind::extension ? "Beyond the paper" : prose(result.claim.source),
                    code(result.claim.id), statement(result), prose(result.claim.domain),
                    result.claim.reading.empty() ? "" : " Read as: " + prose(result.claim.reading) + ".");
    text += result.counterexample ? counterexample(report, result) : "";
    if (const ClaimResult* corrected = find(report, result.claim.id + corrected_suffix)) {
        text += fmt::format(
            "- *Instead* ({}, {}): {}{}.\n", trial::to_string(corrected->verdict),
            trial::to_string(corrected->evidence()), statement(*corrected),
            corrected->claim.domain == result.claim.domain ? "" : "; " + prose(corrected->claim.domain));
        text += corrected->claim.reading.empty() ? "" : "- *Why*: " + prose(corrected->claim.reading) + ".\n";
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
        "# Findings\n\n{}\n\nWritten by `ncverify verify` (version {}, seed {}, {} digits, {} cases{}). "
        "Verified "
        "means: it held in every case tried, decided in exact or interval arithmetic; {}.\n",
        summary(report), prose(report.run.version), report.run.seed, report.run.digits, report.trial.cases,
        report.run.search.empty() ? "" : ", " + prose(report.run.search) + " search",
        report.paper->words.method);
    text += "\n## What does not hold as stated\n";
    for (const ClaimResult* result : refuted) {
        text += refutation(report, *result);
    }
    text += refuted.empty() ? "\nNothing was refuted.\n" : "";
    if (!undecided.empty()) {
        text += "\n## What was not decided\n\n" + list(undecided);
    }
    text += "\n## What holds\n\n" + (hold.empty() ? "Nothing was verified.\n" : by_source(hold));
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
    if (report.mutants) {
        text += fmt::format(
            "\n{} theorems that are wrong on purpose were put in the theorem's place; {} of them were "
            "refuted.\n",
            report.mutants->wrong(),
            report.mutants->survivors.empty() ? "all" : fmt::to_string(report.mutants->killed));
    }
    if (!report.paper->words.open.empty()) {
        text += "\n## What the paper leaves open\n\n" + report.paper->words.open;
    }
    return text;
}

}  // namespace ncverify::reports
