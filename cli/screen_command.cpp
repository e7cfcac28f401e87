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

static_assert(option::screen_classes.largest == screen::largest_classes);
static_assert(option::screen_dim.largest == screen::largest_dimension);

struct ScreenArguments {
    CommonOptions common;
    Given random{option::screen_random}, device{option::device}, precision{option::precision};
    Given classes{option::screen_classes}, dim{option::screen_dim}, engine{option::engine};
    Given inject{option::inject}, out{option::screen_out};
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
    options.random = static_cast<long>(arguments.random.number());
    options.seed = arguments.common.seed_number();
    options.jobs = arguments.common.job_count();
    options.engine = arguments.engine.text;
    options.claims = screen::screen_claims();
    for (screen::ScreenClaim& claim :
         screen::select_misreadings(arguments.inject.text, option::inject.name)) {
        options.claims.push_back(std::move(claim));
    }
    if (!arguments.classes.empty() || !arguments.dim.empty()) {
        if (arguments.classes.empty()) {
            throw InputError("given without --classes", arguments.dim.row.name, "both, or --classes alone");
        }
        const int classes = static_cast<int>(arguments.classes.number());
        Given dim = arguments.dim;
        dim.row.smallest = classes;
        const int dimension = dim.empty() ? classes : static_cast<int>(dim.number());
        options.shape = screen::Shape{classes, dimension};
    }
    arguments.precision.choice();
    return options;
}

int run(const ScreenArguments& arguments) {
    screen::ScreenOptions options = screen_options(arguments);
    const long digits = arguments.common.digit_count();
    const bool json_wanted = arguments.common.json();
    if (!arguments.out.empty()) {
        files::create_directory(arguments.out.text);  // or refused, before any work
    }
    options.cuda = wants_gpu(arguments.device.choice());
    const bool terminal = isatty(STDERR_FILENO) != 0;
    const auto progress = [&](long done) {
        if (terminal) {
            std::cerr << fmt::format("\r{} of {} configurations", done, options.random) << std::flush;
        }
    };
    ::signal(SIGINT, request_stop);
    const screen::ScreenResult result = arguments.precision.text == "float32"
                                            ? screen::run_screen<float>(options, stop_requested, progress)
                                            : screen::run_screen<double>(options, stop_requested, progress);
    const std::vector<screen::Suspect> suspects = screen::to_rejudge(result, options);
    const std::vector<screen::Ruling> rulings = screen::rejudge(suspects, options, digits, stop_requested);
    if (terminal) {
        std::cerr << "\r\033[K" << std::flush;
    }
    const screen::ScreenRecord record = screen::record_of(result, rulings, rulings.size() == suspects.size(),
                                                          options, arguments.precision.text);
    const std::string text = screen::to_json(record, result, rulings, options).dump(2) + "\n";
    if (!arguments.out.empty()) {
        files::write_atomically(std::filesystem::path(arguments.out.text) / "screen.json", text);
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
    for (Given* given : {&arguments->random, &arguments->device, &arguments->precision, &arguments->classes,
                         &arguments->dim, &arguments->engine, &arguments->inject, &arguments->out}) {
        add_option(command, *given);
    }
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
