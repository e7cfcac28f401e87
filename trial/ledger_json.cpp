#include "trial/ledger_json.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "files/json_text.hpp"
#include "problem/errors.hpp"
#include "trial/word_sequence.hpp"

namespace ncverify::trial {

namespace {

constexpr const char* where = "the ledger";

constexpr long most_random = 10'000'000'000;   // cases of one run: sums over runs stay within 64 bits
constexpr std::uint64_t most_starts = 99'999;  // of one case, far beyond what is ever tried

// A whole number as std::to_string writes it.
std::uint64_t number(const std::string& text, std::uint64_t largest = UINT64_MAX) {
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    if (std::to_string(value) != text || value > largest) {
        throw InputError("'" + printable(text) + "' is no number", where,
                         "a whole number, at most " + std::to_string(largest));
    }
    return value;
}

std::string effort_word(const Effort& effort) {
    return effort.finished ? (effort.certified ? "c" : "n") + std::to_string(effort.starts) + "." +
                                 std::to_string(effort.local_minima)
                           : "-";
}

Effort parse_effort(const std::string& word) {
    if (word == "-") {
        return {};
    }
    const std::size_t dot = std::min(word.find('.'), word.size());
    if (word.empty() || (word[0] != 'c' && word[0] != 'n') || dot == word.size()) {
        throw InputError("'" + printable(word) + "' says nothing of a solver", where, "such as c12.3 or -");
    }
    return {.finished = true,
            .starts = static_cast<long>(number(word.substr(1, dot - 1), most_starts)),
            .certified = word[0] == 'c',
            .local_minima = static_cast<long>(number(word.substr(dot + 1), most_starts))};
}

std::string met_word(bool met) {
    return met ? "y" : "n";
}

bool parse_met(const std::string& word) {
    if (word != "y" && word != "n") {
        throw InputError("'" + printable(word) + "' is neither y nor n", where, "y or n");
    }
    return word == "y";
}

std::string mark_word(const Mark& mark) {
    return to_string(mark);
}

Json cases_json(const Paper& paper, const std::vector<CaseKey>& keys) {
    Json list = Json::array();
    for (const CaseKey& key : keys) {
        list.push_back(std::to_string(key.seed) + ":" + paper.instances.word(key.instance));
    }
    return list;
}

std::vector<CaseKey> parse_cases(const Paper& paper, const Ledger& ledger, const Json& json) {
    const std::string expected = "SEED:" + paper.instances.word_form;
    std::vector<CaseKey> keys;
    for (const Json& each : json.get_ref<const Json::array_t&>()) {
        const auto text = each.get<std::string>();
        const std::size_t colon = std::min(text.find(':'), text.size());
        if (colon == text.size()) {
            throw InputError("'" + printable(text) + "' is no case", where, expected);
        }
        keys.push_back({.instance = paper.instances.parse_word(text.substr(colon + 1), where, expected),
                        .seed = number(text.substr(0, colon)),
                        .digits = ledger.digits,
                        .method = ledger.method});
    }
    return keys;
}

Json walk_json(const std::optional<Walk>& walk) {
    if (!walk) {
        return nullptr;
    }
    Json json = {{"start", walk->start}, {"steps", walk->marks.size()}};
    json.update(to_json(walk->marks, mark_word));
    return json;
}

Json claim_json(const ClaimLedger& claim) {
    Json json = {{"id", claim.claim}};
    json.update(to_json(claim.marks, mark_word));
    json["failed"] = claim.failed ? Json(*claim.failed) : Json(nullptr);
    json["walk"] = walk_json(claim.walk);
    return json;
}

long case_number(const Json& json, const char* name, const Ledger& ledger) {
    const long value = files::count_of(json, name, where);
    if (value >= ledger.cases()) {
        throw InputError("'" + std::string(name) + "' is no case of it", where, "a case's number");
    }
    return value;
}

ClaimLedger parse_claim(const Ledger& ledger, const Json& json, long& budget) {
    ClaimLedger claim;
    claim.claim = json.at("id");
    claim.marks = parse_run_lengths<Mark>(json, ledger.cases(), budget, parse_mark);
    const bool refuted = std::any_of(claim.marks.runs().begin(), claim.marks.runs().end(),
                                     [](const auto& run) { return run.value.kind == Mark::Kind::refuted; });
    if (!json.at("failed").is_null()) {
        claim.failed = case_number(json["failed"], "failed", ledger);
    }
    if (claim.failed.has_value() != refuted ||
        (claim.failed && claim.marks.at(*claim.failed).kind != Mark::Kind::refuted)) {
        throw InputError("'failed' does not say where '" + printable(claim.claim) + "' failed", where,
                         "one of the cases marked r, null where there is none");
    }
    if (const Json& walk = json.at("walk"); !walk.is_null()) {
        claim.walk = Walk{.start = case_number(walk.at("start"), "start", ledger), .marks = {}};
        claim.walk->marks = parse_run_lengths<Mark>(walk, files::count_of(walk.at("steps"), "steps", where),
                                                    budget, parse_mark);
        if (refuted || !claim.marks.at(claim.walk->start).passed()) {
            throw InputError("a search of '" + printable(claim.claim) + "' starts where none can", where,
                             "a case that it passed, none where it failed in a case");
        }
    }
    return claim;
}

}  // namespace

Json to_json(const Paper& paper, const Ledger& ledger) {
    Json inputs = Json::array(), claims = Json::array();
    for (const InputLedger& each : ledger.inputs) {
        Json json = {{"input", each.input.name}};
        json.update(to_json(each.met, met_word));
        inputs.push_back(std::move(json));
    }
    for (const ClaimLedger& claim : ledger.claims) {
        claims.push_back(claim_json(claim));
    }
    return {{"version", ledger.version},
            {"seed", ledger.seed},
            {"digits", ledger.digits},
            {"search", ledger.method},
            {"kept", cases_json(paper, ledger.kept)},
            {"given", cases_json(paper, ledger.given)},
            {"random", ledger.random},
            {"asked", ledger.asked},
            {"until_covered", ledger.until_covered},
            {"solver", to_json(ledger.efforts, effort_word)},
            {"inputs", std::move(inputs)},
            {"claims", std::move(claims)}};
}

Ledger parse_ledger(const Paper& paper, const Json& json, long& budget) {
    Ledger ledger;
    ledger.version = json.at("version");
    ledger.seed = json.at("seed");
    ledger.digits = files::count_of(json.at("digits"), "digits", where);
    ledger.method = json.at("search");
    ledger.kept = parse_cases(paper, ledger, json.at("kept"));
    ledger.given = parse_cases(paper, ledger, json.at("given"));
    ledger.random = files::count_of(json.at("random"), "random", where, most_random);
    ledger.asked = files::count_of(json.at("asked"), "asked", where, ledger.random);
    ledger.until_covered = json.at("until_covered");
    ledger.efforts = parse_run_lengths<Effort>(json.at("solver"), ledger.cases(), budget, parse_effort);
    std::set<std::string> names;
    for (const Json& each : json.at("inputs").get_ref<const Json::array_t&>()) {
        const auto name = each.at("input").get<std::string>();
        if (!names.insert(name).second) {
            throw InputError("'" + printable(name) + "' stands twice", where, "each input once");
        }
        ledger.inputs.push_back({.input = {.name = name, .contains = nullptr},
                                 .met = parse_run_lengths<bool>(each, ledger.random, budget, parse_met)});
    }
    names.clear();
    for (const Json& each : json.at("claims").get_ref<const Json::array_t&>()) {
        ledger.claims.push_back(parse_claim(ledger, each, budget));
        if (!names.insert(ledger.claims.back().claim).second) {
            throw InputError("'" + printable(ledger.claims.back().claim) + "' stands twice", where,
                             "each claim once");
        }
    }
    budget -= ledger.listed() * static_cast<long>(ledger.claims.size());
    if (budget < 0) {
        throw InputError("it is too long", where, "fewer cases");
    }
    return ledger;
}

}  // namespace ncverify::trial
