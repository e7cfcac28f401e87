#include "campaign/screen_status.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "campaign/status.hpp"

namespace ncverify::campaign {

Json screen_status_json(const ScreenStore& store, const Shard& shard) {
    const auto [done, known] = blocks_of(store, shard);
    Json claims = Json::array();
    for (std::size_t j = 0; j < store.plan().claims.size(); ++j) {
        const ScreenedClaim& claim = store.total().claims[j];
        claims.push_back({{"id", store.plan().claims[j]},
                          {"checked", claim.checked},
                          {"unresolved", claim.unresolved},
                          {"suspects", claim.suspects}});
    }
    Json refutations = Json::array();
    for (const auto& [number, replay] : store.refutations()) {
        refutations.push_back(replay);
    }
    Json json = {{"state", done == known ? "complete" : "incomplete"},
                 {"cases", store.cases()},
                 {"cases_planned", store.plan().cases},
                 {"tasks", done},
                 {"tasks_known", known},
                 {"suspects", store.reasons()},
                 {"refutations", std::move(refutations)},
                 {"claims", std::move(claims)}};
    if (!shard.whole()) {
        json["shard"] = shard.text();
    }
    return json;
}

std::string screen_status_text(const Json& status) {
    std::string text = fmt::format("{}: {} of {} cases screened\n", state_text(status),
                                   status.at("cases").get<long>(), status.at("cases_planned").get<long>());
    text += session_text(status);
    for (const auto& [reason, count] : status.at("suspects").items()) {
        text += fmt::format("suspects, {}: {}\n", reason, count.get<long>());
    }
    for (const Json& token : status.at("refutations")) {
        text += "refuted: " + token.get<std::string>() + "\n";
    }
    return text;
}

}  // namespace ncverify::campaign
