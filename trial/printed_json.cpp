#include "trial/printed_json.hpp"

#include <nlohmann/json.hpp>

namespace ncverify::trial {

Json to_json(const Claim& claim) {
    return {{"id", claim.id},         {"source", claim.source},        {"statement", claim.statement},
            {"domain", claim.domain}, {"kind", to_string(claim.kind)}, {"reading", claim.reading}};
}

Json to_json(const MutationResult& result, const MutationOptions& options) {
    Json json = {{"seed", options.seed},
                 {"digits", options.digits},
                 {"cases", result.cases},
                 {"killed", result.count(Fate::killed)},
                 {"survived", result.count(Fate::survived)},
                 {"equivalent", result.count(Fate::equivalent)},
                 {"wrongly_refuted", result.count(Fate::wrongly_refuted)}};
    json["mutants"] = Json::array();
    for (const MutantResult& each : result.mutants) {
        Json entry = {{"name", each.mutant.name},       {"equation", each.mutant.equation},
                      {"fate", to_string(each.fate())}, {"cases", each.cases},
                      {"different", each.different},    {"killed_by", each.first_killers},
                      {"all_killers", each.killers}};
        if (each.killed()) {
            entry["example"] = each.example;
        }
        if (!each.mutant.equivalent.empty()) {
            entry["reason"] = each.mutant.equivalent;
        }
        json["mutants"].push_back(std::move(entry));
    }
    json["claims"] = Json::array();
    for (const ClaimPower& power : result.claims) {
        Json comparisons = Json::array();
        for (const ComparisonPower& each : power.comparisons) {
            Json entry = {{"comparison", each.comparison}};
            entry["world"] = each.world.empty() ? Json(nullptr) : Json(each.world);
            entry["alone"] = each.alone;
            entry["case"] = each.token.empty() ? Json(nullptr) : Json(each.token);
            if (!each.unneeded.empty()) {
                entry["unneeded"] = each.unneeded;
            }
            comparisons.push_back(std::move(entry));
        }
        json["claims"].push_back({{"id", power.claim},
                                  {"first", power.first},
                                  {"kills", power.all},
                                  {"refuted_as_it_stands", power.refuted_as_it_stands},
                                  {"can_fail", power.can_fail()},
                                  {"comparisons", std::move(comparisons)},
                                  {"lost", power.lost}});
    }
    return json;
}

const char* box_name(const PartProof& part) {
    return part.verdict == BoxVerdict::refuted ? "fails_on" : "smallest_open_box";
}

Json to_json(const BoxProof& proof) {
    Json json = {{"claim", proof.claim},
                 {"statement", proof.statement},
                 {"argument", proof.argument},
                 {"verdict", to_string(proof.verdict)},
                 {"boxes", proof.boxes}};
    json["parts"] = Json::array();
    for (const PartProof& part : proof.parts) {
        Json entry = {{"domain", part.domain}, {"verdict", to_string(part.verdict)}, {"boxes", part.boxes}};
        if (part.verdict == BoxVerdict::refuted) {
            entry["everywhere"] = part.everywhere;
        }
        if (!part.box.empty()) {
            entry[box_name(part)] = part.box;
        }
        json["parts"].push_back(std::move(entry));
    }
    json["timing"] = {{"seconds", proof.seconds}};
    return json;
}

}  // namespace ncverify::trial
