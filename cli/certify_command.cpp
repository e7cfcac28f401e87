// ncverify certify: check a certificate, sharing no code with the solver or the theorem.
#include <fmt/format.h>

#include <iostream>

#include "cli/bound_lines.hpp"
#include "cli/options.hpp"
#include "cli/outcome.hpp"
#include "files/atomic_file.hpp"
#include "files/read_file.hpp"
#include "ncverify/certify.hpp"
#include "proofs/writer/certificate_coq.hpp"

namespace ncverify::cli {

namespace {

void print_table(const api::Certification& result) {
    std::cout << (result.proven ? "proven" : "NOT proven: " + result.reason) << "\n"
              << "upper bound    " << result.upper_bound << "\n"
              << "lower bound    " << result.lower_bound << "\n"
              << "relative gap   " << result.relative_gap << "\n"
              << bound_lines(result.gap_terms, result.implied)
              << fmt::format("local minimiser  {}\n",
                             result.minimiser_radius.empty()
                                 ? "not located: " + result.minimiser_reason
                                 : "within " + result.minimiser_radius + " in every entry of W and H");
}

struct CertifyArguments {
    CommonOptions common;
    Given file{option::certificate_file}, coq{option::certify_coq};
    bool summary = false;
};

int run(const CertifyArguments& arguments) {
    const bool json_wanted = arguments.common.json();
    arguments.coq.require_writable();
    const std::string& file = arguments.file.text;
    const std::string certificate = files::read_file(file, "certificate");
    const api::CertifyOptions options{.classes = !arguments.summary, .where = "certificate " + file};
    const api::Certification result = api::certify(certificate, options);
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
    add_format_option(command, arguments->common);
    add_option(command, option::certify_summary, arguments->summary);
    add_option(command, arguments->coq);
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
