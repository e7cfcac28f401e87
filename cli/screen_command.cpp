// ncverify screen: millions of random configurations in floating point, and a second look at what stands out.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>

#include "cli/interruption.hpp"
#include "cli/messages.hpp"
#include "cli/options.hpp"
#include "cli/outcome.hpp"
#include "files/atomic_file.hpp"
#include "problem/errors.hpp"
#include "screen/kernel/cuda.hpp"
#include "screen/screen_json.hpp"

namespace ncverify::cli {

namespace {

static_assert(option::screen_classes.largest == screen::largest_classes);
static_assert(option::screen_dim.largest == screen::largest_dimension);

constexpr const char* screen_file = "screen.json";

struct ScreenArguments {
    CommonOptions common;
    Given random{option::screen_random}, device{option::device}, precision{option::precision};
    Given classes{option::screen_classes}, dim{option::screen_dim}, engine{option::engine};
    Given inject{option::inject}, out{option::screen_out};
};

// Whether to use a GPU: where there is one, unless told otherwise. Asked for in vain, it says so, and the CPU
// does the work: the results are the same.
bool wants_gpu(const std::string& device) {
    if (device == "cpu") {
        return false;
    }
    std::string why;
    const bool found = !screen::cuda_device(why).empty();
    if (!found && device == "cuda") {
        say("no GPU: " + why + "; the CPU does the work");
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

void write(const ScreenArguments& arguments, const std::string& text) {
    if (!arguments.out.empty()) {
        files::write_atomically(std::filesystem::path(arguments.out.text) / screen_file, text);
    }
}

int run(const ScreenArguments& arguments) {
    screen::ScreenOptions options = screen_options(arguments);
    const long digits = arguments.common.digit_count();
    const bool json_wanted = arguments.common.json();
    arguments.out.require_folder({screen_file});
    if (!arguments.out.empty()) {
        files::create_directory(arguments.out.text);
    }
    options.cuda = wants_gpu(arguments.device.choice());
    const bool terminal = isatty(STDERR_FILENO) != 0;
    const auto progress = [&](long done) {
        if (terminal) {
            std::cerr << fmt::format("\r{} of {} configurations", done, options.random) << std::flush;
        }
    };
    const auto report = [&](const screen::ScreenResult& result, const std::vector<screen::Ruling>& rulings,
                            bool all_judged) {
        const screen::ScreenRecord record =
            screen::record_of(result, rulings, all_judged, options, arguments.precision.text);
        write_then_print(
            {[&] { write(arguments, screen::to_json(record, result, rulings, options).dump(2) + "\n"); }},
            [&] {
                if (json_wanted) {
                    std::cout << screen::to_json(record, result, rulings, options).dump(2) + "\n";
                } else {
                    print(record, result);
                }
            });
        return record;
    };
    std::vector<screen::Ruling> made;
    std::mutex mutex;  // guards `made`
    Interruption interruption;
    const screen::ScreenResult result =
        arguments.precision.text == "float32"
            ? screen::run_screen<float>(options, interruption.requested(), progress)
            : screen::run_screen<double>(options, interruption.requested(), progress);
    const std::vector<screen::Suspect> suspects = screen::to_rejudge(result, options);
    interruption.if_given_up([&] {
        const std::lock_guard lock(mutex);
        std::sort(made.begin(), made.end(), [](const screen::Ruling& a, const screen::Ruling& b) {
            return a.suspect.number < b.suspect.number;
        });
        report(result, made, false);
    });
    const std::vector<screen::Ruling> rulings = screen::rejudge(
        suspects, options, digits, interruption.requested(), [&](const screen::Ruling& ruling) {
            const std::lock_guard lock(mutex);
            made.push_back(ruling);
        });
    interruption.work_has_ended();
    if (terminal) {
        std::cerr << "\r\033[K" << std::flush;
    }
    const screen::ScreenRecord record = report(result, rulings, rulings.size() == suspects.size());
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
