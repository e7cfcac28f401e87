#include "reports/report_reader.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

#include "files/json_text.hpp"
#include "files/read_file.hpp"
#include "problem/errors.hpp"
#include "reports/screens.hpp"
#include "trial/claim.hpp"

namespace ncverify::reports {
namespace {

using trial::BoxVerdict;
using trial::Claim;
using trial::ClaimResult;
using trial::Evidence;
using trial::Kind;
using trial::Verdict;

/// The value that `to_string` writes as `word`.
template <typename Value, std::size_t size>
Value of_word(const std::string& word, const std::array<Value, size>& values) {
    for (const Value value : values) {
        using trial::to_string;
        if (to_string(value) == word) {
            return value;
        }
    }
    throw InputError("'" + printable(word) + "'", "a word", "one that report.schema.json names");
}

constexpr std::array verdicts{Verdict::verified, Verdict::refuted, Verdict::inconclusive};
constexpr std::array kinds{Kind::claim, Kind::misreading, Kind::extension};
constexpr std::array evidences{Evidence::sampled, Evidence::enclosed, Evidence::certified, Evidence::proved};
constexpr std::array box_verdicts{BoxVerdict::proved, BoxVerdict::refuted, BoxVerdict::undecided};

/// Log10 of "2.6e-51". The text was rounded up: a hair below it, so that it is not rounded up again.
double error_log10(const std::string& text) {
    if (text == "0") {
        return -1e300;
    }
    const auto e = text.find('e');
    return e == std::string::npos
               ? INFINITY
               : std::log10(std::stod(text.substr(0, e))) + std::stod(text.substr(e + 1)) - 1e-9;
}

std::optional<double> slack(const Json& json) {
    return json.is_null() ? std::nullopt : std::optional(std::stod(json.get<std::string>()));
}

/// Of a claim that is registered, also whether it asks for one witness only.
Claim claim_of(const trial::Paper& paper, const Json& json) {
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

trial::Distribution distribution_of(const trial::Paper& paper, const Json& json, const Json& hardest) {
    trial::Distribution result;
    for (const auto& [name, histogram] :
         {std::pair{"digits", &result.digits}, {"slack_decades", &result.decades}}) {
        for (const Json& entry : json.at(name)) {
            (*histogram)[entry.at(0).get<long>()] = entry.at(1).get<long>();
        }
    }
    result.exact = json.at("exact");
    result.tight = json.at("tight");
    for (const Json& hard : hardest) {
        trial::CaseKey key = trial::parse_replay_token(paper, hard.at("replay")).second;
        key.instance = paper.instances.parse_text(hard.at("config"));  // the same, as it was written
        result.hardest.push_back({key, error_log10(hard.at("error")), slack(hard.at("slack"))});
    }
    return result;
}

std::vector<trial::BoxProof> proofs_of(const Json& json, const std::string& claim) {
    std::vector<trial::BoxProof> proofs;
    for (const Json& each : json) {
        trial::BoxProof& proof = proofs.emplace_back();
        proof.claim = claim;
        proof.statement = each.at("statement");
        proof.argument = each.at("argument");
        proof.verdict = of_word(each.at("verdict").get<std::string>(), box_verdicts);
        proof.boxes = each.at("boxes");
        for (const Json& part : each.at("parts")) {
            trial::PartProof& read = proof.parts.emplace_back();
            read.domain = part.at("domain");
            read.verdict = of_word(part.at("verdict").get<std::string>(), box_verdicts);
            read.boxes = part.at("boxes");
            read.box = part.at("box");
        }
    }
    return proofs;
}

std::optional<trial::Counterexample> counterexample_of(const trial::Paper& paper, const Json& json) {
    if (json.is_null()) {
        return std::nullopt;
    }
    trial::Counterexample result{.instance = paper.instances.parse_json(json.at("config").dump(), "config"),
                                 .message = json.at("message"),
                                 .values = {}};
    for (const auto& [name, value] : json.at("values").items()) {
        result.values.emplace_back(name, value.get<std::string>());
    }
    return result;
}

std::optional<trial::FormalProof> theorem_of(const Json& json, const std::string& claim) {
    if (json.is_null()) {
        return std::nullopt;
    }
    return trial::FormalProof{claim, json.at("name"), json.at("refutes"), json.at("statement")};
}

ClaimResult result_of(const trial::Paper& paper, const Json& json) {
    ClaimResult result;
    result.claim = claim_of(paper, json);
    result.verdict = of_word(json.at("verdict").get<std::string>(), verdicts);
    result.cases_evidence = of_word(json.at("cases_evidence").get<std::string>(), evidences);
    const Json& cases = json.at("cases");
    result.checked = cases.at("checked");
    result.passed = cases.at("passed");
    result.refuted = cases.at("refuted");
    result.skipped = cases.at("skipped");
    result.inconclusive = cases.at("inconclusive");
    result.worst_error_log10 = error_log10(json.at("worst_error"));
    result.least_slack = slack(json.at("least_slack"));
    result.searched = json.at("searched");
    for (const Json& covered : json.at("coverage")) {
        result.coverage.push_back(
            {{{covered.at("input"), nullptr}, std::stod(covered.at("demanded").get<std::string>())},
             covered.at("hits"),
             covered.at("cases")});
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

std::optional<MutantTally> mutants_of(const Json& json) {
    if (json.is_null()) {
        return std::nullopt;
    }
    return MutantTally{json.at("total"), json.at("killed"), json.at("equivalent"), json.at("survivors"),
                       json.at("wrongly_refuted")};
}

RunInfo run_of(const trial::Paper& paper, const Json& json) {
    RunInfo run;
    run.version = json.at("version");
    run.seed = json.at("seed");
    run.digits = json.at("digits");
    run.search = json.at("search");
    for (const Json& configuration : json.at("configurations").at("fixed")) {
        run.fixed.push_back(paper.instances.parse_text(configuration));
    }
    run.random = json.at("configurations").at("random");
    run.merged_seeds = json.value("merged_seeds", std::vector<std::uint64_t>{});
    return run;
}

Report report_of(const Json& json, const std::vector<const trial::Paper*>& papers) {
    Report report;
    const Json& run = json.at("run");
    const std::string id = run.value("paper", unnamed_paper);
    const auto known =
        std::find_if(papers.begin(), papers.end(), [&](const trial::Paper* each) { return each->id == id; });
    if (known == papers.end()) {
        throw InputError("paper '" + printable(id) + "'", "run", "one that this program knows");
    }
    report.paper = *known;
    report.run = run_of(**known, run);
    report.trial.cases = run.at("cases");
    report.trial.cases_planned = run.at("cases_planned");
    report.trial.interrupted = run.at("interrupted");
    report.trial.out_of_time = run.at("out_of_time");
    report.mutants = mutants_of(run.at("mutants"));
    ExpectedVerdicts expected;
    for (const Json& claim : json.at("claims")) {
        report.trial.claims.push_back(result_of(**known, claim));
        if (!claim.at("expected").is_null()) {
            expected.verdicts.emplace_back(claim.at("id").get<std::string>(),
                                           of_word(claim.at("expected").get<std::string>(), verdicts));
        }
    }
    if (!expected.verdicts.empty()) {
        report.expected = std::move(expected);
    }
    const Json& solver = json.at("solver");
    report.trial.solver = {solver.at("certified"), solver.at("not_certified"), solver.at("starts_total"),
                           solver.at("starts_largest"), solver.at("local_minima_met")};
    report.pictures = json.value("pictures", Json(nullptr));
    for (const Json& screen : json.at("screens").get_ref<const Json::array_t&>()) {
        report.screens.push_back(screen_summary(screen));
    }
    report.trial.seconds = std::stod(json.at("timing").at("total_s").get<std::string>());
    return report;
}

}  // namespace

Report parse_report(const std::string& text, const std::string& where,
                    const std::vector<const trial::Paper*>& papers) {
    const char* expected = "a report.json that this version of `ncverify verify` wrote";
    Json json = files::parse_json(text, where);
    // A time of exactly 3 seconds is a whole number.
    if (json.is_object() && json.contains("timing") && json["timing"].is_object() &&
        json["timing"].contains("total_s") && json["timing"]["total_s"].is_number()) {
        json["timing"]["total_s"] = json["timing"]["total_s"].dump();
    }
    try {
        return report_of(json, papers);
    } catch (const nlohmann::json::exception& error) {
        throw InputError("not a report (" + printable(error.what()) + ")", where, expected);
    } catch (const InputError& error) {
        throw InputError("not a report (" + printable(error.what()) + ")", where, expected);
    } catch (const std::logic_error&) {  // of std::stod
        throw InputError("not a report (a number is not one)", where, expected);
    }
}

Report read_report(const std::filesystem::path& path, const std::vector<const trial::Paper*>& papers) {
    const std::string where = path.string();
    return parse_report(files::read_file(where, where), where, papers);
}

}  // namespace ncverify::reports
