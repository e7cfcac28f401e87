// ncverify verify: put the claims on trial and write the report.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/case_file.hpp"
#include "cli/interruption.hpp"
#include "cli/messages.hpp"
#include "cli/options.hpp"
#include "cli/outcome.hpp"
#include "cli/papers.hpp"
#include "cli/progress.hpp"
#include "cli/replay_report.hpp"
#include "cli/terminal.hpp"
#include "cli/verdicts.hpp"
#include "cli/verify_plan.hpp"
#include "files/atomic_file.hpp"
#include "files/json.hpp"
#include "files/read_file.hpp"
#include "problem/errors.hpp"
#include "properties/engine.hpp"
#include "properties/paper.hpp"
#include "reports/formal_proofs.hpp"
#include "reports/json_writer.hpp"
#include "reports/pictures/pictures.hpp"
#include "reports/proof_check.hpp"
#include "reports/screens.hpp"
#include "reports/terminal_table.hpp"
#include "reports/trainings.hpp"
#include "reports/writers.hpp"
#include "trial/examples.hpp"
#include "trial/mutation.hpp"
#include "trial/trial.hpp"

namespace ncverify::cli {

namespace {

constexpr long most_mutation_cases = 400;

// The report before the trial: how it is set up, and what its verdicts are compared with.
reports::Report set_up(const VerifyArguments& arguments, Plan& plan) {
    reports::Report report;
    report.paper = plan.paper;
    report.run.seed = plan.trial.seed;
    report.run.digits = plan.trial.digits;
    report.run.search = plan.trial.method;
    report.run.fixed = plan.trial.fixed;
    report.run.random = plan.trial.random;
    arguments.out.require_folder(reports::file_names());
    arguments.record.require_writable();
    arguments.keep.require_writable();
    arguments.cases.require_writable();
    require_different_files({&arguments.record, &arguments.keep, &arguments.cases});
    if (!arguments.expect.empty() && !arguments.record.empty()) {
        throw InputError("given together with --record, which compares with nothing", "--expect",
                         "one of the two");
    }
    if (!arguments.expect.empty()) {
        report.expected = reports::read_expected(arguments.expect.text);
    } else if (arguments.record.empty() && !plan.paper->expected.empty()) {
        report.expected =
            reports::parse_expected(plan.paper->expected, "the verdicts expected of " + plan.paper->id);
    }
    if (arguments.check_proofs && !arguments.proofs.empty()) {
        throw InputError("a stamp is given and none is to be believed", "--proofs", "without --check-proofs");
    }
    plan.formal =
        arguments.check_proofs ? std::vector<trial::FormalProof>{}
        : arguments.proofs.empty()
            ? reports::read_formal_proofs(*plan.paper, reports::default_stamp())
            : reports::granted_proofs(*plan.paper, files::read_file(arguments.proofs.text, "--proofs"),
                                      reports::proof_sources(), "--proofs " + arguments.proofs.text);
    for (const std::string& file : arguments.screens) {
        reports::unite_screens(report.screens, Json::array({reports::read_screen(file)}));
    }
    for (const std::string& file : arguments.trainings) {
        report.trainings.push_back(reports::read_training(file, arguments.out.text));
    }
    return report;
}

// The theorems that Coq confirms here and now.
void check_proofs(Plan& plan) {
    note_progress("Coq checks the proofs", -1);
    plan.formal = reports::granted_proofs(*plan.paper, reports::checked_now(), reports::proof_sources(),
                                          "--check-proofs");
    say(fmt::format("{} theorems that settle claims, compiled and checked by Coq just now",
                    plan.formal.size()));
}

// What these claims make of theorems that are wrong on purpose.
void try_mutants(const Plan& plan, const std::atomic<bool>& stop, reports::Report& report) {
    trial::MutationOptions options;
    options.fixed = plan.paper->mutation_instances;
    options.random = most_mutation_cases;
    options.seed = plan.trial.seed;
    options.method = plan.trial.method;
    options.jobs = plan.trial.jobs;
    options.claims = plan.trial.claims;
    const auto cases = static_cast<double>(options.fixed.size()) + static_cast<double>(options.random);
    const trial::MutationResult mutants =
        trial::run_mutants(*plan.paper, plan.paper->mutants, options, stop, [&](const auto& finished) {
            note_progress("cases with wrong theorems, at most", static_cast<double>(finished.cases) / cases);
        });
    if (stop) {  // half of the mutants tried say nothing
        report.trial.interrupted = true;
    } else {
        trial::add_mutants(report.trial, mutants);
        report.mutants = reports::mutant_tally(mutants);
    }
}

// What stands behind the verdicts beside the cases: proofs, and the wrong theorems that were noticed.
void gather_evidence(const VerifyArguments& arguments, const Plan& plan, const std::atomic<bool>& stop,
                     reports::Report& report) {
    if (arguments.replay.empty()) {
        trial::add_proofs(report.trial, box_proofs(*plan.paper, plan.trial.claims), plan.whole_domain);
    }
    trial::add_formal_proofs(report.trial, plan.formal, plan.whole_domain);
    if (plan.mutants && !report.trial.out_of_time && !stop) {
        try_mutants(plan, stop, report);
    }
}

// Numbers for the page's figures: of the first given configuration that is small enough to draw, or the
// paper's.
nlohmann::ordered_json draw(const Plan& plan) {
    const auto drawable = [](const Configuration& configuration) {
        return configuration.classes() <= reports::most_drawn_classes &&
               configuration.dimension <= 4 * reports::most_drawn_classes;
    };
    reports::PictureOptions options;
    options.configuration = properties::configuration_of(plan.paper->usual_instances.front());
    for (const trial::Instance& instance : plan.trial.fixed) {
        if (drawable(properties::configuration_of(instance))) {
            options.configuration = properties::configuration_of(instance);
            break;
        }
    }
    options.survey = plan.whole_domain;
    options.seed = plan.trial.seed;
    options.jobs = plan.trial.jobs;
    return reports::pictures(options);
}

void write(const VerifyArguments& arguments, const Plan& plan, const reports::Report& report,
           CaseFile& cases) {
    const auto write_report = [&] {
        reports::write_all(report, arguments.out.text);
        say_report((std::filesystem::path(arguments.out.text) / "index.html").string());
    };
    const auto record = [&] {
        if (!arguments.record.empty() && !report.trial.interrupted) {
            reports::record_expected(arguments.record.text, report.trial.claims);
        }
    };
    const auto keep = [&] {
        if (!arguments.keep.empty()) {
            files::write_atomically(
                arguments.keep.text,
                trial::examples_text(*plan.paper, trial::kept_examples(*plan.paper), report.trial.claims));
        }
    };
    write_then_print({write_report, record, keep, [&] { cases.put_in_place(); }}, [&] {
        if (plan.json) {
            std::cout << reports::to_json(report).dump(2) << "\n";
        } else {
            std::cout << reports::table(report, layout());
        }
    });
}

int status_of(const reports::Report& report) {
    if (report.trial.interrupted) {
        return status_interrupted;
    }
    return verdict_status(report);
}

int run(const VerifyArguments& arguments) {
    if (names_report(arguments.replay.text)) {
        return replay_report(arguments);
    }
    Plan plan = make_plan(arguments);
    reports::Report report = set_up(arguments, plan);
    files::create_directory(arguments.out.text);
    std::optional<Progress> progress(std::in_place);
    if (arguments.check_proofs) {
        check_proofs(plan);
    }
    CaseFile cases(*plan.paper, arguments.cases.text);
    plan.trial.witness = cases.witness();
    Interruption interruption;
    const std::atomic<bool>& stop = interruption.requested();
    // What is written where the work is given up: the report as it stood before, and the cases finished.
    const auto written_if_given_up = [&](const std::function<trial::TrialResult()>& so_far) {
        interruption.if_given_up([&arguments, &plan, &cases, partial = report, so_far]() mutable {
            partial.trial = so_far();
            partial.trial.interrupted = true;
            write(arguments, plan, partial, cases);
        });
    };
    report.trial = trial::run_trial(
        *plan.paper, plan.trial, stop,
        [&](long done, long planned) {
            progress->show("cases", static_cast<double>(done), static_cast<double>(planned));
        },
        written_if_given_up);
    gather_evidence(arguments, plan, stop, report);
    if (plan.pictures && !stop) {
        note_progress("pictures", -1);
        report.pictures = draw(plan);
    }
    interruption.work_has_ended();
    progress.reset();
    write(arguments, plan, report, cases);
    return status_of(report);
}

}  // namespace

void add_verify(CLI::App& app, int& status) {
    auto arguments = std::make_shared<VerifyArguments>();
    CLI::App& command = add_command(app, "verify", "Put the paper's claims on trial and write the report");
    add_configuration_options(command, arguments->common);
    add_digits_option(command, arguments->common);
    add_seed_option(command, arguments->common);
    add_jobs_option(command, arguments->common);
    add_format_option(command, arguments->common);
    for (Given* given : {&arguments->paper, &arguments->random, &arguments->claims, &arguments->time,
                         &arguments->replay, &arguments->search, &arguments->out, &arguments->expect,
                         &arguments->record, &arguments->proofs, &arguments->keep, &arguments->cases}) {
        add_option(command, *given);
    }
    add_option(command, option::no_pictures, arguments->no_pictures);
    add_option(command, option::check_proofs, arguments->check_proofs);
    add_screens_option(command, arguments->screens);
    add_trainings_option(command, arguments->trainings);
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
