// ncverify screen: millions of random configurations in floating point, and a second look at what stands out.
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>

#include "cli/options.hpp"
#include "problem/errors.hpp"
#include "problem/json_text.hpp"
#include "properties/registry.hpp"
#include "reports/atomic_file.hpp"
#include "screen/kernel/cuda.hpp"
#include "screen/rejudge.hpp"

namespace ncverify::cli {

namespace {

struct ScreenArguments {
    CommonOptions common;
    std::string random = "1000000", device, precision = "float32", engine, inject, classes, dimension, out;
};

constexpr std::size_t most_listed = 1000;  // rulings in the output; all are counted

std::atomic<bool> stop_requested{false};

// The first interrupt ends the screen after the streams in hand; the second leaves.
void request_stop(int) {
    if (stop_requested.exchange(true)) {
        _exit(status_interrupted);
    }
}

// The misreadings that match the patterns.
std::vector<screen::ScreenClaim> injected(const std::string& patterns) {
    std::vector<screen::ScreenClaim> claims;
    if (patterns.empty()) {
        return claims;
    }
    for (const properties::Claim& claim : properties::select_claims(patterns)) {
        for (const screen::ScreenClaim& misreading : screen::screen_misreadings()) {
            if (misreading.id == claim.id) {
                claims.push_back(misreading);
            }
        }
    }
    if (claims.empty()) {
        throw InputError("'" + printable(patterns) + "' names no misreading", "--inject",
                         "misread.eq9, or misread.*");
    }
    return claims;
}

// Whether to use a GPU: where there is one, unless told otherwise. Asked for in vain, it says so, and the CPU
// does the work: the results are the same.
bool wants_gpu(const std::string& device) {
    if (!device.empty() && device != "cpu" && device != "cuda") {
        throw InputError("'" + printable(device) + "' is no device", "--device", "cpu or cuda");
    }
    if (device == "cpu") {
        return false;
    }
    std::string why;
    const bool found = !screen::cuda_device(why).empty();
    if (!found && device == "cuda") {
        std::cerr << "ncverify: no GPU: " << why << "; the CPU does the work\n";
    }
    return found;
}

std::string real(double value) {
    return fmt::format("{:.6g}", value);
}

Json ruling_json(const screen::Ruling& ruling, const screen::ScreenOptions& options) {
    Json json = {{"case", ruling.suspect.number},
                 {"configuration", ruling.configuration.command_line()},
                 {"reason", ruling.reason},
                 {"certified", ruling.certified},
                 {"evaluations", ruling.suspect.summary.evaluations},
                 {"dead_classes", screen::classes_of(ruling.suspect.summary.dead)},
                 {"gradient", real(ruling.suspect.residual)},
                 {"worst_curvature", real(ruling.suspect.worst_curvature)},
                 {"relative_excess_loss", real(ruling.suspect.excess)}};
    json["claims"] = Json::array();
    for (const std::size_t j : ruling.suspect.claims) {
        json["claims"].push_back(options.claims[j].id);
    }
    return json;
}

Json to_json(const screen::ScreenResult& result, const std::vector<screen::Ruling>& rulings,
             const screen::ScreenOptions& options, const std::string& precision) {
    std::vector<long> confirmed(options.claims.size(), 0);
    std::map<std::string, long> reasons;
    for (const screen::Ruling& ruling : rulings) {
        ++reasons[ruling.reason];
        for (const std::size_t j : ruling.refuted) {
            ++confirmed[j];
        }
    }
    Json json = {{"device", options.cuda ? "cuda" : "cpu"},
                 {"engine", result.engine},
                 {"precision", precision},
                 {"seed", options.seed},
                 {"shape", nullptr},
                 {"configurations", result.configurations},
                 {"per_second", real(static_cast<double>(result.configurations) / result.seconds)},
                 {"evaluations", result.evaluations},
                 {"revived_from_local_minima", result.revived_cases},
                 {"local_minima", result.local_minima},
                 {"stagnated", result.stagnated},
                 {"exhausted", result.exhausted},
                 {"interrupted", result.interrupted}};
    if (options.shape) {
        json["shape"] = {{"classes", options.shape->classes}, {"dim", options.shape->dimension}};
    }
    json["claims"] = Json::array();
    for (std::size_t j = 0; j < options.claims.size(); ++j) {
        const screen::ClaimTally& tally = result.claims[j];
        Json entry = {{"id", options.claims[j].id},
                      {"checked", tally.errors.count()},
                      {"unresolved", tally.unresolved},
                      {"max_error", real(tally.errors.largest())},
                      {"p99", real(tally.errors.quantile(0.99))},
                      {"suspects", tally.suspects},
                      {"confirmed", confirmed[j]}};
        entry["histogram"] = Json::object();
        for (int decade = screen::Tally::first_decade;
             decade < screen::Tally::first_decade + screen::Tally::decades; ++decade) {
            if (const long count = tally.errors.in_decade(decade); count > 0) {
                entry["histogram"][fmt::format("1e{}", decade)] = count;
            }
        }
        json["claims"].push_back(std::move(entry));
    }
    json["rejudged"] = rulings.size();
    json["reasons"] = reasons;
    json["rulings"] = Json::array();
    for (std::size_t i = 0; i < std::min(rulings.size(), most_listed); ++i) {
        json["rulings"].push_back(ruling_json(rulings[i], options));
    }
    json["timing"] = {{"screen_s", real(result.seconds)}, {"gpu_s", real(result.gpu_seconds)}};
    return json;
}

void print(const Json& json) {
    std::cout << fmt::format("{:<24} {:>10} {:>10} {:>10} {:>9} {:>9} {:>10}\n", "claim", "checked",
                             "max error", "p99", "suspects", "confirmed", "unresolved");
    for (const Json& claim : json["claims"]) {
        std::cout << fmt::format("{:<24} {:>10} {:>10} {:>10} {:>9} {:>9} {:>10}\n",
                                 claim["id"].get<std::string>(), claim["checked"].get<long>(),
                                 claim["max_error"].get<std::string>(), claim["p99"].get<std::string>(),
                                 claim["suspects"].get<long>(), claim["confirmed"].get<long>(),
                                 claim["unresolved"].get<long>());
    }
    std::cout << fmt::format(
        "\n{} configurations on {} ({}, {}), {} a second; {} met a local minimum and left it\n"
        "ended elsewhere: {} local minima; not converged: {} stagnated, {} out of evaluations\n{} judged "
        "again",
        json["configurations"].get<long>(), json["device"].get<std::string>(),
        json["engine"].get<std::string>(), json["precision"].get<std::string>(),
        json["per_second"].get<std::string>(), json["revived_from_local_minima"].get<long>(),
        json["local_minima"].get<long>(), json["stagnated"].get<long>(), json["exhausted"].get<long>(),
        json["rejudged"].get<long>());
    for (const auto& [reason, count] : json["reasons"].items()) {
        std::cout << fmt::format("; {}: {}", reason, count.get<long>());
    }
    std::cout << "\n";
}

// Of a misreading, where every case is a suspect, a few are judged again; of the claims, all.
std::vector<screen::Suspect> to_rejudge(const screen::ScreenResult& result,
                                        const screen::ScreenOptions& options) {
    constexpr int enough = 8;
    std::vector<int> taken(options.claims.size(), 0);
    std::vector<screen::Suspect> chosen;
    for (const screen::Suspect& suspect : result.suspects) {
        bool wanted = suspect.claims.empty();
        for (const std::size_t j : suspect.claims) {
            wanted = wanted || !options.claims[j].id.starts_with("misread.") || taken[j] < enough;
        }
        for (std::size_t j = 0; wanted && j < suspect.claims.size(); ++j) {
            ++taken[suspect.claims[j]];
        }
        if (wanted) {
            chosen.push_back(suspect);
        }
    }
    return chosen;
}

int run(const ScreenArguments& arguments) {
    screen::ScreenOptions options;
    options.random = static_cast<long>(whole_number(arguments.random, "--random", 1, 1'000'000'000'000));
    options.seed = arguments.common.seed_number();
    options.jobs = arguments.common.job_count();
    options.engine = arguments.engine;
    options.claims = screen::screen_claims();
    for (screen::ScreenClaim& claim : injected(arguments.inject)) {
        options.claims.push_back(std::move(claim));
    }
    const long digits = arguments.common.digit_count();
    if (!arguments.classes.empty() || !arguments.dimension.empty()) {
        const int classes =
            static_cast<int>(whole_number(arguments.classes, "--classes", 2, screen::largest_classes));
        const int dimension = arguments.dimension.empty()
                                  ? classes
                                  : static_cast<int>(whole_number(arguments.dimension, "--dim", classes,
                                                                  screen::largest_dimension));
        options.shape = screen::Shape{classes, dimension};
    }
    if (arguments.precision != "float32" && arguments.precision != "float64") {
        throw InputError("'" + printable(arguments.precision) + "' is no precision", "--precision",
                         "float32 or float64");
    }
    const bool json_wanted = arguments.common.json();
    if (!arguments.out.empty()) {
        reports::create_directory(arguments.out);  // or refused, before any work
    }
    options.cuda = wants_gpu(arguments.device);
    const bool terminal = isatty(STDERR_FILENO) != 0;
    const auto progress = [&](long done) {
        if (terminal) {
            std::cerr << fmt::format("\r{} of {} configurations", done, options.random) << std::flush;
        }
    };
    ::signal(SIGINT, request_stop);
    const screen::ScreenResult result = arguments.precision == "float32"
                                            ? screen::run_screen<float>(options, stop_requested, progress)
                                            : screen::run_screen<double>(options, stop_requested, progress);
    const std::vector<screen::Suspect> suspects = to_rejudge(result, options);
    const std::vector<screen::Ruling> rulings = screen::rejudge(suspects, options, digits, stop_requested);
    if (terminal) {
        std::cerr << "\r\033[K" << std::flush;
    }
    Json json = to_json(result, rulings, options, arguments.precision);
    const bool interrupted = result.interrupted || rulings.size() < suspects.size();
    json["interrupted"] = interrupted;
    if (!arguments.out.empty()) {
        reports::write_atomically(std::filesystem::path(arguments.out) / "screen.json", json.dump(2) + "\n");
    }
    if (json_wanted) {
        std::cout << json.dump(2) << "\n";
    } else {
        print(json);
    }
    if (interrupted) {
        return status_interrupted;
    }
    const bool differs = json["reasons"].contains("confirmed") || json["reasons"].contains("unexplained");
    return differs ? status_differs : status_ok;
}

}  // namespace

void add_screen(CLI::App& app, int& status) {
    auto arguments = std::make_shared<ScreenArguments>();
    CLI::App& command =
        add_command(app, "screen", "Look at millions of random configurations in floating point");
    add_seed_option(command, arguments->common);
    add_jobs_option(command, arguments->common);
    add_format_option(command, arguments->common);
    add_digits_option(command, arguments->common);
    add_text(command, "--random", arguments->random, "Random configurations");
    add_text(command, "--device", arguments->device, "cpu or cuda (default: cuda where there is a device)");
    add_text(command, "--precision", arguments->precision, "float32 or float64");
    add_text(command, "--classes", arguments->classes,
             "K of all configurations, 2 to 32 (default: a mixture)");
    add_text(command, "--dim", arguments->dimension, "d of all configurations, K to 64 (default: K)");
    add_text(command, "--engine", arguments->engine,
             "The CPU kernel to use, such as avx2 (default: the fastest)");
    add_text(
        command, "--inject", arguments->inject,
        "Evaluate wrong formulas too, such as misread.eq9: the screen must notice, and ends with status 1");
    add_text(command, "--out", arguments->out,
             "Folder for screen.json, which verify and report show with --screen");
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
