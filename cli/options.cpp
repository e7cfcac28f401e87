#include "cli/options.hpp"

#include <unistd.h>

#include <algorithm>

#include "cli/threads.hpp"
#include "files/read_file.hpp"
#include "problem/configuration_json.hpp"
#include "problem/errors.hpp"

namespace ncverify::cli {

bool CommonOptions::names_configuration() const {
    return !(counts.empty() && lambda_w.empty() && lambda_h.empty() && config.empty() && dim.empty() &&
             weights.empty());
}

Configuration CommonOptions::configuration() const {
    if (!config.empty()) {
        if (!counts.empty() || !lambda_w.empty() || !lambda_h.empty() || !dim.empty() || !weights.empty()) {
            throw InputError("given together with --counts, --lambda-w, --lambda-h, --dim or --weights",
                             "--config", "one or the other");
        }
        return parse_configuration(files::read_file(config.text, "--config", 64LL << 20),
                                   "--config " + printable(config.text));
    }
    const char* expected = "--counts, --lambda-w and --lambda-h, or --config FILE";
    if (!names_configuration()) {
        throw InputError("no configuration", "command line", expected);
    }
    for (const Given* given : {&counts, &lambda_w, &lambda_h}) {
        if (given->empty()) {
            throw InputError("missing", given->row.name, expected);
        }
    }
    const auto parsed = parse_counts(counts.text, counts.row.name);
    parse_lambda(lambda_w.text, lambda_w.row.name);
    parse_lambda(lambda_h.text, lambda_h.row.name);
    const Configuration made =
        make_configuration(parsed, lambda_w.text, lambda_h.text, dim.empty() ? 0 : dim.number());
    return weights.empty()
               ? made
               : with_weights(made, parse_weights(weights.text, made, weights.row.name), weights.row.name);
}

int CommonOptions::job_count() const {
    const int asked = static_cast<int>(jobs.number());
    return asked == 0 ? usable_threads() : std::min(asked, usable_threads());
}

bool CommonOptions::json() const {
    return format.choice().empty() ? isatty(STDOUT_FILENO) == 0 : format.text == "json";
}

void add_configuration_options(CLI::App& command, CommonOptions& options) {
    for (Given* given : {&options.counts, &options.lambda_w, &options.lambda_h, &options.dim,
                         &options.weights, &options.config}) {
        add_option(command, *given);
    }
}

void add_digits_option(CLI::App& command, CommonOptions& options) {
    add_option(command, options.digits);
}

void add_seed_option(CLI::App& command, CommonOptions& options) {
    add_option(command, options.seed);
}

void add_jobs_option(CLI::App& command, CommonOptions& options) {
    add_option(command, options.jobs);
}

void add_format_option(CLI::App& command, CommonOptions& options) {
    add_option(command, options.format);
}

void add_screens_option(CLI::App& command, std::vector<std::string>& files) {
    add_option(command, option::screens, files);
}

void add_trainings_option(CLI::App& command, std::vector<std::string>& files) {
    add_option(command, option::trainings, files);
}

}  // namespace ncverify::cli
