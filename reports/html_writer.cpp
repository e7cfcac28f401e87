#include "reports/html_writer.hpp"

#include <fmt/format.h>

#include <cassert>
#include <map>
#include <string_view>

#include "properties/registry.hpp"
#include "reports/tex.hpp"
#include "reports/text.hpp"

namespace ncverify::reports {
namespace {

using properties::ClaimResult;
using properties::Kind;
using properties::Verdict;

// Each file is one raw string literal, so that the compiler itself embeds it and follows its changes.
constexpr std::string_view page_template =
#include "reports/page/page.html"
    ;
constexpr std::string_view style_sheet =
#include "reports/page/style.css"
    ;

/// Puts `parts` in the places of the template's {{names}}. What is put in is not looked at again.
std::string fill(std::string_view page, const std::map<std::string, std::string, std::less<>>& parts) {
    std::string result;
    while (true) {
        const auto open = page.find("{{");
        result += page.substr(0, open);
        if (open == std::string_view::npos) {
            return result;
        }
        const auto close = page.find("}}", open);
        assert(close != std::string_view::npos);
        const auto part = parts.find(page.substr(open + 2, close - open - 2));
        assert(part != parts.end());
        result += part->second;
        page.remove_prefix(close + 2);
    }
}

/// A sign, so that colour is never the only difference, and the word itself.
std::string status_html(const Report& report, const ClaimResult& result) {
    const std::string word = properties::to_string(result.verdict);
    const char* sign = result.verdict == Verdict::verified  ? "✓"
                       : result.verdict == Verdict::refuted ? "✗"
                                                            : "?";
    const bool control = result.claim.kind == Kind::misreading && result.verdict == Verdict::refuted;
    std::string text = fmt::format("<span class=\"status {}\"><span aria-hidden=\"true\">{}</span> {}</span>",
                                   control ? "control" : word, sign, word);
    const auto different = difference(report, result);
    if (different) {
        text += different->expected ? " <span class=\"unexpected\">expected " +
                                          properties::to_string(*different->expected) + "</span>"
                                    : " <span class=\"unexpected\">new: no verdict expected</span>";
    }
    return text;
}

std::string cell(std::string_view label, const std::string& content) {
    return fmt::format("<td data-label=\"{}\"><div>{}</div></td>", label, content);
}

std::string command_html(const std::string& command) {
    return command.empty() ? "" : "<code class=\"command\">" + markup(command) + "</code>";
}

// The evidence, and Coq's theorem to unfold where there is one.
std::string evidence_html(const ClaimResult& result) {
    const std::string level = properties::to_string(result.evidence());
    if (!result.formal) {
        return level;
    }
    return fmt::format("{}<details><summary><code>{}</code></summary><pre>{}</pre></details>", level,
                       markup(result.formal->theorem), markup(result.formal->statement));
}

std::string row_html(const Report& report, const ClaimResult& result) {
    const std::string id = markup(result.claim.id);
    const std::string kind =
        result.claim.kind == Kind::extension ? " <span class=\"kind\">beyond the paper</span>" : "";
    const std::string domain = result.claim.domain.empty()
                                   ? ""
                                   : "<span class=\"domain\">" + markup(result.claim.domain) + "</span>";
    const std::string agreement =
        result.passed == 0 ? "–"
                           : fmt::format("<span title=\"worst relative deviation {}\">{}</span>",
                                         error_text(result.worst_error_log10), agreement_text(result));
    return "<tr>" +
           fmt::format("<th scope=\"row\"><code>{}</code><span class=\"source\">{}</span>{}</th>", id,
                       markup(result.claim.source), kind) +
           cell("Statement",
                "<span class=\"statement\">" + tex_to_html(result.claim.statement) + "</span>" + domain) +
           cell("Status", status_html(report, result)) + cell("Evidence", evidence_html(result)) +
           cell("Cases", cases_text(result)) + cell("Agreement", agreement) +
           cell("Repeat it", command_html(replay_command(result.replay))) + "</tr>\n";
}

std::string table_html(const Report& report, bool misreadings) {
    std::string rows;
    for (const auto& result : report.trial.claims) {
        if ((result.claim.kind == Kind::misreading) == misreadings) {
            rows += row_html(report, result);
        }
    }
    if (rows.empty()) {
        return "<p>None was put on trial.</p>";
    }
    return "<table>\n<thead><tr><th scope=\"col\">Claim</th><th scope=\"col\">Statement</th><th "
           "scope=\"col\">Status</th>"
           "<th scope=\"col\">Evidence</th><th scope=\"col\">Cases held</th><th scope=\"col\">Agreement</th>"
           "<th scope=\"col\">Repeat it</th></tr></thead>\n<tbody>\n" +
           rows + "</tbody>\n</table>";
}

std::string counterexample_html(const properties::Counterexample& example) {
    std::string values;
    for (const auto& [name, value] : example.values) {
        values += fmt::format("<dt>{}</dt><dd><code>{}</code></dd>\n", markup(name), markup(value));
    }
    return "<p>Smallest counterexample found:</p>\n" + command_html(example.configuration.command_line()) +
           (example.message.empty() ? "" : "\n<p>" + markup(example.message) + "</p>") +
           (values.empty() ? "" : "\n<dl>\n" + values + "</dl>");
}

std::string finding_html(const Report& report, const ClaimResult& result) {
    std::string text = fmt::format(
        "<article class=\"finding\">\n<h3><code>{}</code> <span class=\"source\">{}</span> {}</h3>\n",
        markup(result.claim.id), markup(result.claim.source), status_html(report, result));
    text += "<p class=\"statement\">" + tex_to_html(result.claim.statement) + "</p>\n";
    if (result.counterexample) {
        text += counterexample_html(*result.counterexample) + "\n";
    }
    if (result.verdict == Verdict::inconclusive && !result.message.empty()) {
        text += "<p>" + markup(result.message) + "</p>\n";
    }
    if (!result.replay.empty()) {
        text += "<p>To repeat it:</p>\n" + command_html(replay_command(result.replay)) + "\n";
    }
    return text + "</article>\n";
}

/// What a reader should look at: statements that do not hold, undecided ones, and every unexpected verdict.
std::string findings_html(const Report& report) {
    std::string text;
    for (const auto& result : report.trial.claims) {
        const bool control = result.claim.kind == Kind::misreading;
        const bool unexpected = difference(report, result).has_value();
        if (unexpected || result.verdict == Verdict::inconclusive ||
            (result.verdict == Verdict::refuted) != control) {
            text += finding_html(report, result);
        }
    }
    return text.empty()
               ? "<p>Every statement holds, every misreading is refuted, and no verdict is unexpected.</p>"
               : text;
}

std::string controls_html(const Report& report) {
    std::string text;
    for (const auto& result : report.trial.claims) {
        if (result.claim.kind == Kind::misreading && result.counterexample) {
            text += fmt::format("<details><summary>What refutes <code>{}</code></summary>\n{}\n</details>\n",
                                markup(result.claim.id), counterexample_html(*result.counterexample));
        }
    }
    return text;
}

std::string solver_html(const Report& report) {
    const auto& solver = report.trial.solver;
    const auto item = [](const char* name, long value) {
        return fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, value);
    };
    return "<dl>\n" + item("Minimisers certified", solver.certified) +
           item("Not certified", solver.not_certified) + item("Starts in all", solver.starts_total) +
           item("Most starts in one case", solver.starts_largest) +
           item("Local minima met that are not global", solver.local_minima_met) + "</dl>";
}

std::string run_html(const Report& report) {
    const auto item = [](const char* name, const std::string& value) {
        return fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, value);
    };
    std::string fixed;
    for (const Configuration& configuration : report.run.fixed) {
        fixed += "<code>" + markup(configuration.command_line()) + "</code><br>\n";
    }
    return "<dl>\n" + item("Version", markup(report.run.version)) +
           item("Seed", fmt::to_string(report.run.seed)) + item("Digits", fmt::to_string(report.run.digits)) +
           item("Search behind the minimisers", solvers::to_string(report.run.search)) +
           item("Cases", fmt::format("{} of {}", report.trial.cases, report.trial.cases_planned)) +
           item("Random configurations", fmt::to_string(report.run.random)) +
           item("Given configurations", fixed.empty() ? "none" : fixed) + "</dl>";
}

}  // namespace

std::string html_text(const Report& report) {
    const Tally count = tally(report);
    const bool quiet =
        count.differences == 0 && count.undecided == 0 && count.misreadings == count.misreadings_refuted;
    return fill(page_template, {{"style", std::string(style_sheet)},
                                {"mood", quiet ? "settled" : "unsettled"},
                                {"summary", markup(summary(report))},
                                {"findings", findings_html(report)},
                                {"claims", table_html(report, false)},
                                {"misreadings", table_html(report, true)},
                                {"controls", controls_html(report)},
                                {"solver", solver_html(report)},
                                {"run", run_html(report)},
                                {"version", markup(report.run.version)}});
}

}  // namespace ncverify::reports
