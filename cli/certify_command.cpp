// ncverify certify: check a certificate, sharing no code with the solver or the theorem.
#include <fmt/format.h>

#include <iostream>

#include "cli/bound_lines.hpp"
#include "cli/options.hpp"
#include "ncverify/certify.hpp"
#include "proofs/writer/certificate_coq.hpp"
#include "reports/atomic_file.hpp"

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

int run(const std::string& file, const CommonOptions& common, bool summary, const std::string& coq_file) {
    const bool json_wanted = common.json();
    if (!coq_file.empty()) {
        require_writable(coq_file, "--coq");
    }
    const std::string certificate = read_file(file, "certificate");
    const api::CertifyOptions options{.classes = !summary, .where = "certificate " + file};
    const api::Certification result = api::certify(certificate, options);
    if (!coq_file.empty() && result.proven) {
        reports::write_atomically(
            coq_file, proofs::certificate_coq(certificates::parse_certificate(certificate, options.where)));
    }
    if (json_wanted) {
        std::cout << to_json(result) << "\n";
    } else {
        print_table(result);
    }
    return result.proven ? status_ok : status_differs;
}

}  // namespace

void add_certify(CLI::App& app, int& status) {
    struct Arguments {
        std::string file;
        CommonOptions common;
        bool summary = false;
        std::string coq;
    };
    auto arguments = std::make_shared<Arguments>();
    CLI::App& command = add_command(app, "certify", "Check a certificate that `solve --certificate` wrote");
    add_text(command, "FILE", arguments->file, "The certificate", Need::required);
    add_format_option(command, arguments->common);
    add_flag(command, "--summary", arguments->summary, "Leave the lists of one entry a class out");
    add_text(command, "--coq", arguments->coq,
             "Where it is proven, write the proof as theorems for Coq to this file (proofs/README.md)");
    on_run(command, [arguments, &status] {
        status = run(arguments->file, arguments->common, arguments->summary, arguments->coq);
    });
}

}  // namespace ncverify::cli
