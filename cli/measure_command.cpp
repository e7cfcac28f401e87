// ncverify measure: somebody's own network beside the theorem.
#include <charconv>
#include <filesystem>
#include <iostream>

#include "cli/measure_table.hpp"
#include "cli/messages.hpp"
#include "cli/options.hpp"
#include "cli/outcome.hpp"
#include "cli/progress.hpp"
#include "cli/trajectory_command.hpp"
#include "files/atomic_file.hpp"
#include "library/prediction.hpp"
#include "measure/diagnosis.hpp"
#include "measure/notes.hpp"
#include "measure/prediction.hpp"
#include "problem/errors.hpp"
#include "reports/measure_page.hpp"

namespace ncverify::cli {

namespace {

struct MeasureArguments {
    CommonOptions common{.counts = {option::measure_counts},
                         .lambda_w = {option::measure_lambda_w},
                         .lambda_h = {option::measure_lambda_h},
                         .weights = {option::measure_weights},
                         .digits = {option::measure_digits},
                         .seed = {option::idle_seed}};
    std::vector<std::string> features, labels, classifier, bias;
    Given beside{option::beside}, ignored_label{option::ignore_label}, float8{option::float8};
    Given out{option::measure_out};
    bool summary = false;
};

// measure.json and its page.
std::vector<files::NamedText> documents(const MeasureArguments& arguments, const library::Predicted& network,
                                        long digits, const std::string& text) {
    const bool drawn =
        !arguments.summary && network.measured.classes.size() <= reports::most_measured_classes;
    const std::string page =
        reports::measure_page(network.measured, {.summary = measure::diagnosis(network.measured)[0].headline,
                                                 .notes = network.notes,
                                                 .theory = library::theory_json(network, digits, drawn),
                                                 .matrices = drawn});
    return {{"measure.json", [text] { return text; }}, {"index.html", [page] { return page; }}};
}

// The label as a whole number of either sign.
std::optional<long long> label_of(const Given& given) {
    if (given.empty()) {
        return std::nullopt;
    }
    long long label = 0;
    const char* end = given.text.data() + given.text.size();
    const auto [stop, error] = std::from_chars(given.text.data(), end, label);
    if (error != std::errc() || stop != end) {
        throw InputError("'" + printable(given.text) + "' is no label", given.row.name,
                         "a whole number, such as -100");
    }
    return label;
}

measure::Training training_of(const MeasureArguments& arguments) {
    const CommonOptions& common = arguments.common;
    measure::Training training{.lambda_w = common.lambda_w.text, .lambda_h = common.lambda_h.text};
    if (!common.weights.empty()) {
        training.weights = {common.weights.text};
    }
    if (!common.counts.empty()) {
        training.counts = parse_counts(common.counts.text, common.counts.row.name);
    }
    training.ignored_label = label_of(arguments.ignored_label);
    library::require_decays(training, common.lambda_w.row.name, common.lambda_h.row.name);
    return training;
}

int run(const MeasureArguments& arguments) {
    const CommonOptions& common = arguments.common;
    const bool json_wanted = common.json();
    const long digits = common.digit_count();
    const measure::Training training = training_of(arguments);
    common.seed_number();
    const auto eight_bits = files::eight_bit_float(arguments.float8.choice(), arguments.float8.row.name);
    const measure::SnapshotFiles given{arguments.features, arguments.labels, arguments.classifier,
                                       arguments.bias, eight_bits};
    if (measure::are_several(given)) {
        if (!arguments.beside.empty() && arguments.out.empty()) {
            throw InputError("has no effect without --out", arguments.beside.row.name,
                             "a folder for the page, too");
        }
        arguments.out.require_folder(trajectory_files());
        return run_trajectory(
            {given,
             {.training = training, .jobs = common.job_count(), .matrices = !arguments.summary},
             json_wanted,
             arguments.out.text,
             arguments.beside.text});
    }
    if (!arguments.beside.empty()) {
        throw InputError("is given with a single snapshot", arguments.beside.row.name,
                         "several, as --features 'epoch-*.npz:H'");
    }
    arguments.out.require_folder({"measure.json", "index.html"});
    const measure::NetworkFiles arrays{arguments.features[0], arguments.labels[0], arguments.classifier[0],
                                       arguments.bias.empty() ? "" : arguments.bias[0], eight_bits};
    const measure::Measurement measured =
        with_progress([&] { return measure::measure(arrays, training, common.job_count()); });
    std::string text;
    std::vector<files::NamedText> texts;
    if (json_wanted || !arguments.out.empty()) {
        const library::Predicted network = library::predicted(measured, digits, !arguments.summary);
        text = library::json_text(network, digits, !arguments.summary) + "\n";
        if (!arguments.out.empty()) {
            texts = documents(arguments, network, digits, text);
        }
    }
    const auto write = [&] {
        if (!texts.empty()) {
            const std::filesystem::path folder(arguments.out.text);
            files::create_directory(folder);
            files::write_each(folder, texts);
            say_report((folder / "index.html").string());
        }
    };
    write_then_print({write}, [&] {
        if (json_wanted) {
            std::cout << text;
        } else {
            std::vector<std::string> notes = measure::notes_on(measured);
            const auto form = measure::predicted_form(measured, measure_table_digits, false, notes);
            print_measurement(measured, form, notes);
        }
    });
    return status_ok;
}

}  // namespace

void add_measure(CLI::App& app, int& status) {
    auto arguments = std::make_shared<MeasureArguments>();
    CLI::App& command = add_command(
        app, "measure",
        "How far somebody's own network is from the optimum, because of what, and its metrics beside the theorem's");
    add_option(command, option::features, arguments->features);
    add_option(command, option::labels, arguments->labels);
    add_option(command, option::classifier, arguments->classifier);
    add_option(command, option::bias, arguments->bias);
    for (Given* given : {&arguments->common.lambda_w, &arguments->common.lambda_h, &arguments->common.weights,
                         &arguments->common.counts, &arguments->ignored_label, &arguments->float8}) {
        add_option(command, *given);
    }
    add_digits_option(command, arguments->common);
    add_seed_option(command, arguments->common);
    add_jobs_option(command, arguments->common);
    add_format_option(command, arguments->common);
    add_option(command, arguments->out);
    add_option(command, arguments->beside);
    add_option(command, option::measure_summary, arguments->summary);
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
