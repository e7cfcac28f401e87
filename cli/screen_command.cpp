// ncverify screen: millions of random configurations in floating point, and a second look at what stands out.
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/options.hpp"
#include "files/atomic_file.hpp"
#include "problem/errors.hpp"
#include "screen/kernel/cuda.hpp"
#include "screen/screen_json.hpp"

namespace ncverify::cli {

namespace {

struct ScreenArguments {
    CommonOptions common;
    std::string random = "1000000", device, precision = "float32", engine, inject, classes, dimension, out;
};

std::atomic<bool> stop_requested{false};

// The first interrupt ends the screen after the streams in hand; the second leaves.
void request_stop(int) {
    if (stop_requested.exchange(true)) {
        _exit(status_interrupted);
    }
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

void print(const screen::ScreenRecord& record, const screen::ScreenResult& result) {
    std::cout << fmt::format("{:<24} {:>10} {:>10} {:>10} {:>9} {:>9} {:>10}\n", "claim", "checked",
                             "max error", "p99", "suspects", "confirmed", "unresolved");
    for (const screen::ClaimRecord& claim : record.claims) {
        std::cout << fmt::format("{:<24} {:>10} {:>10} {:>10} {:>9} {:>9} {:>10}\n", claim.id, claim.checked,
                                 claim.max_error, claim.p99, claim.suspects, claim.confirmed,
                                 claim.unresolved);
    }
    std::cout << fmt::format(
        "\n{} configurations on {} ({}, {}), {} a second; {} met a local minimum and left it\n"
        "ended elsewhere: {} local minima; not converged: {} stagnated, {} out of evaluations\n{} judged "
        "again",
        record.configurations, record.device, record.engine, record.precision,
        screen::real_text(result.per_second()), record.revived, record.local_minima, record.stagnated,
        record.exhausted, record.rejudged);
    for (const auto& [reason, count] : record.reasons) {
        std::cout << fmt::format("; {}: {}", to_string(reason), count);
    }
    std::cout << "\n";
}

screen::ScreenOptions screen_options(const ScreenArguments& arguments) {
    screen::ScreenOptions options;
    options.random = static_cast<long>(whole_number(arguments.random, "--random", 1, 1'000'000'000'000));
    options.seed = arguments.common.seed_number();
    options.jobs = arguments.common.job_count();
    options.engine = arguments.engine;
    options.claims = screen::screen_claims();
    for (screen::ScreenClaim& claim : screen::select_misreadings(arguments.inject, "--inject")) {
        options.claims.push_back(std::move(claim));
    }
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
    return options;
}

int run(const ScreenArguments& arguments) {
    screen::ScreenOptions options = screen_options(arguments);
    const long digits = arguments.common.digit_count();
    const bool json_wanted = arguments.common.json();
    if (!arguments.out.empty()) {
        files::create_directory(arguments.out);  // or refused, before any work
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
    const std::vector<screen::Suspect> suspects = screen::to_rejudge(result, options);
    const std::vector<screen::Ruling> rulings = screen::rejudge(suspects, options, digits, stop_requested);
    if (terminal) {
        std::cerr << "\r\033[K" << std::flush;
    }
    const screen::ScreenRecord record =
        screen::record_of(result, rulings, rulings.size() == suspects.size(), options, arguments.precision);
    const std::string text = screen::to_json(record, result, rulings, options).dump(2) + "\n";
    if (!arguments.out.empty()) {
        files::write_atomically(std::filesystem::path(arguments.out) / "screen.json", text);
    }
    if (json_wanted) {
        std::cout << text;
    } else {
        print(record, result);
    }
    if (record.interrupted) {
        return status_interrupted;
    }
    return screen::differs(record) ? status_differs : status_ok;
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
