#include "reports/html_writer.hpp"

#include <fmt/format.h>

#include <kainjow/mustache.hpp>

#include "reports/html_page.hpp"
#include "reports/page_parts.hpp"
#include "reports/text.hpp"
#include "screen/claims.hpp"
#include "trial/claim.hpp"

namespace ncverify::reports {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::list;
using nlohmann::ordered_json;
using trial::ClaimResult;
using trial::Kind;
using trial::Verdict;

/// What was expected instead; empty where nothing else was.
std::string surprise(const Report& report, const ClaimResult& result) {
    const auto different = difference(report, result);
    if (!different) {
        return "";
    }
    return different->expected ? "expected " + trial::to_string(*different->expected)
                               : "new: no verdict expected";
}

data claim_row(const Report& report, const ClaimResult& result) {
    data row;
    row.set("id", visible(result.claim.id));
    row.set("source", visible(result.claim.source));
    row.set("statement", visible(result.claim.statement));
    // A sign beside the word, so that a glance along the column is enough.
    row.set("sign", result.verdict == Verdict::verified  ? "✓"
                    : result.verdict == Verdict::refuted ? "✗"
                                                         : "?");
    row.set("verdict", trial::to_string(result.verdict));
    if (const std::string text = surprise(report, result); !text.empty()) {
        row.set("surprise", text);
    }
    row.set("evidence", trial::to_string(result.evidence()));
    row.set("cases", cases_text(result));
    row.set("agreement", agreement_text(result));
    return row;
}

/// The claims, and apart from them the misreadings, each where there are any.
data groups(const Report& report) {
    list all;
    for (const bool misreadings : {false, true}) {
        list rows;
        for (const ClaimResult& result : report.trial.claims) {
            if ((result.claim.kind == Kind::misreading) == misreadings) {
                rows.push_back(claim_row(report, result));
            }
        }
        if (!rows.empty()) {
            data group;
            group.set("name", misreadings ? "Misreadings, which must be refuted" : "Claims");
            group.set("claims", data(rows));
            all.push_back(group);
        }
    }
    return data(all);
}

/// How the page speaks of the paper.
ordered_json words_json(const trial::ReportWords& words) {
    ordered_json parts = ordered_json::array();
    for (const auto& [name, pattern] : words.parts) {
        parts.push_back({{"name", name}, {"pattern", pattern}});
    }
    return {{"title", words.title},
            {"parts", std::move(parts)},
            {"main_parts", words.main_parts},
            {"main_hold", words.main_hold},
            {"main_undecided", words.main_undecided},
            {"instance", words.instance},
            {"instances", words.instances},
            {"certified", words.certified},
            {"certified_evidence", words.certified_evidence},
            {"argument", words.argument}};
}

/// What the script reads.
ordered_json page_data(const Report& report) {
    ordered_json json = {{"summary", summary(report)}, {"report", to_json(report)}};
    json["report"].erase("timing");
    json["report"].erase("ledgers");  // nothing that a page shows
    // JavaScript's numbers are doubles; seeds have 64 bits.
    ordered_json& run = json["report"]["run"];
    run["seed"] = run["seed"].dump();
    if (run.contains("merged_seeds")) {
        for (ordered_json& seed : run["merged_seeds"]) {
            seed = seed.dump();
        }
    }
    ordered_json misreadings = ordered_json::array();
    for (ordered_json& screen : json["report"]["screens"]) {
        screen["seed"] = screen["seed"].dump();
        for (const ordered_json& claim : screen["claims"]) {
            const std::string id = claim.at("id");
            if (screen::is_misreading(id)) {
                misreadings.push_back(id);
            }
        }
    }
    json["misreadings"] = std::move(misreadings);
    json["paper"] = words_json(report.paper->words);
    ordered_json commands = ordered_json::object();
    ordered_json counterexamples = ordered_json::object();
    const trial::InstanceKind& instances = report.paper->instances;
    for (const ClaimResult& result : report.trial.claims) {
        commands[result.claim.id] = replay_command(result.replay);
        if (result.counterexample) {
            counterexamples[result.claim.id] = {
                {"tex", instances.tex(result.counterexample->instance)},
                {"by_hand", instances.by_hand(result.counterexample->instance)}};
        }
    }
    json["commands"] = std::move(commands);
    json["counterexamples"] = std::move(counterexamples);
    return json;
}

}  // namespace

std::string html_text(const Report& report) {
    data plain;
    plain.set("summary", visible(summary(report)));
    plain.set("groups", groups(report));
    plain.set("version", visible(report.run.version));
    kainjow::mustache::mustache text{std::string(page_parts::report_plain)};
    return html_page({"ncverify report", text.render(plain), page_data(report), page_parts::report_script,
                      page_parts::report_policy});
}

}  // namespace ncverify::reports
