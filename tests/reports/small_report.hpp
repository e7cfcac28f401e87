// A small report built by hand, with hostile text in it.
#pragma once

#include <string>

#include "problem/configuration.hpp"
#include "properties/paper.hpp"
#include "reports/report.hpp"

namespace ncverify::reports {

inline const std::string hostile =
    "<script>alert('x')</script> \"&\" ]]> \x1b[31m \x01\xff `|` @all {{summary}} \xe2\x80\xae";

inline trial::ClaimResult result(const std::string& id, trial::Kind kind, trial::Verdict verdict) {
    trial::ClaimResult made;
    made.claim.id = id;
    made.claim.source = "Theorem 1 (8)";
    made.claim.statement = R"(h_k \cdot h_l = 0)";
    made.claim.domain = "every configuration";
    made.claim.kind = kind;
    made.cases_evidence = trial::Evidence::certified;
    made.verdict = verdict;
    made.checked = 201;
    made.passed = verdict == trial::Verdict::verified ? 201 : 0;
    made.refuted = verdict == trial::Verdict::refuted ? 201 : 0;
    made.worst_error_log10 = -50.6;
    made.replay = "thm1.b:2,1:1e-4";
    return made;
}

inline Report small_report() {
    Report report;
    report.paper = &properties::paper();
    report.run.search = "descent";
    report.run.fixed = {make_configuration({100, 100, 200}, "1e-4", "1/3000")};
    report.run.random = 200;
    report.trial.cases = report.trial.cases_planned = 201;
    report.trial.solver = {200, 1, 512, 7, 44};
    report.trial.claims = {result("thm1.b", trial::Kind::claim, trial::Verdict::verified),
                           result("text41.x", trial::Kind::claim, trial::Verdict::refuted),
                           result("misread.eq9", trial::Kind::misreading, trial::Verdict::refuted)};
    report.trial.claims[1].claim.source = hostile;
    report.trial.claims[1].claim.statement = hostile;
    report.trial.claims[1].claim.domain = hostile;
    report.trial.claims[1].replay = hostile;
    report.trial.claims[1].counterexample =
        trial::Counterexample{.instance = make_configuration({2, 1}, "1e-2", "1e-2", 5),
                              .message = hostile,
                              .values = {{hostile, hostile}}};
    return report;
}

}  // namespace ncverify::reports
