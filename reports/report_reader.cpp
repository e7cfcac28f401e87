#include "reports/report_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "files/json_text.hpp"
#include "files/read_file.hpp"
#include "problem/errors.hpp"
#include "properties/engine.hpp"
#include "properties/paper.hpp"
#include "reports/screens.hpp"
#include "reports/trainings.hpp"
#include "trial/account.hpp"
#include "trial/ledger_json.hpp"
#include "trial/reckoning.hpp"
#include "trial/result_json.hpp"

namespace ncverify::reports {
namespace {

constexpr long largest_total_size = 10'000'000;

/// How many numbers an instance holds, where it is known what it is.
long size_of(const trial::Paper& paper, const trial::Instance& instance) {
    return paper.id == properties::paper().id ? properties::configuration_of(instance).classes() : 1;
}

/// The paper, reading as many instances as fit into a limit altogether: `1x100000` is short to write.
trial::Paper reading_with_limit(const trial::Paper& paper) {
    trial::Paper limited = paper;
    const auto total = std::make_shared<long>(0);
    const auto counted = [&paper, total](trial::Instance instance) {
        *total += size_of(paper, instance);
        if (*total > largest_total_size) {
            throw InputError("its instances are too large", "run and claims",
                             fmt::format("at most {} numbers in all of them", largest_total_size));
        }
        return instance;
    };
    limited.instances.parse_text = [counted, parse = paper.instances.parse_text](const std::string& text) {
        return counted(parse(text));
    };
    limited.instances.parse_word = [counted, parse = paper.instances.parse_word](
                                       const std::string& word, const std::string& where,
                                       const std::string& expected) {
        return counted(parse(word, where, expected));
    };
    limited.instances.parse_json = [counted, parse = paper.instances.parse_json](const std::string& json,
                                                                                 const std::string& where) {
        return counted(parse(json, where));
    };
    return limited;
}

long count_of(const Json& json, const char* key) {
    return files::count_of(json.at(key), key, "a report");
}

std::optional<MutantTally> mutants_of(const Json& json) {
    if (json.is_null()) {
        return std::nullopt;
    }
    return MutantTally{count_of(json, "total"),      count_of(json, "killed"),
                       count_of(json, "equivalent"), json.at("survivors"),
                       json.at("wrongly_refuted"),   json.value("untested", std::vector<std::string>{})};
}

bool same_counts(const trial::ClaimResult& one, const trial::ClaimResult& other) {
    const auto counts = [](const trial::ClaimResult& result) {
        std::vector<long> hits;
        for (const trial::CoverageRecord& covered : result.coverage) {
            hits.insert(hits.end(), {covered.hits, covered.cases});
        }
        const trial::Distribution& distribution = result.distribution;
        return std::tuple(result.checked, result.passed, result.refuted, result.skipped, result.inconclusive,
                          result.searched, distribution.digits, distribution.decades, distribution.exact,
                          distribution.tight, hits);
    };
    return counts(one) == counts(other);
}

/// The first thing in a report that its ledgers do not come to: "the number of cases is"; "" where none is.
std::string disagreement(const Report& report) {
    const trial::Reckoning reckoning(*report.paper, report.trial.ledgers);
    trial::TrialResult cases;
    reckoning.count_cases(cases);
    const auto& solver = report.trial.solver;
    if (report.trial.cases != cases.cases || report.trial.cases_planned != cases.cases_planned ||
        report.run.random != reckoning.asked()) {
        return "the number of cases is";
    }
    if (std::tie(solver.certified, solver.not_certified, solver.starts_total, solver.starts_largest,
                 solver.local_minima_met) != std::tie(cases.solver.certified, cases.solver.not_certified,
                                                      cases.solver.starts_total, cases.solver.starts_largest,
                                                      cases.solver.local_minima_met)) {
        return "what the solver did is";
    }
    std::set<std::string> claims;
    for (const trial::ClaimResult& result : report.trial.claims) {
        trial::ClaimResult counted;
        counted.claim = result.claim;
        for (const trial::CoverageRecord& covered : result.coverage) {
            counted.coverage.push_back({.demand = covered.demand});
        }
        reckoning.count_claim(counted);
        if (!claims.insert(result.claim.id).second || !same_counts(counted, result)) {
            return "the number of cases of '" + printable(result.claim.id) + "' is";
        }
    }
    for (const trial::Ledger& ledger : report.trial.ledgers) {
        for (const trial::ClaimLedger& claim : ledger.claims) {
            if (claims.count(claim.claim) == 0) {
                return "that there is no '" + printable(claim.claim) + "' is";
            }
        }
    }
    return "";
}

/// Whether a claim's verdict is one that its counts come to, with what was proved of it. A run that looks for
/// cases until all demands are met may be undecided where another is not.
bool follows(const trial::Paper& paper, const trial::ClaimResult& claim, bool whole) {
    trial::ClaimResult judged = claim;
    judged.verdict = trial::verdict_of(claim, false);
    trial::weigh_proofs(judged, whole);
    if (claim.verdict == judged.verdict) {
        return true;
    }
    if (judged.verdict == trial::Verdict::verified) {
        return claim.verdict == trial::Verdict::inconclusive;
    }
    // Of a claim that is registered no longer it is not known whether it asks for one witness only.
    const bool known = std::any_of(paper.claims.begin(), paper.claims.end(),
                                   [&](const trial::Claim& each) { return each.id == claim.claim.id; });
    return !known && claim.refuted == 0 && claim.passed > 0 && claim.verdict == trial::Verdict::verified;
}

/// Verdicts are never believed: whoever reads a report would believe them in turn.
void require_verdicts(const Report& report) {
    for (const trial::ClaimResult& claim : report.trial.claims) {
        if (claim.checked != claim.passed + claim.refuted + claim.inconclusive) {
            throw InputError("the cases of '" + printable(claim.claim.id) + "' do not add up", "a claim",
                             "checked = passed + refuted + inconclusive");
        }
        if (!follows(*report.paper, claim, whole_domain(report))) {
            throw InputError("'" + printable(claim.claim.id) + "' is called " + to_string(claim.verdict) +
                                 ", which is not what its cases come to",
                             "a claim", "the verdict of its counts");
        }
    }
}

RunInfo run_of(const trial::Paper& paper, const Json& json) {
    RunInfo run;
    run.version = json.at("version");
    run.seed = json.at("seed");
    run.digits = count_of(json, "digits");
    run.search = json.at("search");
    for (const Json& configuration : json.at("configurations").at("fixed")) {
        run.fixed.push_back(paper.instances.parse_text(configuration));
    }
    run.random = count_of(json.at("configurations"), "random");
    run.merged_seeds = json.value("merged_seeds", std::vector<std::uint64_t>{});
    return run;
}

/// The runs case by case, where the report has them; and that they come to the counts which it gives.
void read_ledgers(const trial::Paper& limited, const Json& json, Report& report) {
    if (!json.contains("ledgers")) {
        return;
    }
    long budget = trial::longest_ledger;
    for (const Json& ledger : json["ledgers"].get_ref<const Json::array_t&>()) {
        report.trial.ledgers.push_back(trial::parse_ledger(limited, ledger, budget));
        if (report.trial.ledgers.size() > trial::most_ledgers) {
            throw InputError("it is of too many runs", "the ledgers",
                             fmt::format("at most {}", trial::most_ledgers));
        }
    }
    if (const std::string problem = disagreement(report); !problem.empty()) {
        throw InputError(problem + " not what its ledgers come to", "the ledgers",
                         "counts of the cases that they list");
    }
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
    const trial::Paper limited = reading_with_limit(**known);
    report.run = run_of(limited, run);
    report.trial.cases = count_of(run, "cases");
    report.trial.cases_planned = count_of(run, "cases_planned");
    report.trial.interrupted = run.at("interrupted");
    report.trial.out_of_time = run.at("out_of_time");
    report.mutants = mutants_of(run.at("mutants"));
    ExpectedVerdicts expected;
    for (const Json& claim : json.at("claims")) {
        report.trial.claims.push_back(trial::parse_claim_result(limited, claim));
        if (!claim.at("expected").is_null()) {
            expected.verdicts.emplace_back(claim.at("id").get<std::string>(),
                                           trial::parse_verdict(claim.at("expected").get<std::string>()));
        }
    }
    if (!expected.verdicts.empty()) {
        report.expected = std::move(expected);
    }
    const Json& solver = json.at("solver");
    report.trial.solver = {count_of(solver, "certified"), count_of(solver, "not_certified"),
                           count_of(solver, "starts_total"), count_of(solver, "starts_largest"),
                           count_of(solver, "local_minima_met")};
    report.pictures = json.value("pictures", Json(nullptr));
    for (const Json& screen : json.at("screens").get_ref<const Json::array_t&>()) {
        report.screens.push_back(screen_summary(screen));
    }
    // Reports of earlier programs have none.
    for (const Json& training : json.value("trainings", Json::array())) {
        report.trainings.push_back(training_summary(training));
    }
    read_ledgers(limited, json, report);
    require_verdicts(report);
    report.trial.seconds = std::stod(json.at("timing").at("total_s").get<std::string>());
    if (!(report.trial.seconds >= 0 && std::isfinite(report.trial.seconds))) {
        throw InputError("'total_s' is no time", "a report", "seconds");
    }
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
