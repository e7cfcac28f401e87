// Merge: several runs as one report.
#pragma once

#include <vector>

#include "reports/report.hpp"

namespace ncverify::reports {

/// All these runs together, of which there is at least one; throws InputError where they are of different
/// papers. Their order does not matter. A claim that one of them refuted is refuted, with its counterexample.
///
/// Where the reports have ledgers, each case counts once, however often it was tried: the same instance, own
/// seed, digits, search and version. Reports without (of former versions, or of runs too long for one) can
/// only be compared as wholes: where one looked at all cases that the other looked at, these count once; else
/// everything adds up, so that cases which two runs share in part count twice rather than not at all.
///
/// What cannot be added (pictures, wrong theorems) is that of one of the runs.
Report merge(std::vector<Report> reports);

inline Report merge(const Report& one, const Report& other) {
    return merge({one, other});
}

}  // namespace ncverify::reports
