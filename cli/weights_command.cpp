// ncverify weights: the class weights at which given margins are the optimum's.
#include <iostream>

#include "cli/messages.hpp"
#include "cli/options.hpp"
#include "library/checked.hpp"
#include "ncverify/weights.hpp"
#include "problem/errors.hpp"

namespace ncverify::cli {

namespace {

struct WeightsArguments {
    CommonOptions common{.seed = {option::idle_seed}, .jobs = {option::idle_jobs}};
    Given margins{option::margins}, equal_margins{option::equal_margins};
    bool summary = false;
};

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

void print_table(const api::WeightDesign& design) {
    const Configuration configuration = library::checked(design.theory.configuration);
    std::cout << "weights   " << weights_text(configuration.weights) << "\n";
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        const api::PrintedClass& values = design.theory.form.groups[design.theory.form.group[k]];
        std::cout << "\nclass " << k + 1 << " of " << configuration.counts[k] << " samples\n"
                  << "  weight     " << design.weights[k] << "\n"
                  << "  margin     " << values.margin << "\n"
                  << "  ||h_k||^2  " << values.feature_norm_squared << "\n"
                  << "  ||w_k||^2  " << values.classifier_norm_squared << "\n";
    }
    std::cout << "\nncverify theory " << configuration.command_line() << "\n";
}

int run(const WeightsArguments& arguments) {
    const Configuration configuration = arguments.common.configuration();
    if (configuration.weighted()) {
        throw InputError("given, although weights are what is asked for", "--weights", "margins alone");
    }
    if (arguments.margins.empty() == arguments.equal_margins.empty()) {
        throw InputError(arguments.margins.empty() ? "missing" : "given together with --equal-margins",
                         "--margins", "--margins M1,..,MK or --equal-margins M");
    }
    const std::vector<std::string> margins = arguments.margins.empty()
                                                 ? std::vector<std::string>{arguments.equal_margins.text}
                                                 : split(arguments.margins.text);
    if (!arguments.margins.empty() && margins.size() != configuration.counts.size()) {
        throw InputError(std::to_string(margins.size()) + " margins for " +
                             std::to_string(configuration.classes()) + " classes",
                         "--margins", "one for each class, or --equal-margins M");
    }
    const bool json_wanted = arguments.common.json();
    const api::WeightDesign design = api::weights_for_margins(
        library::as_given(configuration), margins,
        {.digits = arguments.common.digit_count(), .matrices = json_wanted && !arguments.summary});
    if (!design.theory.form.undecided.empty()) {
        say("the rounding of " + design.theory.form.undecided + " could not be decided with " +
            std::to_string(design.theory.form.working_digits) + " digits; another --digits will");
        return status_undecided;
    }
    if (json_wanted) {
        std::cout << to_json(design) << "\n";
    } else {
        print_table(design);
    }
    return status_ok;
}

}  // namespace

void add_weights(CLI::App& app, int& status) {
    auto arguments = std::make_shared<WeightsArguments>();
    CLI::App& command =
        add_command(app, "weights", "The class weights at which given margins are the optimum's");
    add_configuration_options(command, arguments->common);
    add_option(command, arguments->margins);
    add_option(command, arguments->equal_margins);
    add_digits_option(command, arguments->common);
    add_seed_option(command, arguments->common);
    add_jobs_option(command, arguments->common);
    add_format_option(command, arguments->common);
    add_option(command, option::summary, arguments->summary);
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
