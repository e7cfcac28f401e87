// ncverify-train: the paper's experiments. Bad input is caught here, once, and becomes one line and status 2.
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <iostream>
#include <limits>

#include "cli/command_line.hpp"
#include "experiments/command.hpp"
#include "experiments/stop.hpp"
#include "files/atomic_file.hpp"
#include "problem/errors.hpp"

namespace {

using namespace ncverify;
using namespace ncverify::experiments;

constexpr int status_ok = 0, status_bad_input = 2, status_interrupted = 130;

void say(const std::string& message) {
    std::cerr << "ncverify-train: " << message << '\n';
}

std::string duration(double seconds) {
    const auto whole = std::llround(seconds);
    return whole < 60     ? fmt::format("{} s", whole)
           : whole < 3600 ? fmt::format("{} min {} s", whole / 60, whole % 60)
                          : fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

// Lines of progress: the first, the last, and at most one every five seconds between.
class Lines {
  public:
    explicit Lines(long epochs) : epochs_(epochs) {}
    void show(const Moment& moment) {
        const auto now = std::chrono::steady_clock::now();
        if (shown_ && moment.epoch < epochs_ && now - last_ < std::chrono::seconds(5)) {
            return;
        }
        shown_ = true;
        last_ = now;
        say(fmt::format("epoch {} of {}: {}{}", moment.epoch, epochs_, in_words(moment.metrics),
                        moment.seconds_left > 0 ? ", about " + duration(moment.seconds_left) + " left" : ""));
    }

  private:
    long epochs_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point last_;
};

int run(const Arguments& arguments) {
    const Settings settings = settings_of(arguments);
    const std::filesystem::path folder = folder_of(arguments, settings);
    cli::require_folder(folder.string(), arguments.out.row.name,
                        {"run.json", "metrics.csv", "checkpoint.pt"});
    if (const std::string changed = difference_to_run(folder, settings); !changed.empty()) {
        throw InputError("the run in '" + printable(folder.string()) + "' was started with " + changed,
                         arguments.out.row.name, "the same settings, or another folder");
    }
    std::string images;
    const Data data = data_of(arguments, settings, images);
    files::create_directory(folder);
    files::write_atomically(folder / "run.json", run_text(settings, data, images));
    say(preset_named(settings.preset, arguments.preset.row.name).of + std::string(": ") + folder.string());
    stop_on_signals();
    Lines lines(settings.epochs);
    const long until = arguments.until.empty() ? std::numeric_limits<long>::max()
                                               : static_cast<long>(arguments.until.number());
    const Outcome outcome =
        train(settings, data, folder, until,
              {.stop = stop_requested,
               .told = [&](const Moment& moment) { lines.show(moment); },
               .resumed = [](long epoch) { say(fmt::format("goes on after epoch {}", epoch)); }});
    std::cout << fmt::format("{} epochs of {} in {}; training {:.1f} s, metrics {:.1f} s of processor time\n",
                             outcome.epoch, settings.epochs, folder.string(), outcome.training_seconds,
                             outcome.metrics_seconds)
              << (outcome.finished ? "the page: " + measure_line(settings, folder)
                                   : "the same command goes on")
              << '\n';
    return stop_requested() && !outcome.finished ? status_interrupted : status_ok;
}

}  // namespace

int main(int argc, char** argv) {
    const auto app = cli::make_program(
        "ncverify-train trains the networks of the paper's Section 5 and saves how they come to rest.",
        NCVERIFY_VERSION);
    Arguments arguments;
    int status = status_ok;
    for (Given* given : arguments.all()) {
        cli::add_option(*app, *given);
    }
    cli::on_run(*app, [&] { status = run(arguments); });
    try {
        const cli::Reading reading = cli::read_and_run(*app, argc, argv);
        if (reading.refused.empty()) {
            return status;
        }
        say(reading.refused + "; expected " +
            (reading.expected.empty() ? "options as `ncverify-train --help` lists them" : reading.expected));
    } catch (const InputError& error) {
        say(error.what());
    } catch (const std::exception& error) {
        // LibTorch's have a trace below the line that says what is wrong, such as too little memory.
        const std::string text = error.what();
        say("LibTorch or the system failed (" + text.substr(0, text.find('\n')) + ")");
    }
    return status_bad_input;
}
