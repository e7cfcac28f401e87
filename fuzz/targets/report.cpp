// report.json: read, written, and merged with itself.
#include "fuzz/promises.hpp"
#include "properties/paper.hpp"
#include "reports/json_writer.hpp"
#include "reports/merge.hpp"
#include "reports/report_reader.hpp"

namespace ncverify::fuzz {

namespace {

using reports::Report;

/// That the file written of `report` reads back, and gives the file again.
void require_written(const Report& report) {
    const std::string written = json_text(report);
    require(json_text(reports::parse_report(written, "again", {report.paper})) == written,
            "a report that is written reads back");
}

/// The same of a merged one, whose totals may be beyond what is read.
void require_written_if_read(const Report& report) {
    const std::string written = json_text(report);
    const auto again = accepted([&] { return reports::parse_report(written, "merged", {report.paper}); });
    require(!again || json_text(*again) == written, "a merged report that is written reads back");
}

}  // namespace

void try_input(const std::string& input) {
    const auto report =
        accepted([&] { return reports::parse_report(input, "report.json", {&properties::paper()}); });
    if (!report) {
        return;
    }
    require_written(*report);
    require(!reports::summary(*report).empty(), "a report can be summed up");
    require_written_if_read(reports::merge(*report, *report));
    Report other = *report;
    ++other.run.seed;
    other.run.merged_seeds.clear();
    for (trial::Ledger& ledger : other.trial.ledgers) {
        ++ledger.seed;
    }
    require_written_if_read(reports::merge(*report, other));
}

}  // namespace ncverify::fuzz
