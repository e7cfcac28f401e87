// ncverify certify: check a certificate, sharing no code with the solver or the theorem.
#include <iostream>
#include <nlohmann/json.hpp>

#include "certificates/check.hpp"
#include "cli/certificate_coq.hpp"
#include "cli/implied_json.hpp"
#include "cli/options.hpp"
#include "files/atomic_file.hpp"
#include "files/json.hpp"
#include "files/read_file.hpp"

namespace ncverify::cli {

namespace {

int run(const std::string& file, const CommonOptions& common, bool summary, const std::string& coq_file) {
    const bool json_wanted = common.json();
    if (!coq_file.empty()) {
        require_writable(coq_file, "--coq");
    }
    const auto certificate =
        certificates::parse_certificate(files::read_file(file, "certificate"), "certificate " + file);
    const certificates::Verdict verdict = certificates::check(certificate);
    if (!coq_file.empty() && verdict.proven) {
        files::write_atomically(coq_file, certificate_coq(certificate));
    }
    const auto value = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
    Json json = {{"proven", verdict.proven},
                 {"upper_bound", value(verdict.upper_bound)},
                 {"lower_bound", value(verdict.lower_bound)},
                 {"relative_gap", value(verdict.relative_gap)},
                 {"reason", value(verdict.reason)}};
    {
        const PrecisionScope scope(verdict.digits);
        json["gap_terms"] = gap_terms_json(certificate, verdict.bounds);
        json["implied"] = verdict.proven ? implied_json(certificate, verdict.bounds, summary) : Json(nullptr);
    }
    add_minimiser_radius(json, certificate);
    if (json_wanted) {
        std::cout << json.dump(2) << "\n";
    } else {
        std::cout << (verdict.proven ? "proven" : "NOT proven: " + verdict.reason) << "\n"
                  << "upper bound    " << verdict.upper_bound << "\n"
                  << "lower bound    " << verdict.lower_bound << "\n"
                  << "relative gap   " << verdict.relative_gap << "\n"
                  << implied_lines(json);
    }
    return verdict.proven ? status_ok : status_differs;
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
