// A campaign's report: the one that verify writes, from the store.
#pragma once

#include "campaign/store.hpp"
#include "reports/report.hpp"

namespace ncverify::cli {

/// The report of what is there, beside the proofs at hand and the verdicts expected of the paper.
reports::Report campaign_report(const campaign::Store& store);

/// The status that its verdicts come to, as of `ncverify verify`.
int campaign_status(const campaign::Store& store);

}  // namespace ncverify::cli
