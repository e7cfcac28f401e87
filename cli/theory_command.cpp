// ncverify theory: the closed forms, every printed digit right.
#include <fmt/format.h>

#include <iostream>

#include "cli/messages.hpp"
#include "cli/options.hpp"
#include "cli/outcome.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include "files/atomic_file.hpp"
#include "library/checked.hpp"
#include "ncverify/theory.hpp"
#include "proofs/writer/theory_coq.hpp"

namespace ncverify::cli {

namespace {

// One line per distinct count, with what its classes share.
void print_table(const Configuration& configuration, const api::PrintedForm& form) {
    std::cout << "configuration  " << reports::wrapped(configuration.command_line(), 15, layout(), 15) << "\n"
              << "threshold      " << form.threshold
              << (configuration.weighted() ? "   (classes with omega_k^2 n_k <= T collapse)\n"
                                           : "   (classes with n_k <= T collapse)\n")
              << "minimum loss   " << form.minimum_loss << "\n";
    std::vector<long> classes(form.groups.size(), 0);
    std::vector<long long> counts(form.groups.size(), 0);
    for (std::size_t k = 0; k < form.group.size(); ++k) {
        ++classes[form.group[k]];
        counts[form.group[k]] = configuration.counts[k];
    }
    for (std::size_t g = 0; g < form.groups.size(); ++g) {
        const api::PrintedClass& values = form.groups[g];
        std::cout << fmt::format("\n{} class{} of {} sample{}{}\n", classes[g], classes[g] == 1 ? "" : "es",
                                 counts[g], counts[g] == 1 ? "" : "s", values.collapsed ? ", collapsed" : "")
                  << "  margin               " << values.margin << "\n"
                  << "  ||h_k||^2            " << values.feature_norm_squared << "\n"
                  << "  ||w_k||^2            " << values.classifier_norm_squared << "\n"
                  << "  logit, own           " << values.logit_own << "\n"
                  << "  logit, other         " << values.logit_other << "\n";
        for (std::size_t h = 0; h < form.inner.size(); ++h) {
            if (g != h || classes[g] > 1) {
                std::cout << fmt::format("  w_k . w_j, n_j = {:<4} {}\n", counts[h], form.inner[g][h])
                          << "       cosine          "
                          << (form.cosine[g][h].empty() ? "undefined" : form.cosine[g][h]) << "\n";
            }
        }
    }
}

struct TheoryArguments {
    CommonOptions common{.seed = {option::idle_seed}, .jobs = {option::idle_jobs}};
    Given coq{option::coq};
    bool summary = false;
};

int run(const TheoryArguments& arguments) {
    const Configuration configuration = arguments.common.configuration();
    const api::TheoryOptions options{.digits = arguments.common.digit_count(),
                                     .matrices = !arguments.summary};
    const bool json_wanted = arguments.common.json();
    arguments.common.seed_number();
    arguments.common.jobs.number();
    arguments.coq.require_writable();
    require_different_files({&arguments.common.config, &arguments.coq});
    const api::Theory theory =
        with_progress([&] { return api::theory(library::as_given(configuration), options); });
    if (!theory.form.undecided.empty()) {
        say("the rounding of " + theory.form.undecided + " could not be decided with " +
            std::to_string(theory.form.working_digits) + " digits; another --digits will");
        return status_undecided;
    }
    std::string theorems;
    if (!arguments.coq.empty()) {
        theorems = with_progress([&] { return proofs::theory_coq(configuration, options.digits); });
        if (theorems.empty()) {
            say("a rounding could not be decided for --coq; another --digits will");
            return status_undecided;
        }
    }
    if (!theory.attained) {
        say("note: d = " + std::to_string(configuration.dimension) +
            " is smaller than the number of classes above the threshold; no point attains these values");
    }
    const auto write_theorems = [&] {
        if (!theorems.empty()) {
            files::write_atomically(arguments.coq.text, theorems);
        }
    };
    write_then_print({write_theorems}, [&] {
        if (json_wanted) {
            std::cout << to_json(theory) << "\n";
        } else {
            print_table(configuration, theory.form);
        }
    });
    return status_ok;
}

}  // namespace

void add_theory(CLI::App& app, int& status) {
    auto arguments = std::make_shared<TheoryArguments>();
    CLI::App& command =
        add_command(app, "theory", "The closed forms of Theorem 1, every printed digit right");
    add_configuration_options(command, arguments->common);
    add_digits_option(command, arguments->common);
    add_seed_option(command, arguments->common);
    add_jobs_option(command, arguments->common);
    add_format_option(command, arguments->common);
    add_option(command, option::summary, arguments->summary);
    add_option(command, arguments->coq);
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
