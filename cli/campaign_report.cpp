#include "cli/campaign_report.hpp"

#include "campaign/result.hpp"
#include "cli/verdicts.hpp"
#include "reports/formal_proofs.hpp"

namespace ncverify::cli {

reports::Report campaign_report(const campaign::Store& store) {
    const campaign::Plan& plan = store.plan();
    const trial::Paper& paper = plan.paper();
    reports::Report report;
    report.paper = &paper;
    report.run.seed = plan.options().seed;
    report.run.digits = plan.options().digits;
    report.run.search = plan.options().method;
    report.run.random = plan.cases();
    if (!paper.expected.empty()) {
        report.expected = reports::parse_expected(paper.expected, "the verdicts expected of " + paper.id);
    }
    report.trial = campaign::result_of(plan, store.standing());
    trial::add_proofs(report.trial, box_proofs(paper, plan.claims()), true);
    trial::add_formal_proofs(report.trial, reports::read_formal_proofs(paper, reports::default_stamp()),
                             true);
    return report;
}

int campaign_status(const campaign::Store& store) {
    return verdict_status(campaign_report(store));
}

}  // namespace ncverify::cli
