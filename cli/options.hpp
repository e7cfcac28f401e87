// What the commands have in common: the configuration on the command line, digits, seed, format, files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/command_line.hpp"
#include "problem/configuration.hpp"

namespace ncverify::cli {

inline constexpr int status_ok = 0;
inline constexpr int status_differs = 1;
inline constexpr int status_bad_input = 2;
inline constexpr int status_undecided = 3;
inline constexpr int status_interrupted = 130;

/// The options of docs/commands.md (Common to all commands), as text: numbers are read exactly by `problem/`.
struct CommonOptions {
    std::string counts, lambda_w, lambda_h, dimension, config_file;
    std::string digits = "50", seed = "1", jobs = "0", format;

    /// True where the command line names a configuration.
    bool names_configuration() const;
    Configuration configuration() const;  ///< throws InputError
    long digit_count() const;             ///< 1..100000
    std::uint64_t seed_number() const;
    int job_count() const;  ///< 0: all cores
    bool json() const;      ///< as asked, or by whether stdout is a terminal
};

void add_configuration_options(CLI::App& command, CommonOptions& options);
void add_digits_option(CLI::App& command, CommonOptions& options);
void add_seed_option(CLI::App& command, CommonOptions& options);
void add_jobs_option(CLI::App& command, CommonOptions& options);
void add_format_option(CLI::App& command, CommonOptions& options);

/// `--paper`, which of papers.hpp is meant.
void add_paper_option(CLI::App& command, std::string& paper);

/// `--screen`, which may be repeated: what `ncverify screen` found, for the report.
void add_screens_option(CLI::App& command, std::vector<std::string>& files);

/// A whole number in [smallest, largest]; throws InputError naming `where`.
long long whole_number(const std::string& text, const std::string& where, long long smallest,
                       long long largest);

/// Throws InputError, before any work, where a file could not be written to `path`.
void require_writable(const std::string& path, const std::string& where);

/// Throws InputError, before any work, where a folder could not be made, or written to, at `path`.
void require_folder(const std::string& path, const std::string& where);

/// Adds each command to `app`; the chosen one's status lands in `status`.
void add_theory(CLI::App& app, int& status);
void add_solve(CLI::App& app, int& status);
void add_certify(CLI::App& app, int& status);
void add_verify(CLI::App& app, int& status);
void add_claims(CLI::App& app, int& status);
void add_mutants(CLI::App& app, int& status);
void add_prove(CLI::App& app, int& status);
void add_measure(CLI::App& app, int& status);
void add_report(CLI::App& app, int& status);
void add_screen(CLI::App& app, int& status);

}  // namespace ncverify::cli
