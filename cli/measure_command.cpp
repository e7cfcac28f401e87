// ncverify measure: somebody's own network beside the theorem.
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "cli/messages.hpp"
#include "cli/options.hpp"
#include "cli/outcome.hpp"
#include "files/atomic_file.hpp"
#include "library/prediction.hpp"
#include "measure/angles.hpp"
#include "measure/notes.hpp"
#include "measure/prediction.hpp"
#include "problem/errors.hpp"
#include "reports/measure_page.hpp"

namespace ncverify::cli {

namespace {

constexpr std::size_t classes_shown = 40;
constexpr long table_digits = 5;

struct MeasureArguments {
    CommonOptions common{.weights = {option::measure_weights},
                         .digits = {option::measure_digits},
                         .seed = {option::idle_seed}};
    Given features{option::features}, labels{option::labels}, classifier{option::classifier};
    Given out{option::measure_out};
    bool summary = false;
};

std::string measured_text(double value) {
    return fmt::format("{:.{}g}", value, table_digits);
}
std::string measured_text(const std::optional<double>& value) {
    return value ? measured_text(*value) : "undefined";
}

// The theorem's decimals as the measured ones are written, where a double can hold them.
std::string predicted_text(const std::string& decimal) {
    const double value = std::strtod(decimal.c_str(), nullptr);
    return std::isnormal(value) ? measured_text(value) : decimal;
}

std::string summary(const measure::Measurement& measured) {
    std::string text = "NC1 " + measured_text(measured.nc1) + ", NC2 " + measured_text(measured.nc2);
    if (measured.gap) {
        text += "; loss " + measured.gap->loss.text(table_digits) + ", lower bound " +
                measured.gap->lower_bound.text(table_digits) + " for features without negative entries";
    }
    return text;
}

void print_inputs(const measure::Measurement& measured) {
    for (const auto& [title, array] :
         {std::pair("features", &measured.features), std::pair("labels", &measured.labels),
          std::pair("classifier", &measured.classifier)}) {
        std::cout << fmt::format("{:<12} {}{}{}  {}, {}\n", title, printable(array->file),
                                 array->key.empty() ? "" : ":", printable(array->key),
                                 files::shape_text(array->header.shape), array->header.type.name());
    }
}

void print_metrics(const measure::Measurement& measured) {
    const double accuracy =
        100 * static_cast<double>(measured.correct()) / static_cast<double>(measured.samples());
    std::cout << fmt::format("accuracy     {:.2f} %\n\n", accuracy)
              << fmt::format("NC1 (19)     {:<12} within-class spread; rank of S_B {} of at most {}\n",
                             measured_text(measured.nc1), measured.between.rank(),
                             std::min<long long>(measured.configuration.classes() - 1,
                                                 measured.configuration.dimension))
              << fmt::format("NC2 (20)     {:<12} classifier beside the features' combination\n",
                             measured_text(measured.nc2));
    if (measured.has_decays) {
        std::cout << fmt::format("NC3 (21)     {:<12} logits beside the theorem's\n",
                                 measured_text(measured.nc3));
    }
}

void print_gap(const measure::Gap& gap) {
    const Enclosure total = gap.terms.sum();
    std::cout << fmt::format("\nloss         {}\nlower bound  {}\ngap          {:<14} of which\n",
                             gap.loss.text(10), gap.lower_bound.text(10), total.text(table_digits));
    for (const auto& [title, term] :
         {std::pair("logits", &gap.terms.logits), std::pair("classifier", &gap.terms.classifier),
          std::pair("orthogonality", &gap.terms.orthogonality),
          std::pair("within classes", &gap.terms.within_class),
          std::pair("collapsed", &gap.terms.collapsed)}) {
        const Enclosure share = Enclosure(100) * *term / total;
        std::cout << fmt::format("  {:<15} {:<14} {}\n", title, term->text(table_digits),
                                 is_finite(share) ? share.text(3) + " %" : "");
    }
}

void print_classes(const measure::Measurement& measured, const std::optional<theory::PrintedForm>& form) {
    std::cout << "\nby class, measured and (theorem)\n"
              << fmt::format("{:>6} {:>9}  {:<24}{:<24}{:<26}{:<26}{}\n", "class", "samples", "||h_k||^2",
                             "||w_k||^2", "own logit", "other logits", "within-class variance");
    const std::size_t shown = std::min(measured.classes.size(), classes_shown);
    for (std::size_t k = 0; k < shown; ++k) {
        const auto place = static_cast<Eigen::Index>(k);
        const theory::PrintedClass predicted = form ? form->groups[form->group[k]] : theory::PrintedClass();
        const auto both = [&](double value, const std::string& theorem) {
            return measured_text(value) + (form ? " (" + predicted_text(theorem) + ")" : "");
        };
        const auto count = static_cast<long double>(measured.configuration.counts[k]);
        std::cout << fmt::format(
            "{:>6} {:>9}  {:<24}{:<24}{:<26}{:<26}{}{}\n", k, measured.configuration.counts[k],
            both(measured.feature_gram(place, place), predicted.feature_norm_squared),
            both(measured.classifier_gram(place, place), predicted.classifier_norm_squared),
            both(measured.logits(place, place), predicted.logit_own),
            both(measured.other_logits(place), predicted.logit_other),
            measured_text(static_cast<double>(measured.classes[k].spread / count)),
            predicted.collapsed ? "  collapses" : "");
    }
    if (shown < measured.classes.size()) {
        std::cout << fmt::format("{:>6} {} more classes: --format json has them\n", "...",
                                 measured.classes.size() - shown);
    }
}

std::string predicted_angles_text(const theory::PrintedForm& form) {
    const auto range = measure::predicted_angles(form);
    return range ? measured_text(range->first) + " to " + measured_text(range->second) + " degrees"
                 : "undefined";
}

void print_angles(const measure::Measurement& measured, const std::optional<theory::PrintedForm>& form) {
    const auto line = [](const std::string& title, const Matrix<double>& gram, const std::string& theorem) {
        const auto range = measure::angles(gram);
        std::cout << title
                  << (range ? fmt::format("{} to {}, on average {} degrees", measured_text(range->smallest),
                                          measured_text(range->largest), measured_text(range->mean))
                            : std::string("undefined"))
                  << (theorem.empty() ? "" : " (" + theorem + ")") << "\n";
    };
    line("\nangles between class means   ", measured.feature_gram, form ? "90 degrees, where not zero" : "");
    line("angles between classifiers   ", measured.classifier_gram, form ? predicted_angles_text(*form) : "");
}

void print_table(const measure::Measurement& measured, const std::optional<theory::PrintedForm>& form,
                 const std::vector<std::string>& notes) {
    print_inputs(measured);
    print_metrics(measured);
    if (measured.gap) {
        print_gap(*measured.gap);
    }
    print_classes(measured, form);
    print_angles(measured, form);
    for (const std::string& note : notes) {
        std::cout << "note: " << note << "\n";
    }
}

// measure.json and its page.
std::vector<files::NamedText> documents(const MeasureArguments& arguments, const library::Predicted& network,
                                        long digits, const std::string& text) {
    const bool drawn =
        !arguments.summary && network.measured.classes.size() <= reports::most_measured_classes;
    const std::string page =
        reports::measure_page(network.measured, {.summary = summary(network.measured),
                                                 .notes = network.notes,
                                                 .theory = library::theory_json(network, digits, drawn),
                                                 .matrices = drawn});
    return {{"measure.json", [text] { return text; }}, {"index.html", [page] { return page; }}};
}

int run(const MeasureArguments& arguments) {
    const CommonOptions& common = arguments.common;
    const bool json_wanted = common.json();
    const long digits = common.digit_count();
    const auto decays = library::decays_of(
        common.lambda_w.text, common.lambda_h.text, common.lambda_w.row.name, common.lambda_h.row.name,
        common.weights.empty() ? std::vector<std::string>() : std::vector<std::string>{common.weights.text},
        common.weights.row.name);
    common.seed_number();
    arguments.out.require_folder({"measure.json", "index.html"});
    const measure::Measurement measured = measure::measure(
        measure::NetworkFiles{arguments.features.text, arguments.labels.text, arguments.classifier.text},
        decays, common.job_count());
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
            const auto form = measure::predicted_form(measured, table_digits, true, notes);
            print_table(measured, form, notes);
        }
    });
    return status_ok;
}

}  // namespace

void add_measure(CLI::App& app, int& status) {
    auto arguments = std::make_shared<MeasureArguments>();
    CLI::App& command = add_command(
        app, "measure",
        "NC1 to NC3, geometry and gap to the optimum of somebody's own network, beside the theorem");
    for (Given* given :
         {&arguments->features, &arguments->labels, &arguments->classifier, &arguments->common.lambda_w,
          &arguments->common.lambda_h, &arguments->common.weights}) {
        add_option(command, *given);
    }
    add_digits_option(command, arguments->common);
    add_seed_option(command, arguments->common);
    add_jobs_option(command, arguments->common);
    add_format_option(command, arguments->common);
    add_option(command, arguments->out);
    add_option(command, option::measure_summary, arguments->summary);
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
