#include "reports/report_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "files/json_text.hpp"
#include "files/read_file.hpp"
#include "problem/errors.hpp"
#include "properties/engine.hpp"
#include "properties/paper.hpp"
#include "reports/screens.hpp"
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
