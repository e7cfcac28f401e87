// ncverify mutants: what the claims' checks can see, measured on theorems that are wrong on purpose.
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/options.hpp"
#include "files/json.hpp"
#include "properties/mutants/trial.hpp"
#include "properties/registry.hpp"

namespace ncverify::cli {

namespace {

struct MutantsArguments {
    CommonOptions common;
    std::string random = "400", claims;
};

using properties::ClaimPower;
using properties::MutantResult;
using properties::MutationResult;

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

std::string fate(const MutantResult& result) {
    if (!result.mutant.equivalent.empty()) {
        return result.killed() ? "wrongly refuted" : "equivalent";
    }
    return result.killed() ? "killed" : "survived";
}

// How many mutants came to this.
long count(const MutationResult& result, const std::string& what) {
    return std::count_if(result.mutants.begin(), result.mutants.end(),
                         [&](const MutantResult& each) { return fate(each) == what; });
}

Json to_json(const MutationResult& result, const properties::MutationOptions& options) {
    Json json = {{"seed", options.seed},
                 {"digits", options.digits},
                 {"cases", result.cases},
                 {"killed", count(result, "killed")},
                 {"survived", count(result, "survived")},
                 {"equivalent", count(result, "equivalent")},
                 {"wrongly_refuted", count(result, "wrongly refuted")}};
    json["mutants"] = Json::array();
    for (const MutantResult& each : result.mutants) {
        Json entry = {{"name", each.mutant.name},    {"equation", each.mutant.equation},
                      {"fate", fate(each)},          {"cases", each.cases},
                      {"different", each.different}, {"killed_by", each.first_killers},
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
        json["claims"].push_back({{"id", power.claim}, {"first", power.first}, {"kills", power.all}});
    }
    return json;
}

void print_table(const MutationResult& result) {
    std::cout << fmt::format("{:<72} {:<15} {:<10} {:>5}  {}\n", "mutant", "spoils", "fate", "cases",
                             "killed by");
    for (const MutantResult& each : result.mutants) {
        std::cout << fmt::format(
            "{:<72} {:<15} {:<10} {:>5}  {}\n", each.mutant.name, each.mutant.equation, fate(each),
            each.cases, each.mutant.equivalent.empty() ? joined(each.first_killers) : each.mutant.equivalent);
    }
    std::cout << fmt::format("\n{:<24} {:>8}  {:>8}\n", "claim", "kills", "first");
    for (const ClaimPower& power : result.claims) {
        std::cout << fmt::format("{:<24} {:>8}  {:>8}\n", power.claim, power.all.size(), power.first.size());
    }
    std::cout << fmt::format("\n{} mutants: {} killed, {} survived, {} equivalent, {} wrongly refuted\n",
                             result.mutants.size(), count(result, "killed"), count(result, "survived"),
                             count(result, "equivalent"), count(result, "wrongly refuted"));
}

std::atomic<bool> stop_requested{false};

void request_stop(int) {
    if (stop_requested.exchange(true)) {
        _exit(status_interrupted);
    }
}

int run(const MutantsArguments& arguments) {
    properties::MutationOptions options;
    options.fixed = properties::mutation_configurations();
    options.random = static_cast<long>(whole_number(arguments.random, "--random", 0, 100'000'000));
    options.digits = arguments.common.digit_count();
    options.seed = arguments.common.seed_number();
    options.jobs = arguments.common.job_count();
    options.claims = properties::select_claims(arguments.claims);
    const bool json_wanted = arguments.common.json();
    ::signal(SIGINT, request_stop);
    const MutationResult result = run_mutants(properties::mutants(), options, stop_requested);
    if (json_wanted) {
        std::cout << to_json(result, options).dump(2) << "\n";
    } else {
        print_table(result);
    }
    return stop_requested ? status_interrupted : result.as_should_be() ? status_ok : status_differs;
}

}  // namespace

void add_mutants(CLI::App& app, int& status) {
    auto arguments = std::make_shared<MutantsArguments>();
    arguments->common.digits = "20";
    CLI::App& command =
        add_command(app, "mutants", "Put wrong theorems in the theorem's place, and see which claims notice");
    add_digits_option(command, arguments->common);
    add_seed_option(command, arguments->common);
    add_jobs_option(command, arguments->common);
    add_format_option(command, arguments->common);
    add_text(command, "--random", arguments->random,
             "Random configurations, beside the fixed ones, for mutants that are still alive");
    add_text(command, "--claims", arguments->claims, "Claims to run (default: all)");
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
