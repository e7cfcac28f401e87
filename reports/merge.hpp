// Merge: several runs as one report.
#pragma once

#include "reports/report.hpp"

namespace ncverify::reports {

/// Both runs together; throws InputError where they are of different papers. Where one looked at all cases
/// that the other looked at (the same instances, seeds, digits, search and version), these count once; else
/// everything adds up, so that cases which two runs share in part count twice rather than not at all. A claim
/// that one of them refuted is refuted. What cannot be added (record, pictures, wrong theorems) is the later
/// run's, where it has any.
Report merge(const Report& earlier, const Report& later);

}  // namespace ncverify::reports
