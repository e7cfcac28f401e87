#include "trial/result_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "files/json_text.hpp"
#include "problem/errors.hpp"
#include "trial/error_text.hpp"

namespace ncverify::trial {

namespace {

Json counterexample_json(const InstanceKind& instances, const std::optional<Counterexample>& counterexample) {
    if (!counterexample) {
        return nullptr;
    }
    Json values = Json::object();
    for (const auto& [name, value] : counterexample->values) {
        values[name] = value;
    }
    return {{"config", Json::parse(instances.json(counterexample->instance))},
            {"message", counterexample->message},
            {"values", std::move(values)}};
}

Json coverage_json(const ClaimResult& result) {
    Json list = Json::array();
    for (const CoverageRecord& covered : result.coverage) {
        list.push_back({{"input", covered.demand.input.name},
                        {"demanded", fmt::format("{:g}", covered.demand.share)},
                        {"hits", covered.hits},
                        {"cases", covered.cases},
                        {"status", to_string(covered.status())}});
    }
    return list;
}

Json proofs_json(const ClaimResult& result) {
    Json list = Json::array();
    for (const BoxProof& proof : result.proofs) {
        Json parts = Json::array();
        for (const PartProof& part : proof.parts) {
            parts.push_back({{"domain", part.domain},
                             {"verdict", to_string(part.verdict)},
                             {"boxes", part.boxes},
                             {"box", part.box}});
        }
        list.push_back({{"statement", proof.statement},
                        {"argument", proof.argument},
                        {"verdict", to_string(proof.verdict)},
                        {"boxes", proof.boxes},
                        {"parts", std::move(parts)}});
    }
    return list;
}

Json theorem_json(const ClaimResult& result) {
    if (!result.formal) {
        return nullptr;
    }
    const std::string module = result.formal->theorem.substr(0, result.formal->theorem.find('.'));
    return {{"name", result.formal->theorem},
            {"file", "proofs/" + module + ".v"},
            {"refutes", result.formal->refutes},
            {"statement", result.formal->statement}};
}

Json distribution_json(const Distribution& distribution) {
    const auto pairs = [](const std::map<long, long>& histogram) {
        Json list = Json::array();
        for (const auto& [value, cases] : histogram) {
            list.push_back({value, cases});
        }
        return list;
    };
    return {{"digits", pairs(distribution.digits)},
            {"slack_decades", pairs(distribution.decades)},
            {"exact", distribution.exact},
            {"tight", distribution.tight}};
}

Json hardest_json(const Paper& paper, const std::string& claim, const Distribution& distribution) {
    Json list = Json::array();
    for (const HardCase& hard : distribution.hardest) {
        list.push_back({{"config", paper.instances.text(hard.key.instance)},
                        {"error", error_text(hard.error_log10)},
                        {"slack", hard.slack ? Json(fmt::format("{:.3g}", *hard.slack)) : nullptr},
                        {"replay", replay_token(paper, claim, hard.key)}});
    }
    return list;
}

/// The value that `to_string` writes as `word`.
template <typename Value, std::size_t size>
Value of_word(const std::string& word, const std::array<Value, size>& values) {
    for (const Value value : values) {
        if (to_string(value) == word) {
            return value;
        }
    }
    throw InputError("'" + printable(word) + "'", "a word", "one that report.schema.json names");
}

constexpr std::array kinds{Kind::claim, Kind::misreading, Kind::extension};
constexpr std::array evidences{Evidence::sampled, Evidence::enclosed, Evidence::certified, Evidence::proved};
constexpr std::array box_verdicts{BoxVerdict::proved, BoxVerdict::refuted, BoxVerdict::undecided};

long count_of(const Json& json, const char* key) {
    return files::count_of(json.at(key), key, "a claim");
}

std::optional<double> slack(const Json& json) {
    return json.is_null() ? std::nullopt : std::optional(std::stod(json.get<std::string>()));
}

/// Of a claim that is registered, also whether it asks for one witness only.
Claim claim_of(const Paper& paper, const Json& json) {
    Claim claim;
    claim.id = json.at("id");
    claim.source = json.at("source");
    claim.statement = json.at("statement");
    claim.domain = json.at("domain");
    claim.kind = of_word(json.at("kind").get<std::string>(), kinds);
    claim.reading = json.at("reading");
    const auto known = std::find_if(paper.claims.begin(), paper.claims.end(),
                                    [&](const Claim& other) { return other.id == claim.id; });
    claim.existence = known != paper.claims.end() && known->existence;
    claim.rests_on = json.at("rests_on").get<std::vector<std::string>>();
    return claim;
}

Distribution distribution_of(const Paper& paper, const Json& json, const Json& hardest) {
    Distribution result;
    for (const auto& [name, histogram] :
         {std::pair{"digits", &result.digits}, {"slack_decades", &result.decades}}) {
        for (const Json& entry : json.at(name)) {
            (*histogram)[entry.at(0).get<long>()] = files::count_of(entry.at(1), name, "a claim");
        }
    }
    result.exact = count_of(json, "exact");
    result.tight = count_of(json, "tight");
    for (const Json& hard : hardest) {
        CaseKey key = parse_replay_token(paper, hard.at("replay")).second;
        key.instance = paper.instances.parse_text(hard.at("config"));  // the same, as it was written
        result.hardest.push_back({key, parse_error_text(hard.at("error")), slack(hard.at("slack"))});
    }
    return result;
}

std::vector<BoxProof> proofs_of(const Json& json, const std::string& claim) {
    std::vector<BoxProof> proofs;
    for (const Json& each : json) {
        BoxProof& proof = proofs.emplace_back();
        proof.claim = claim;
        proof.statement = each.at("statement");
        proof.argument = each.at("argument");
        proof.verdict = of_word(each.at("verdict").get<std::string>(), box_verdicts);
        proof.boxes = count_of(each, "boxes");
        for (const Json& part : each.at("parts")) {
            PartProof& read = proof.parts.emplace_back();
            read.domain = part.at("domain");
            read.verdict = of_word(part.at("verdict").get<std::string>(), box_verdicts);
            read.boxes = count_of(part, "boxes");
            read.box = part.at("box");
        }
    }
    return proofs;
}

std::optional<Counterexample> counterexample_of(const Paper& paper, const Json& json) {
    if (json.is_null()) {
        return std::nullopt;
    }
    Counterexample result{.instance = paper.instances.parse_json(json.at("config").dump(), "config"),
                          .message = json.at("message"),
                          .values = {}};
    for (const auto& [name, value] : json.at("values").items()) {
        result.values.emplace_back(name, value.get<std::string>());
    }
    return result;
}

std::optional<FormalProof> theorem_of(const Json& json, const std::string& claim) {
    if (json.is_null()) {
        return std::nullopt;
    }
    return FormalProof{claim, json.at("name"), json.at("refutes"), json.at("statement")};
}

}  // namespace

Json to_json(const Paper& paper, const ClaimResult& result, const std::optional<Verdict>& expected) {
    return {{"id", result.claim.id},
            {"source", result.claim.source},
            {"statement", result.claim.statement},
            {"domain", result.claim.domain},
            {"kind", to_string(result.claim.kind)},
            {"verdict", to_string(result.verdict)},
            {"expected", expected ? Json(to_string(*expected)) : Json(nullptr)},
            {"evidence", to_string(result.evidence())},
            {"cases_evidence", to_string(result.cases_evidence)},
            {"cases",
             {{"checked", result.checked},
              {"passed", result.passed},
              {"refuted", result.refuted},
              {"skipped", result.skipped},
              {"inconclusive", result.inconclusive}}},
            {"worst_error", error_text(result.worst_error_log10)},
            {"least_slack", result.least_slack ? Json(fmt::format("{:.3g}", *result.least_slack)) : nullptr},
            {"searched", result.searched},
            {"coverage", coverage_json(result)},
            {"distribution", distribution_json(result.distribution)},
            {"hardest", hardest_json(paper, result.claim.id, result.distribution)},
            {"rests_on", result.claim.rests_on},
            {"proofs", proofs_json(result)},
            {"theorem", theorem_json(result)},
            {"mutants_killed", result.mutants_killed},
            {"reading", result.claim.reading},
            {"counterexample", counterexample_json(paper.instances, result.counterexample)},
            {"message", result.message},
            {"replay", result.replay}};
}

Verdict parse_verdict(const std::string& word) {
    return of_word(word, std::array{Verdict::verified, Verdict::refuted, Verdict::inconclusive});
}

ClaimResult parse_claim_result(const Paper& paper, const Json& json) {
    ClaimResult result;
    result.claim = claim_of(paper, json);
    result.verdict = parse_verdict(json.at("verdict").get<std::string>());
    result.cases_evidence = of_word(json.at("cases_evidence").get<std::string>(), evidences);
    const Json& cases = json.at("cases");
    result.checked = count_of(cases, "checked");
    result.passed = count_of(cases, "passed");
    result.refuted = count_of(cases, "refuted");
    result.skipped = count_of(cases, "skipped");
    result.inconclusive = count_of(cases, "inconclusive");
    result.worst_error_log10 = parse_error_text(json.at("worst_error"));
    result.least_slack = slack(json.at("least_slack"));
    result.searched = count_of(json, "searched");
    for (const Json& covered : json.at("coverage")) {
        result.coverage.push_back({.demand = {.input = {.name = covered.at("input"), .contains = nullptr},
                                              .share = std::stod(covered.at("demanded").get<std::string>())},
                                   .hits = count_of(covered, "hits"),
                                   .cases = count_of(covered, "cases")});
    }
    result.distribution = distribution_of(paper, json.at("distribution"), json.at("hardest"));
    result.proofs = proofs_of(json.at("proofs"), result.claim.id);
    result.formal = theorem_of(json.at("theorem"), result.claim.id);
    result.mutants_killed = json.at("mutants_killed").get<std::vector<std::string>>();
    result.counterexample = counterexample_of(paper, json.at("counterexample"));
    result.message = json.at("message");
    result.replay = json.at("replay");
    return result;
}

}  // namespace ncverify::trial
