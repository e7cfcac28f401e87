// ncverify certify: check a certificate, sharing no code with the solver or the theorem.
#include <iostream>

#include "certificates/check.hpp"
#include "cli/certificate_coq.hpp"
#include "cli/implied_json.hpp"
#include "cli/options.hpp"
#include "problem/json_text.hpp"
#include "reports/atomic_file.hpp"

namespace ncverify::cli {

namespace {

int run(const std::string& file, const CommonOptions& common, bool summary, const std::string& coq_file) {
    const bool json_wanted = common.json();
    if (!coq_file.empty()) {
        require_writable(coq_file, "--coq");
    }
    const auto certificate =
        certificates::parse_certificate(read_file(file, "certificate"), "certificate " + file);
    const certificates::CheckResult result = certificates::check(certificate);
    if (!coq_file.empty() && result.proven) {
        reports::write_atomically(coq_file, certificate_coq(certificate));
    }
    const auto value = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
    Json json = {{"proven", result.proven},
                 {"upper_bound", value(result.upper_bound)},
                 {"lower_bound", value(result.lower_bound)},
                 {"relative_gap", value(result.relative_gap)},
                 {"reason", value(result.reason)}};
    {
        const PrecisionScope scope(result.digits);
        json["gap_terms"] = gap_terms_json(certificate, result.bounds);
        json["implied"] = result.proven ? implied_json(certificate, result.bounds, summary) : Json(nullptr);
    }
    add_minimiser_radius(json, certificate);
    if (json_wanted) {
        std::cout << json.dump(2) << "\n";
    } else {
        std::cout << (result.proven ? "proven" : "NOT proven: " + result.reason) << "\n"
                  << "upper bound    " << result.upper_bound << "\n"
                  << "lower bound    " << result.lower_bound << "\n"
                  << "relative gap   " << result.relative_gap << "\n"
                  << implied_lines(json);
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
