// ncverify verify: put the claims on trial and write the report.
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <mutex>

#include "cli/options.hpp"
#include "files/atomic_file.hpp"
#include "files/read_file.hpp"
#include "problem/errors.hpp"
#include "properties/boxes/proofs.hpp"
#include "properties/case.hpp"
#include "properties/evidence.hpp"
#include "properties/examples.hpp"
#include "properties/mutants/trial.hpp"
#include "properties/registry.hpp"
#include "reports/expected_default.hpp"
#include "reports/formal_proofs.hpp"
#include "reports/json_writer.hpp"
#include "reports/pictures/pictures.hpp"
#include "reports/screens.hpp"
#include "reports/terminal_table.hpp"
#include "reports/writers.hpp"
#include "solvers/solve.hpp"

namespace ncverify::cli {

namespace {

struct VerifyArguments {
    CommonOptions common;
    std::string random, claims, time, replay, expect, record, keep, proofs, search = "descent",
                                                                            out = "reports/out";
    std::vector<std::string> screens;
    bool no_pictures = false;
};

constexpr long most_mutation_cases = 400;
constexpr long search_steps = 200;  // configurations that the search for counterexamples may try for a claim

// Below this `--time` no pictures are drawn; they take some seconds.
constexpr double least_seconds_for_pictures = 30;

std::atomic<bool> stop_requested{false};

// The first interrupt ends the trial after the cases in flight, and the report is written; the second leaves.
void request_stop(int) {
    if (stop_requested.exchange(true)) {
        _exit(status_interrupted);
    }
}

// "60s", "3m", "1h" or plain seconds.
double parse_time(const std::string& text) {
    constexpr const char* expected = "a time such as 60s, 3m or 1h, at most 1000h";
    const double unit = text.empty() ? 0 : text.back() == 'h' ? 3600 : text.back() == 'm' ? 60 : 1;
    std::string digits = text;
    if (!digits.empty() && (digits.back() == 'h' || digits.back() == 'm' || digits.back() == 's')) {
        digits.pop_back();
    }
    if (digits.empty() || digits.size() > 7 || digits.find_first_not_of("0123456789") != std::string::npos ||
        std::stod(digits) <= 0 || std::stod(digits) * unit > 3.6e6) {
        throw InputError("'" + printable(text) + "' is no time", "--time", expected);
    }
    return std::stod(digits) * unit;
}

// A bar that overwrites itself, on a terminal only.
class ProgressBar {
  public:
    void show(long done, long planned) {
        if (!terminal_) {
            return;
        }
        const std::lock_guard lock(mutex_);
        constexpr long width = 40;
        const long filled = planned > 0 ? done * width / planned : width;
        std::cerr << fmt::format("\r[{:=<{}}{: <{}}] {} of {} cases", "", filled, "", width - filled, done,
                                 planned)
                  << std::flush;
    }
    void finish() {
        if (terminal_) {
            std::cerr << "\r\033[K" << std::flush;
        }
    }

  private:
    bool terminal_ = isatty(STDERR_FILENO) != 0;
    std::mutex mutex_;
};

std::vector<Configuration> paper_configurations() {
    const std::vector<long long> counts{100, 100, 200, 200, 300, 300, 400, 400, 500, 500};
    return {make_configuration(counts, "1e-4", "1e-5", 10), make_configuration(counts, "1e-4", "1e-5", 64)};
}

// The box proofs of these claims.
std::vector<properties::BoxProof> proofs_of(const std::vector<properties::Claim>& claims) {
    std::vector<properties::BoxProof> proofs = properties::box_proofs("");
    std::erase_if(proofs, [&](const properties::BoxProof& proof) {
        return std::none_of(claims.begin(), claims.end(),
                            [&](const properties::Claim& claim) { return claim.id == proof.claim; });
    });
    return proofs;
}

// Numbers for the page's figures: of the first given configuration that is small enough to draw, or the
// paper's.
nlohmann::ordered_json draw(const properties::TrialOptions& trial) {
    reports::PictureOptions options;
    options.configuration = paper_configurations().front();
    for (const Configuration& configuration : trial.fixed) {
        if (configuration.classes() <= reports::most_drawn_classes &&
            configuration.dimension <= 4 * reports::most_drawn_classes) {
            options.configuration = configuration;
            break;
        }
    }
    options.survey = trial.random > 0;
    options.seed = trial.seed;
    options.jobs = trial.jobs;
    return reports::pictures(options);
}

// What these claims make of theorems that are wrong on purpose.
properties::MutationResult try_mutants(const properties::TrialOptions& trial) {
    properties::MutationOptions options;
    options.fixed = properties::mutation_configurations();
    options.random = most_mutation_cases;
    options.seed = trial.seed;
    options.search = trial.search;
    options.jobs = trial.jobs;
    options.claims = trial.claims;
    return properties::run_mutants(properties::mutants(), options, stop_requested);
}

int run(const VerifyArguments& arguments) {
    properties::TrialOptions options;
    options.digits = arguments.common.digit_count();
    options.seed = arguments.common.seed_number();
    options.jobs = arguments.common.job_count();
    options.claims = properties::select_claims(arguments.claims);
    options.search = solvers::parse_search_method(arguments.search, "--search");
    options.seconds = arguments.time.empty() ? 0 : parse_time(arguments.time);
    const bool json_wanted = arguments.common.json();
    if (!arguments.replay.empty()) {
        if (arguments.common.names_configuration() || !arguments.random.empty() ||
            !arguments.claims.empty()) {
            throw InputError("given together with a configuration, --random or --claims", "--replay",
                             "the token alone");
        }
        const auto [claim, key] = properties::parse_replay_token(arguments.replay);
        options.claims = properties::select_claims(claim);
        options.digits = key.digits;
        options.seed = key.seed;
        options.fixed = {key.configuration};
        options.exact_seed = true;
    } else if (arguments.common.names_configuration()) {
        options.fixed = {arguments.common.configuration()};
    } else if (arguments.random.empty()) {
        options.fixed = paper_configurations();
        options.random = 200;
        options.until_covered = true;
    }
    if (!arguments.random.empty()) {
        options.random = static_cast<long>(whole_number(arguments.random, "--random", 0, 100'000'000));
    }
    if (arguments.replay.empty() && options.random > 0) {
        for (const properties::Example& example : properties::default_examples()) {
            if (std::any_of(options.claims.begin(), options.claims.end(),
                            [&](const properties::Claim& claim) { return claim.id == example.claim; })) {
                options.examples.push_back(example.key);
            }
        }
    }
    options.search_steps = options.random > 0 ? search_steps : 0;
    if (options.fixed.empty() && options.random == 0) {
        throw InputError("nothing to try", "--random", "at least 1, or a configuration");
    }
    for (const Configuration& configuration : options.fixed) {
        solvers::require_fits(
            configuration, properties::comparison_digits({configuration, options.seed, options.digits}, 0));
    }
    reports::Report report;
    report.run.seed = options.seed;
    report.run.digits = options.digits;
    report.run.search = options.search;
    report.run.fixed = options.fixed;
    report.run.random = options.random;
    if (arguments.record.empty()) {
        report.expected =
            arguments.expect.empty() ? reports::default_expected() : reports::read_expected(arguments.expect);
    } else {
        require_writable(arguments.record, "--record");
    }
    if (!arguments.keep.empty()) {
        require_writable(arguments.keep, "--keep");
    }
    const std::vector<properties::FormalProof> formal =
        arguments.proofs.empty()
            ? reports::read_formal_proofs(reports::default_stamp())
            : reports::granted_proofs(files::read_file(arguments.proofs, "--proofs"),
                                      reports::proof_sources(), "--proofs " + arguments.proofs);
    for (const std::string& file : arguments.screens) {
        reports::unite_screens(report.screens, Json::array({reports::read_screen(file)}));
    }
    files::create_directory(arguments.out);

    ProgressBar bar;
    ::signal(SIGINT, request_stop);
    report.trial = properties::run_trial(options, stop_requested,
                                         [&](long done, long planned) { bar.show(done, planned); });
    if (arguments.replay.empty()) {
        properties::add_proofs(report.trial, proofs_of(options.claims), options.random > 0);
    }
    properties::add_formal_proofs(report.trial, formal, options.random > 0);
    // All claims together should notice every wrong theorem; a few need not.
    if (options.random > 0 && arguments.claims.empty() && !report.trial.out_of_time && !stop_requested) {
        const properties::MutationResult mutants = try_mutants(options);
        if (stop_requested) {  // half of the mutants tried say nothing
            report.trial.interrupted = true;
        } else {
            properties::add_mutants(report.trial, mutants);
            report.mutants = reports::mutant_tally(mutants);
        }
    }
    // Decided by the options, not by the clock: the same options give the same report.
    const bool short_of_time = options.seconds > 0 && options.seconds < least_seconds_for_pictures;
    if (!arguments.no_pictures && !short_of_time && arguments.replay.empty() && !stop_requested) {
        report.pictures = draw(options);
    }
    bar.finish();
    reports::write_all(report, arguments.out);
    if (!arguments.record.empty() && !report.trial.interrupted) {
        reports::record_expected(arguments.record, report.trial.claims);
    }
    if (!arguments.keep.empty()) {
        files::write_atomically(
            arguments.keep, properties::examples_text(properties::default_examples(), report.trial.claims));
    }
    if (json_wanted) {
        std::cout << reports::to_json(report).dump(2) << "\n";
    } else {
        std::cout << reports::table(report);
    }
    std::cerr << "report: " << (std::filesystem::path(arguments.out) / "index.html").string() << "\n";
    if (report.trial.interrupted) {
        return status_interrupted;
    }
    if (reports::mutants_differ(report)) {
        return status_differs;
    }
    const auto different = reports::differences(report);
    bool undecided_only = !different.empty();
    for (const reports::Difference& difference : different) {
        undecided_only = undecided_only && difference.found == properties::Verdict::inconclusive;
    }
    return different.empty() ? status_ok : undecided_only ? status_undecided : status_differs;
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
    add_text(command, "--random", arguments->random,
             "Random configurations (default: 200 beside the paper's)");
    add_text(command, "--claims", arguments->claims,
             "Claims to try, such as thm1.*,cor4.threshold (default: all)");
    add_text(command, "--time", arguments->time, "Stop after this time, such as 60s");
    add_flag(command, "--no-pictures", arguments->no_pictures,
             "Leave the page's figures out, which take some seconds (as with --time below 30s)");
    add_screens_option(command, arguments->screens);
    add_text(command, "--replay", arguments->replay, "Run the one case that this token names");
    add_text(command, "--search", arguments->search,
             "How minimisers are looked for: descent assumes nothing of their shape, structured is fast");
    add_text(command, "--out", arguments->out,
             "Folder for report.json, index.html, report.md, junit.xml, FINDINGS.md");
    add_text(command, "--expect", arguments->expect,
             "Compare verdicts with this file (default: those of reports/expected.json)");
    add_text(command, "--record", arguments->record, "Write the verdicts to this file instead of comparing");
    add_text(command, "--proofs", arguments->proofs,
             "The stamp of the Coq proofs (default: what this build's ctest -L proofs wrote)");
    add_text(command, "--keep", arguments->keep,
             "Write the counterexamples and hardest cases to this file, as properties/examples.txt has them");
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
