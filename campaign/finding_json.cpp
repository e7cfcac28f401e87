#include "campaign/finding_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "files/json.hpp"
#include "files/json_text.hpp"
#include "problem/errors.hpp"
#include "trial/case_key.hpp"

namespace ncverify::campaign {

namespace {

constexpr const char* where = "a message of another process";

Json kept_json(const Plan& plan, const std::string& claim, const Kept& kept) {
    return {{"part", to_string(kept.place.part)},
            {"number", kept.place.number},
            {"replay", replay_token(plan.paper(), claim, kept.key)},
            {"error", exact_text(kept.error_log10)},
            {"slack", exact_text(kept.slack)},
            {"message", kept.message},
            {"values", values_text(kept.values)}};
}

Kept kept_of(const Plan& plan, const Json& json) {
    return {.place = {part_named(json.at("part"), where), json.at("number")},
            .key = parse_replay_token(plan.paper(), json.at("replay")).second,
            .error_log10 = exact_value(json.at("error")).value(),
            .slack = exact_value(json.at("slack")),
            .message = json.at("message"),
            .values = values_of_text(json.at("values"), where)};
}

Json tally_json(const Plan& plan, std::size_t claim, const Tally& tally) {
    Json marks = Json::object(), kept = Json::object();
    for (const auto& [mark, cases] : tally.marks) {
        marks[to_string(mark)] = cases;
    }
    for (std::size_t why = 0; why < reasons; ++why) {
        for (const Kept& each : tally.kept[why]) {
            kept[to_string(static_cast<Why>(why))].push_back(kept_json(plan, plan.claims()[claim].id, each));
        }
    }
    return {{"claim", claim},
            {"marks", std::move(marks)},
            {"evidence", tally.evidence ? to_string(*tally.evidence) : ""},
            {"least_slack", exact_text(tally.least_slack)},
            {"hits", tally.hits},
            {"kept", std::move(kept)}};
}

Tally tally_of(const Plan& plan, const Json& json) {
    Tally tally;
    for (const auto& [word, cases] : json.at("marks").items()) {
        tally.marks[trial::parse_mark(word)] = cases;
    }
    tally.evidence = evidence_named(json.at("evidence"), where);
    tally.least_slack = exact_value(json.at("least_slack"));
    tally.hits = json.at("hits").get<std::vector<long>>();
    for (const auto& [word, cases] : json.at("kept").items()) {
        for (const Json& each : cases) {
            tally.kept[static_cast<std::size_t>(why_named(word, where))].push_back(kept_of(plan, each));
        }
    }
    return tally;
}

}  // namespace

std::string exact_text(const std::optional<double>& value) {
    return value ? fmt::format("{}", *value) : "";
}

std::optional<double> exact_value(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(std::strtod(text.c_str(), nullptr));
}

std::string values_text(const std::vector<trial::NamedValue>& values) {
    Json list = Json::array();
    for (const auto& [name, value] : values) {
        list.push_back({name, value});
    }
    return list.dump();
}

std::vector<trial::NamedValue> values_of_text(const std::string& text, const std::string& place) {
    std::vector<trial::NamedValue> values;
    const Json list = files::parse_json(text, place);
    const auto is_value = [](const Json& each) {
        return each.is_array() && each.size() == 2 && each[0].is_string() && each[1].is_string();
    };
    if (!list.is_array() || !std::all_of(list.begin(), list.end(), is_value)) {
        throw InputError("a counterexample's values are none", place, "pairs of a name and a decimal text");
    }
    for (const Json& each : list) {
        values.emplace_back(each[0].get<std::string>(), each[1].get<std::string>());
    }
    return values;
}

std::optional<trial::Evidence> evidence_named(const std::string& word, const std::string& place) {
    using trial::Evidence;
    for (const Evidence each :
         {Evidence::sampled, Evidence::enclosed, Evidence::certified, Evidence::proved}) {
        if (word == to_string(each)) {
            return each;
        }
    }
    if (word.empty()) {
        return std::nullopt;
    }
    throw InputError("'" + printable(word) + "' is no evidence", place,
                     "sampled, enclosed, certified or proved");
}

std::string to_message(const Plan& plan, const Task& task) {
    Json json = {{"part", to_string(task.part)}, {"number", task.number}, {"cases", task.cases}};
    if (task.from) {
        json["from"] = kept_json(plan, plan.claims()[static_cast<std::size_t>(task.number)].id, *task.from);
    }
    return json.dump();
}

Task task_of_message(const Plan& plan, const std::string& message) {
    const Json json = Json::parse(message);
    Task task{.part = part_named(json.at("part"), where),
              .number = json.at("number"),
              .cases = json.at("cases").get<std::vector<long>>(),
              .from = {}};
    if (json.contains("from")) {
        task.from = kept_of(plan, json["from"]);
    }
    return task;
}

std::string to_message(const Plan& plan, const Finding& finding) {
    Json claims = Json::array(), slow = Json::array();
    for (const auto& [claim, tally] : finding.claims) {
        claims.push_back(tally_json(plan, claim, tally));
    }
    for (const Slow& each : finding.slow) {
        slow.push_back({each.place.number, exact_text(each.seconds)});
    }
    const trial::SolverRecord& solver = finding.solver;
    return Json{{"part", to_string(finding.part)},
                {"number", finding.number},
                {"cases", finding.cases},
                {"claims", std::move(claims)},
                {"combinations", finding.combinations},
                {"solver",
                 {solver.certified, solver.not_certified, solver.starts_total, solver.starts_largest,
                  solver.local_minima_met}},
                {"seconds", exact_text(finding.seconds)},
                {"slow", std::move(slow)},
                {"machine", finding.machine}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

Finding finding_of_message(const Plan& plan, const std::string& message) {
    const Json json = Json::parse(message);
    Finding finding;
    finding.part = part_named(json.at("part"), where);
    finding.number = json.at("number");
    finding.cases = json.at("cases");
    for (const Json& each : json.at("claims")) {
        finding.claims[each.at("claim").get<std::size_t>()] = tally_of(plan, each);
    }
    finding.combinations = json.at("combinations").get<std::map<std::string, long>>();
    const Json& solver = json.at("solver");
    finding.solver = {solver.at(0), solver.at(1), solver.at(2), solver.at(3), solver.at(4)};
    finding.seconds = exact_value(json.at("seconds")).value();
    for (const Json& each : json.at("slow")) {
        finding.slow.push_back({{finding.part, each.at(0)}, exact_value(each.at(1)).value()});
    }
    finding.machine = json.at("machine");
    return finding;
}

}  // namespace ncverify::campaign
