#include "campaign/status.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <map>
#include <nlohmann/json.hpp>

#include "campaign/result.hpp"
#include "campaign/statistics.hpp"
#include "campaign/store_file.hpp"
#include "campaign/store_lock.hpp"
#include "files/json_text.hpp"
#include "files/read_file.hpp"
#include "problem/errors.hpp"
#include "problem/random.hpp"
#include "trial/case_key.hpp"

namespace ncverify::campaign {

namespace {

Json verdicts_json(const trial::TrialResult& result) {
    long verified = 0, refuted = 0, inconclusive = 0, controls = 0;
    Json against = Json::array();
    for (const trial::ClaimResult& claim : result.claims) {
        const bool control = claim.claim.kind == trial::Kind::misreading;
        if (control) {
            controls += claim.verdict == trial::Verdict::refuted ? 1 : 0;
            continue;
        }
        verified += claim.verdict == trial::Verdict::verified ? 1 : 0;
        inconclusive += claim.verdict == trial::Verdict::inconclusive ? 1 : 0;
        if (claim.verdict == trial::Verdict::refuted) {
            ++refuted;
            against.push_back({{"id", claim.claim.id}, {"cases", claim.refuted}, {"replay", claim.replay}});
        }
    }
    return {{"verified", verified},
            {"refuted", refuted},
            {"inconclusive", inconclusive},
            {"misreadings_refuted", controls},
            {"refutations", std::move(against)}};
}

// By the kind of input: how many claims have not seen enough of it.
Json open_json(const trial::TrialResult& result) {
    std::map<std::string, long> claims;
    for (const trial::ClaimResult& claim : result.claims) {
        for (const trial::CoverageRecord& covered : claim.coverage) {
            if (covered.hits == 0 || covered.status() != trial::Coverage::met) {
                ++claims[covered.demand.input.name];
            }
        }
    }
    Json open = Json::array();
    for (const auto& [input, count] : claims) {
        open.push_back({{"input", input}, {"claims", count}});
    }
    return open;
}

std::string duration(double seconds) {
    const auto whole = static_cast<long>(seconds);
    return whole >= 3600 ? fmt::format("{} h {} min", whole / 3600, whole / 60 % 60)
           : whole >= 60 ? fmt::format("{} min {} s", whole / 60, whole % 60)
                         : fmt::format("{} s", whole);
}

// Whether a document has what is taken from one: it may be damaged, or somebody else's.
bool is_told(const Json& told) {
    const auto has_text = [](const Json& object, const char* key) {
        return object.is_object() && object.contains(key) && object[key].is_string();
    };
    if (!has_text(told, "state") || !told.contains("session") ||
        (told.contains("shard") && !told["shard"].is_string())) {
        return false;
    }
    const Json& session = told["session"];
    return has_text(session, "cases_a_second") && has_text(session, "machine") &&
           session.contains("threads") && session["threads"].is_number_integer() &&
           session.contains("seconds_left") &&
           (session["seconds_left"].is_null() ||
            (session["seconds_left"].is_string() && parse_seed(session["seconds_left"].get<std::string>())));
}

}  // namespace

std::filesystem::path status_path(const std::filesystem::path& folder) {
    return folder / "status.json";
}

Json status_json(const Plan& plan, const Standing& standing, const Schedule& schedule) {
    const trial::TrialResult result = result_of(plan, standing);
    const auto [done, known] = schedule.tasks();
    Json slow = Json::array();
    for (const Slow& each : standing.slow) {
        if (slow.size() < 5) {
            const trial::Instance instance = plan.key(each.place.number).instance;
            slow.push_back({{"case", each.place.number},
                            {"seconds", fmt::format("{:.3g}", each.seconds)},
                            {"config", plan.paper().instances.text(instance)}});
        }
    }
    Json json = {{"state", schedule.complete() ? "complete" : "incomplete"},
                 {"cases", standing.cases[0]},
                 {"cases_planned", plan.cases()},
                 {"adaptive_cases", standing.cases[1]},
                 {"tasks", done},
                 {"tasks_known", known},
                 {"verdicts", verdicts_json(result)},
                 {"statement", statistics_text(plan, standing)},
                 {"coverage_open", open_json(result)},
                 {"slowest", std::move(slow)}};
    if (!schedule.shard().whole()) {
        json["shard"] = schedule.shard().text();
    }
    return json;
}

Json status_json(const Plan& plan, const Standing& standing, const Schedule& schedule, const Session& session,
                 const std::string& state) {
    Json json = status_json(plan, standing, schedule);
    json["state"] = state;
    const auto [done, known] = schedule.tasks();
    json["session"] = session_json(session, known - done);
    return json;
}

Json session_json(const Session& session, long tasks_left) {
    const double rate = session.seconds > 0 ? static_cast<double>(session.cases) / session.seconds : 0;
    const double left = session.blocks > 0 ? session.seconds / static_cast<double>(session.blocks) *
                                                 static_cast<double>(tasks_left)
                                           : 0;
    return {
        {"machine", machine_name()},
        {"process", ::getpid()},
        {"threads", session.threads},
        {"seconds", fmt::format("{:.1f}", session.seconds)},
        {"cases", session.cases},
        {"cases_a_second", fmt::format("{:.3g}", rate)},
        {"seconds_left", session.blocks > 0 ? Json(fmt::format("{:.0f}", left)) : Json(nullptr)},
        {"transactions", session.transactions},
        {"seconds_a_transaction",
         fmt::format("{:.3g}", session.transactions > 0
                                   ? session.write_seconds / static_cast<double>(session.transactions)
                                   : 0.0)},
        {"messages", session.messages.count},
        {"bytes_a_message", session.messages.count > 0 ? session.messages.bytes / session.messages.count : 0},
        {"seconds_a_message",
         fmt::format("{:.3g}", session.messages.count > 0
                                   ? session.messages.seconds / static_cast<double>(session.messages.count)
                                   : 0.0)},
        {"share_outside_cases", fmt::format("{:.3f}", session.share_outside())}};
}

std::string add_told(Json& status, const std::filesystem::path& folder) {
    std::error_code none;
    const std::filesystem::path path = status_path(folder);
    if (!std::filesystem::exists(path, none)) {
        return "";
    }
    Json told;
    try {
        told = files::parse_json(files::read_file(path.string(), path.string()), path.string());
        if (told.is_object() && told.contains("state") && !told.contains("session")) {
            return "";  // of a merge, which has none
        }
        if (!is_told(told)) {
            throw InputError("is no status", path.string(), "what `ncverify campaign` writes");
        }
    } catch (const InputError& error) {
        return std::string(error.what()) + "; nothing is told of its session";
    }
    status["session"] = told["session"];
    if (told.contains("shard")) {
        status["shard"] = told["shard"];
    }
    if (status["state"] != "complete") {
        // Who was killed has not said so.
        status["state"] = told["state"] != "running" || is_owned(folder) ? told["state"] : Json("stopped");
    }
    return "";
}

std::string state_text(const Json& status) {
    return status.at("state").get<std::string>() +
           (status.contains("shard") ? " (shard " + status["shard"].get<std::string>() + ")" : "");
}

std::string session_text(const Json& status) {
    if (!status.contains("session")) {
        return "";
    }
    const Json& session = status.at("session");
    std::string text =
        fmt::format("{} cases a second on {} threads of {}", session.at("cases_a_second").get<std::string>(),
                    session.at("threads").get<int>(), session.at("machine").get<std::string>());
    if (session.at("seconds_left").is_string()) {
        text += "; " + duration(std::stod(session.at("seconds_left").get<std::string>())) + " left";
    }
    return text + "\n";
}

std::string status_text(const Json& status) {
    const Json& verdicts = status.at("verdicts");
    std::string text = fmt::format(
        "{}: {} of {} cases, {} adaptive ones\n{} statements verified, {} refuted, {} undecided; {} misreadings "
        "refuted\n",
        state_text(status), status.at("cases").get<long>(), status.at("cases_planned").get<long>(),
        status.at("adaptive_cases").get<long>(), verdicts.at("verified").get<long>(),
        verdicts.at("refuted").get<long>(), verdicts.at("inconclusive").get<long>(),
        verdicts.at("misreadings_refuted").get<long>());
    text += session_text(status);
    for (const Json& open : status.at("coverage_open")) {
        text += fmt::format("too few cases yet: {} ({} claims)\n", open.at("input").get<std::string>(),
                            open.at("claims").get<long>());
    }
    for (const Json& slow : status.at("slowest")) {
        text += fmt::format("slow: case {}, {} s, {}\n", slow.at("case").get<long>(),
                            slow.at("seconds").get<std::string>(), slow.at("config").get<std::string>());
    }
    return text + status.at("statement").get<std::string>() + "\n";
}

}  // namespace ncverify::campaign
