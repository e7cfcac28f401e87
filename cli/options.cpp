#include "cli/options.hpp"

#include <unistd.h>

#include <filesystem>

#include "files/read_file.hpp"
#include "problem/errors.hpp"

namespace ncverify::cli {

long long whole_number(const std::string& text, const std::string& where, long long smallest,
                       long long largest) {
    const std::string expected =
        "a whole number from " + std::to_string(smallest) + " to " + std::to_string(largest);
    if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos) {
        throw InputError("'" + printable(text) + "' is not usable", where, expected);
    }
    const long long value = std::stoll(text);
    if (value < smallest || value > largest) {
        throw InputError("'" + text + "' is out of range", where, expected);
    }
    return value;
}

void require_writable(const std::string& path, const std::string& where) {
    const std::filesystem::path file(path);
    const std::filesystem::path folder =
        file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    std::error_code ignored;
    if (path.empty() || std::filesystem::is_directory(file, ignored) || ::access(folder.c_str(), W_OK) != 0) {
        throw InputError("cannot write '" + printable(path) + "'", where,
                         "a file in an existing, writable folder");
    }
}

void require_folder(const std::string& path, const std::string& where) {
    std::error_code ignored;
    std::filesystem::path folder = std::filesystem::absolute(path, ignored);
    while (!std::filesystem::exists(folder, ignored) && folder.has_relative_path()) {
        folder = folder.parent_path();
    }
    if (!std::filesystem::is_directory(folder, ignored) || ::access(folder.c_str(), W_OK) != 0) {
        throw InputError("cannot write to '" + printable(path) + "'", where, "a folder in a writable one");
    }
}

bool CommonOptions::names_configuration() const {
    return !(counts.empty() && lambda_w.empty() && lambda_h.empty() && config_file.empty() &&
             dimension.empty());
}

Configuration CommonOptions::configuration() const {
    if (!config_file.empty()) {
        if (!counts.empty() || !lambda_w.empty() || !lambda_h.empty() || !dimension.empty()) {
            throw InputError("given together with --counts, --lambda-w, --lambda-h or --dim", "--config",
                             "one or the other");
        }
        return parse_configuration(files::read_file(config_file, "--config", 64LL << 20),
                                   "--config " + printable(config_file));
    }
    if (counts.empty() || lambda_w.empty() || lambda_h.empty()) {
        throw InputError("no configuration", "command line",
                         "--counts, --lambda-w and --lambda-h, or --config FILE");
    }
    const auto parsed = parse_counts(counts, "--counts");
    parse_lambda(lambda_w, "--lambda-w");
    parse_lambda(lambda_h, "--lambda-h");
    const long long d = dimension.empty() ? 0 : whole_number(dimension, "--dim", 1, largest_dimension);
    return make_configuration(parsed, lambda_w, lambda_h, d);
}

long CommonOptions::digit_count() const {
    return static_cast<long>(whole_number(digits, "--digits", 1, 100'000));
}

std::uint64_t CommonOptions::seed_number() const {
    if (seed.empty() || seed.size() > 20 || seed.find_first_not_of("0123456789") != std::string::npos ||
        Integer(seed) > Integer("18446744073709551615")) {
        throw InputError("'" + printable(seed) + "' is not usable", "--seed", "a whole number below 2^64");
    }
    return std::stoull(seed);
}

int CommonOptions::job_count() const {
    return static_cast<int>(whole_number(jobs, "--jobs", 0, 4096));
}

bool CommonOptions::json() const {
    if (!format.empty() && format != "json" && format != "table") {
        throw InputError("'" + printable(format) + "' is no format", "--format", "table or json");
    }
    return format.empty() ? isatty(STDOUT_FILENO) == 0 : format == "json";
}

void add_configuration_options(CLI::App& command, CommonOptions& options) {
    add_text(command, "--counts", options.counts, "Samples per class, such as 100,100,200x3");
    add_text(command, "--lambda-w", options.lambda_w,
             "Weight decay lambda_W, a decimal or fraction, read exactly");
    add_text(command, "--lambda-h", options.lambda_h,
             "Feature decay lambda_H, a decimal or fraction, read exactly");
    add_text(command, "--dim", options.dimension, "Feature dimension d (default: the number of classes)");
    add_text(command, "--config", options.config_file,
             "The same as JSON: {\"counts\":[..],\"lambda_w\":\"1e-4\",...}");
}

void add_digits_option(CLI::App& command, CommonOptions& options) {
    add_text(command, "--digits", options.digits, "Significant decimal digits, 1 to 100000");
}

void add_seed_option(CLI::App& command, CommonOptions& options) {
    add_text(command, "--seed", options.seed, "Seed of everything random, 64 bits");
}

void add_jobs_option(CLI::App& command, CommonOptions& options) {
    add_text(command, "--jobs", options.jobs, "Threads (0: all cores)");
}

void add_screens_option(CLI::App& command, std::vector<std::string>& files) {
    add_texts(command, "--screen", files,
              "screen.json of `ncverify screen --out`, to be shown in the report; may be repeated");
}

void add_format_option(CLI::App& command, CommonOptions& options) {
    add_text(command, "--format", options.format,
             "table or json (default: table on a terminal, json otherwise)");
}

}  // namespace ncverify::cli
