// ncverify theory: the closed forms, every printed digit right.
#include <fmt/format.h>

#include <iostream>

#include "cli/form_json.hpp"
#include "cli/options.hpp"
#include "cli/theory_coq.hpp"
#include "files/atomic_file.hpp"
#include "problem/errors.hpp"
#include "theory/closed_form.hpp"
#include "theory/printed.hpp"

namespace ncverify::cli {

namespace {

constexpr double largest_output_bytes = 4e9;

// Sizes are known before any number is.
void require_memory(const Configuration& configuration, long digits, bool summary) {
    const auto classes = static_cast<double>(configuration.classes());
    const double per_number = static_cast<double>(digits) + 60;
    const double numbers = summary ? 6 * classes : 2 * classes * classes + 6 * classes;
    if (numbers * per_number > largest_output_bytes) {
        throw InputError(fmt::format("{:.3g} numbers of {} digits do not fit in memory", numbers, digits),
                         "theory",
                         summary ? "fewer digits or classes" : "--summary, fewer digits or fewer classes");
    }
}

// One line per distinct count, with what its classes share.
void print_table(const Configuration& configuration, const theory::PrintedForm& form) {
    std::cout << "configuration  " << configuration.command_line() << "\n"
              << "threshold      " << form.threshold << "   (classes with n_k <= T collapse)\n"
              << "minimum loss   " << form.minimum_loss << "\n";
    std::vector<long> classes(form.groups.size(), 0);
    std::vector<long long> counts(form.groups.size(), 0);
    for (std::size_t k = 0; k < form.group.size(); ++k) {
        ++classes[form.group[k]];
        counts[form.group[k]] = configuration.counts[k];
    }
    for (std::size_t g = 0; g < form.groups.size(); ++g) {
        const theory::PrintedClass& values = form.groups[g];
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

int run(const CommonOptions& common, bool summary, const std::string& coq_file) {
    const Configuration configuration = common.configuration();
    const long digits = common.digit_count();
    const bool json_wanted = common.json();
    common.seed_number();  // of no use here, but common to all commands
    common.job_count();
    require_memory(configuration, digits, summary);
    if (!coq_file.empty()) {
        require_writable(coq_file, "--coq");
    }
    const theory::PrintedForm form = theory::printed_form(configuration, digits, !summary);
    if (!form.undecided.empty()) {
        std::cerr << "ncverify: the rounding of " << form.undecided
                  << " could not be decided; another --digits will\n";
        return status_undecided;
    }
    if (!coq_file.empty()) {
        const std::string theorems = theory_coq(configuration, digits);
        if (theorems.empty()) {
            std::cerr << "ncverify: a rounding could not be decided for --coq; another --digits will\n";
            return status_undecided;
        }
        files::write_atomically(coq_file, theorems);
    }
    if (!theory::attained(configuration)) {
        std::cerr
            << "ncverify: note: d = " << configuration.dimension
            << " is smaller than the number of classes above the threshold; no point attains these values\n";
    }
    if (json_wanted) {
        std::cout << form_json(configuration, form, digits, summary).dump(2) << "\n";
    } else {
        print_table(configuration, form);
    }
    return status_ok;
}

}  // namespace

void add_theory(CLI::App& app, int& status) {
    struct Arguments {
        CommonOptions common;
        bool summary = false;
        std::string coq;
    };
    auto arguments = std::make_shared<Arguments>();
    CLI::App& command =
        add_command(app, "theory", "The closed forms of Theorem 1, every printed digit right");
    add_configuration_options(command, arguments->common);
    add_digits_option(command, arguments->common);
    add_seed_option(command, arguments->common);
    add_jobs_option(command, arguments->common);
    add_format_option(command, arguments->common);
    add_flag(command, "--summary", arguments->summary, "Leave the two K x K matrices out");
    add_text(command, "--coq", arguments->coq,
             "Write these numbers as theorems for Coq to this file (proofs/README.md)");
    on_run(command,
           [arguments, &status] { status = run(arguments->common, arguments->summary, arguments->coq); });
}

}  // namespace ncverify::cli
