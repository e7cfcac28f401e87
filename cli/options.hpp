// What the commands have in common: the configuration on the command line, digits, seed, format.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/command_line.hpp"
#include "cli/option.hpp"
#include "cli/option_table.hpp"
#include "problem/configuration.hpp"

namespace ncverify::cli {

inline constexpr int status_ok = 0;
inline constexpr int status_differs = 1;
inline constexpr int status_bad_input = 2;
inline constexpr int status_undecided = 3;
inline constexpr int status_interrupted = 130;

/// The options of docs/commands.md (Common to all commands).
struct CommonOptions {
    Given counts{option::counts}, lambda_w{option::lambda_w}, lambda_h{option::lambda_h}, dim{option::dim};
    Given weights{option::weights};
    Given config{option::config};
    Given digits{option::digits}, seed{option::seed}, jobs{option::jobs}, format{option::format};

    /// True where the command line names a configuration.
    bool names_configuration() const;
    Configuration configuration() const;  ///< throws InputError
    long digit_count() const { return static_cast<long>(digits.number()); }
    std::uint64_t seed_number() const { return seed.seed(); }
    /// Threads to work with: as many as asked for, where they can be had; results do not depend on it.
    int job_count() const;
    bool json() const;  ///< as asked, or by whether stdout is a terminal
};

void add_configuration_options(CLI::App& command, CommonOptions& options);
void add_digits_option(CLI::App& command, CommonOptions& options);
void add_seed_option(CLI::App& command, CommonOptions& options);
void add_jobs_option(CLI::App& command, CommonOptions& options);
void add_format_option(CLI::App& command, CommonOptions& options);

/// `--screen`, which may be repeated: what `ncverify screen` found, for the report.
void add_screens_option(CLI::App& command, std::vector<std::string>& files);
/// --training FILE, as often as wanted.
void add_trainings_option(CLI::App& command, std::vector<std::string>& files);

/// Adds each command to `app`; the chosen one's status lands in `status`.
void add_theory(CLI::App& app, int& status);
void add_weights(CLI::App& app, int& status);
void add_bottleneck(CLI::App& app, int& status);
void add_solve(CLI::App& app, int& status);
void add_certify(CLI::App& app, int& status);
void add_verify(CLI::App& app, int& status);
void add_claims(CLI::App& app, int& status);
void add_mutants(CLI::App& app, int& status);
void add_prove(CLI::App& app, int& status);
void add_measure(CLI::App& app, int& status);
void add_report(CLI::App& app, int& status);
void add_screen(CLI::App& app, int& status);
void add_campaign(CLI::App& app, int& status);
/// The last one: it describes all that are there.
void add_manual(CLI::App& app, int& status);

}  // namespace ncverify::cli
