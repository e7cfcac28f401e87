// ncverify certify: check a certificate, sharing no code with the solver or the theorem.
#include <iostream>
#include <optional>

#include "certificates/tree_certificate.hpp"
#include "cli/bound_lines.hpp"
#include "cli/options.hpp"
#include "cli/outcome.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include "files/atomic_file.hpp"
#include "files/read_file.hpp"
#include "library/checked.hpp"
#include "ncverify/certify.hpp"
#include "proofs/writer/certificate_coq.hpp"

namespace ncverify::cli {

namespace {

std::string verdict(const api::Certification& result) {
    return result.proven          ? "proven"
           : result.contradiction ? "CONTRADICTION, nothing is proven: " + result.reason
                                  : "NOT proven: " + result.reason;
}

void print_table(const api::Certification& result) {
    const auto text = [](const std::string& value) { return value.empty() ? "-" : value; };
    const reports::Layout shown = layout();
    std::cout << reports::toned(reports::wrapped(verdict(result), 4, shown),
                                result.proven ? reports::Tone::good : reports::Tone::bad, shown)
              << "\nconfiguration  "
              << reports::wrapped(library::checked(result.configuration).command_line(), 15, shown, 15)
              << "\n"
              << "formulation    " << to_string(result.formulation) << "\n"
              << "digits         " << result.digits << "\n"
              << "upper bound    " << text(result.upper_bound) << "\n"
              << "lower bound    " << text(result.lower_bound) << "\n"
              << "relative gap   " << text(result.relative_gap) << "\n"
              << "gap            " << text(result.gap) << "\n"
              << bound_lines(result.gap_terms, result.implied) << "local minimiser  "
              << reports::wrapped(result.minimiser_radius.empty()
                                      ? "not located: " + result.minimiser_reason
                                      : "within " + result.minimiser_radius + " in every entry of W and H",
                                  17, shown, 17)
              << "\n";
}

struct CertifyArguments {
    CommonOptions common{.counts = {option::certify_counts},
                         .lambda_w = {option::certify_lambda_w},
                         .lambda_h = {option::certify_lambda_h},
                         .dim = {option::certify_dim},
                         .weights = {option::certify_weights},
                         .config = {option::certify_config},
                         .digits = {option::certify_digits}};
    Given file{option::certificate_file}, coq{option::certify_coq};
    bool summary = false;
};

int run(const CertifyArguments& arguments) {
    const bool json_wanted = arguments.common.json();
    std::optional<api::Configuration> configuration;
    if (arguments.common.names_configuration()) {
        configuration = library::as_given(arguments.common.configuration());
    }
    const long digits = arguments.common.digits.empty() ? 0 : arguments.common.digit_count();
    arguments.coq.require_writable();
    require_different_files({&arguments.file, &arguments.coq});
    const std::string& file = arguments.file.text;
    const std::string certificate = files::read_file(file, "certificate");
    if (!arguments.coq.empty() && certificates::is_tree_certificate(certificate)) {
        throw InputError(
            "a certificate of cones has no theorems for Coq", arguments.coq.row.name,
            "a certificate of slopes, as `solve` writes it where there is a coordinate for every class");
    }
    api::CertifyOptions options{.classes = !arguments.summary, .where = "certificate " + file};
    options.configuration = configuration;
    options.digits = digits;
    const api::Certification result = with_progress([&] { return api::certify(certificate, options); });
    const auto write_theorems = [&] {
        if (!arguments.coq.empty() && result.proven) {
            files::write_atomically(
                arguments.coq.text,
                proofs::certificate_coq(certificates::parse_certificate(certificate, options.where)));
        }
    };
    write_then_print({write_theorems}, [&] {
        if (json_wanted) {
            std::cout << to_json(result) << "\n";
        } else {
            print_table(result);
        }
    });
    return result.proven ? status_ok : status_differs;
}

}  // namespace

void add_certify(CLI::App& app, int& status) {
    auto arguments = std::make_shared<CertifyArguments>();
    CLI::App& command = add_command(app, "certify", "Check a certificate that `solve --certificate` wrote");
    add_option(command, arguments->file);
    add_configuration_options(command, arguments->common);
    add_digits_option(command, arguments->common);
    add_format_option(command, arguments->common);
    add_option(command, option::certify_summary, arguments->summary);
    add_option(command, arguments->coq);
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
