// ncverify screen: millions of random configurations in floating point, and a second look at what stands out.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/interruption.hpp"
#include "cli/messages.hpp"
#include "cli/options.hpp"
#include "cli/outcome.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
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
    Given weights{option::screen_weights};
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

// An error as six digits say it, in three: beyond its order nobody reads it in a table.
std::string short_error(const std::string& text) {
    const double value = std::strtod(text.c_str(), nullptr);
    return std::isfinite(value) ? fmt::format("{:.3g}", value) : text;
}

std::string claims_table(const screen::ScreenRecord& record, const reports::Layout& shown) {
    constexpr reports::Tone plain = reports::Tone::plain;
    std::vector<std::vector<reports::Cell>> rows(1);
    for (const char* name : {"claim", "checked", "largest", "p99", "suspects", "confirmed", "open"}) {
        rows[0].push_back({name, reports::Tone::heading, !rows[0].empty()});
    }
    for (const screen::ClaimRecord& claim : record.claims) {
        const auto number = [](long count) { return reports::Cell{std::to_string(count), plain, true}; };
        reports::Cell confirmed = number(claim.confirmed);
        confirmed.tone = claim.confirmed > 0 ? reports::Tone::bad : plain;
        rows.push_back({{claim.id},
                        number(claim.checked),
                        {short_error(claim.max_error), plain, true},
                        {short_error(claim.p99), plain, true},
                        number(claim.suspects),
                        confirmed,
                        number(claim.unresolved)});
    }
    return reports::aligned(rows, 0, shown);
}

void print(const screen::ScreenRecord& record, const screen::ScreenResult& result) {
    const reports::Layout shown = layout();
    std::cout << claims_table(record, shown) << "\n";
    std::string text = fmt::format(
        "{} configurations{} on {} ({}, {}), {} a second; {} met a local minimum and left it; "
        "ended elsewhere: {} local minima; not converged: {} stagnated, {} out of evaluations; {} judged "
        "again",
        record.configurations, record.weighted ? " with class weights" : "", record.device, record.engine,
        record.precision, screen::real_text(result.per_second()), record.revived, record.local_minima,
        record.stagnated, record.exhausted, record.rejudged);
    for (const auto& [reason, count] : record.reasons) {
        text += fmt::format("; {}: {}", to_string(reason), count);
    }
    std::cout << reports::wrapped(text, 0, shown) << "\n";
}

screen::ScreenOptions screen_options(const ScreenArguments& arguments) {
    screen::ScreenOptions options;
    options.random = static_cast<long>(arguments.random.number());
    options.seed = arguments.common.seed_number();
    options.jobs = arguments.common.job_count();
    options.engine = arguments.engine.text;
    options.weighted = arguments.weights.choice() == "drawn";
    options.claims = screen::screen_claims(options.weighted);
    for (screen::ScreenClaim& claim :
         screen::select_misreadings(arguments.inject.text, option::inject.name, options.weighted)) {
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
    std::optional<Progress> progress(std::in_place);
    const auto solved = [&](long done) {
        progress->show("configurations", static_cast<double>(done), static_cast<double>(options.random));
    };
    Interruption interruption;
    const screen::ScreenResult result =
        arguments.precision.text == "float32"
            ? screen::run_screen<float>(options, interruption.requested(), solved)
            : screen::run_screen<double>(options, interruption.requested(), solved);
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
            progress->show("suspects judged again", static_cast<double>(made.size()),
                           static_cast<double>(suspects.size()));
        });
    interruption.work_has_ended();
    progress.reset();
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
    for (Given* given :
         {&arguments->random, &arguments->device, &arguments->precision, &arguments->classes, &arguments->dim,
          &arguments->weights, &arguments->engine, &arguments->inject, &arguments->out}) {
        add_option(command, *given);
    }
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
