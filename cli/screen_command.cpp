// ncverify screen: millions of random configurations in floating point, and a second look at what stands out.
#include <algorithm>
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
#include "cli/screen_arguments.hpp"
#include "files/atomic_file.hpp"
#include "screen/screen_json.hpp"

namespace ncverify::cli {

namespace {

constexpr const char* screen_file = "screen.json";

struct ScreenArguments {
    CommonOptions common;
    ScreenChoices choices;
    Given random{option::screen_random}, out{option::screen_out};
};

void write(const ScreenArguments& arguments, const std::string& text) {
    if (!arguments.out.empty()) {
        files::write_atomically(std::filesystem::path(arguments.out.text) / screen_file, text);
    }
}

int run(const ScreenArguments& arguments) {
    const std::string& precision = arguments.choices.precision.choice();
    screen::ScreenOptions options = screen_options(
        arguments.choices, static_cast<long>(arguments.random.number()), arguments.common.seed_number());
    options.jobs = arguments.common.job_count();
    const long digits = arguments.common.digit_count();
    const bool json_wanted = arguments.common.json();
    arguments.out.require_folder({screen_file});
    if (!arguments.out.empty()) {
        files::create_directory(arguments.out.text);
    }
    options.cuda = wants_gpu(arguments.choices.device.choice());
    const auto report = [&](const screen::ScreenResult& result, const std::vector<screen::Ruling>& rulings,
                            bool all_judged) {
        const screen::ScreenRecord record =
            screen::record_of(result, rulings, all_judged, options, precision);
        write_then_print(
            {[&] { write(arguments, screen::to_json(record, result, rulings, options).dump(2) + "\n"); }},
            [&] {
                if (json_wanted) {
                    std::cout << screen::to_json(record, result, rulings, options).dump(2) + "\n";
                } else {
                    print_screen(record, result.per_second());
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
        precision == "float32" ? screen::run_screen<float>(options, interruption.requested(), solved)
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
    add_option(command, arguments->random);
    add_screen_choices(command, arguments->choices);
    add_option(command, arguments->out);

    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
