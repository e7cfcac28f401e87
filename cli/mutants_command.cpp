// ncverify mutants: what the claims' checks can see, measured on theorems that are wrong on purpose.
#include <fmt/format.h>

#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/interruption.hpp"
#include "cli/options.hpp"
#include "cli/outcome.hpp"
#include "cli/papers.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
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

// The wrong theorem, what it spoils, and what became of it: two lines or more.
void print(const MutantResult& each, const reports::Layout& shown) {
    const trial::Fate fate = each.fate();
    const bool as_should_be = fate == trial::Fate::killed || fate == trial::Fate::equivalent;
    const std::string spoils = "spoils " + each.mutant.equation + ": ";
    const std::string cases = each.cases == 1 ? " in 1 case" : fmt::format(" in {} cases", each.cases);
    const std::string rest = cases + (each.killed() ? " by " + joined(each.first_killers) : "") +
                             (each.mutant.equivalent.empty() ? "" : ": " + each.mutant.equivalent);
    const std::size_t start = 4 + reports::columns_of(spoils + to_string(fate));
    std::cout << reports::wrapped(each.mutant.name, 4, shown) << "\n    " << spoils
              << reports::toned(to_string(fate), as_should_be ? reports::Tone::good : reports::Tone::bad,
                                shown)
              << " " << reports::wrapped(rest, 8, shown, start + 1) << "\n";
}

void print_table(const MutationResult& result) {
    const reports::Layout shown = layout();
    for (const MutantResult& each : result.mutants) {
        print(each, shown);
    }
    constexpr reports::Tone heading = reports::Tone::heading, plain = reports::Tone::plain;
    std::vector<std::vector<reports::Cell>> rows{{{"claim", heading},
                                                  {"kills", heading, true},
                                                  {"first", heading, true},
                                                  {"comparisons", heading, true},
                                                  {"untested", heading}}};
    for (const ClaimPower& power : result.claims) {
        rows.push_back({{power.claim},
                        {std::to_string(power.all.size()), plain, true},
                        {std::to_string(power.first.size()), plain, true},
                        {std::to_string(power.comparisons.size()), plain, true},
                        {trial::fault_of(power), reports::Tone::bad}});
    }
    std::cout << "\n" << reports::aligned(rows, 4, shown);
    const std::string counts = fmt::format(
        "{} mutants: {} killed, {} survived, {} equivalent, {} wrongly refuted", result.mutants.size(),
        result.count(trial::Fate::killed), result.count(trial::Fate::survived),
        result.count(trial::Fate::equivalent), result.count(trial::Fate::wrongly_refuted));
    std::cout << "\n" << reports::wrapped(counts, 4, shown) << "\n";
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
    std::optional<Progress> progress(std::in_place);
    const auto planned = static_cast<double>(options.fixed.size()) + static_cast<double>(options.random);
    Interruption interruption;
    interruption.if_given_up([&] {
        const std::lock_guard lock(mutex);
        print(so_far);
    });
    const MutationResult result = trial::run_mutants(
        paper, paper.mutants, options, interruption.requested(), [&](const MutationResult& finished) {
            const std::lock_guard lock(mutex);
            so_far = finished;
            progress->show("cases, at most", static_cast<double>(finished.cases), planned);
        });
    interruption.work_has_ended();
    progress.reset();
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
