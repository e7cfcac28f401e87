// ncverify mutants: what the claims' checks can see, measured on theorems that are wrong on purpose.
#include <fmt/format.h>

#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>

#include "cli/interruption.hpp"
#include "cli/options.hpp"
#include "cli/outcome.hpp"
#include "cli/papers.hpp"
#include "files/atomic_file.hpp"
#include "files/json.hpp"
#include "trial/mutation.hpp"
#include "trial/printed_json.hpp"

namespace ncverify::cli {

namespace {

struct MutantsArguments {
    CommonOptions common;
    Given paper{option::paper}, random{option::mutants_random}, claims{option::mutants_claims},
        record{option::mutants_record};
};

using trial::ClaimPower;
using trial::MutantResult;
using trial::MutationResult;

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

void print_table(const MutationResult& result) {
    std::cout << fmt::format("{:<72} {:<15} {:<10} {:>5}  {}\n", "mutant", "spoils", "fate", "cases",
                             "killed by");
    for (const MutantResult& each : result.mutants) {
        std::cout << fmt::format(
            "{:<72} {:<15} {:<10} {:>5}  {}\n", each.mutant.name, each.mutant.equation,
            to_string(each.fate()), each.cases,
            each.mutant.equivalent.empty() ? joined(each.first_killers) : each.mutant.equivalent);
    }
    std::cout << fmt::format("\n{:<32} {:>5} {:>5} {:>11}  {}\n", "claim", "kills", "first", "comparisons",
                             "untested");
    for (const ClaimPower& power : result.claims) {
        std::cout << fmt::format("{:<32} {:>5} {:>5} {:>11}  {}\n", power.claim, power.all.size(),
                                 power.first.size(), power.comparisons.size(), trial::fault_of(power));
    }
    std::cout << fmt::format("\n{} mutants: {} killed, {} survived, {} equivalent, {} wrongly refuted\n",
                             result.mutants.size(), result.count(trial::Fate::killed),
                             result.count(trial::Fate::survived), result.count(trial::Fate::equivalent),
                             result.count(trial::Fate::wrongly_refuted));
}

int run(const MutantsArguments& arguments) {
    trial::MutationOptions options;
    const trial::Paper& paper = paper_named(arguments.paper.text);
    options.fixed = paper.mutation_instances;
    options.random = static_cast<long>(arguments.random.number());
    options.digits = arguments.common.digit_count();
    options.seed = arguments.common.seed_number();
    options.jobs = arguments.common.job_count();
    options.claims = trial::select_claims(paper.claims, arguments.claims.text);
    const bool json_wanted = arguments.common.json();
    arguments.record.require_writable();
    const auto print = [&](const MutationResult& result) {
        if (json_wanted) {
            std::cout << trial::to_json(result, options).dump(2) << "\n";
        } else {
            print_table(result);
        }
    };
    MutationResult so_far;
    std::mutex mutex;
    Interruption interruption;
    interruption.if_given_up([&] {
        const std::lock_guard lock(mutex);
        print(so_far);
    });
    const MutationResult result = trial::run_mutants(paper, paper.mutants, options, interruption.requested(),
                                                     [&](const MutationResult& finished) {
                                                         const std::lock_guard lock(mutex);
                                                         so_far = finished;
                                                     });
    interruption.work_has_ended();
    write_then_print({[&] {
                         if (!arguments.record.empty() && !interruption.requested()) {
                             files::write_atomically(arguments.record.text, trial::comparisons_text(result));
                         }
                     }},
                     [&] { print(result); });
    return interruption.requested() ? status_interrupted : result.as_should_be() ? status_ok : status_differs;
}

}  // namespace

void add_mutants(CLI::App& app, int& status) {
    auto arguments = std::make_shared<MutantsArguments>();
    arguments->common.digits = Given{option::mutants_digits};
    CLI::App& command =
        add_command(app, "mutants", "Put wrong theorems in the theorem's place, and see which claims notice");
    add_digits_option(command, arguments->common);
    add_seed_option(command, arguments->common);
    add_jobs_option(command, arguments->common);
    add_format_option(command, arguments->common);
    for (Given* given : {&arguments->paper, &arguments->random, &arguments->claims, &arguments->record}) {
        add_option(command, *given);
    }
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
