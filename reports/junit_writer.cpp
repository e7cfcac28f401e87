#include "reports/junit_writer.hpp"

#include <fmt/format.h>

#include "reports/text.hpp"
#include "trial/claim.hpp"

namespace ncverify::reports {
namespace {

std::string failure(const Report& report, const trial::ClaimResult& result, const Difference& difference) {
    std::string body = "source: " + markup(result.claim.source) +
                       "\nstatement: " + markup(result.claim.statement) +
                       "\ncases: " + markup(cases_text(result)) + "\n";
    if (result.counterexample) {
        const auto& example = *result.counterexample;
        body += "counterexample: " + markup(report.paper->instances.text(example.instance)) + "\n" +
                markup(example.message) + "\n";
        for (const auto& [name, value] : example.values) {
            body += markup(name) + " = " + markup(value) + "\n";
        }
    }
    if (!result.message.empty()) {
        body += "undecided: " + markup(result.message) + "\n";
    }
    if (!result.replay.empty()) {
        body += "replay: " + markup(replay_command(result.replay)) + "\n";
    }
    return fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
                       markup(trial::to_string(result.verdict)), markup(to_string(difference)), body);
}

}  // namespace

std::string junit_text(const Report& report) {
    std::string cases;
    std::size_t failures = 0;
    for (const auto& result : report.trial.claims) {
        const auto different = difference(report, result);
        failures += different ? 1U : 0U;
        cases +=
            fmt::format("    <testcase classname=\"ncverify.{}\" name=\"{}\"{}\n",
                        trial::to_string(result.claim.kind), markup(result.claim.id), different ? ">" : "/>");
        if (different) {
            cases += failure(report, result, *different) + "    </testcase>\n";
        }
    }
    const std::string counts =
        fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\"", report.trial.claims.size(), failures);
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites {0}>\n  <testsuite name=\"ncverify {1}, seed {2}, {3} digits\" {0} skipped=\"0\">\n{4}"
        "  </testsuite>\n</testsuites>\n",
        counts, markup(report.run.version), report.run.seed, report.run.digits, cases);
}

}  // namespace ncverify::reports
