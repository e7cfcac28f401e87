// Merge: several runs as one report.
#pragma once

#include "reports/report.hpp"

namespace ncverify::reports {

/// Both runs together; throws InputError where they are of different papers. Runs with different seeds looked
/// at different cases: counts add up, and a claim that one of them refuted is refuted. With the same seed the
/// cases are the same, and of a claim that stands in both the later run's account is kept. What cannot be
/// added (record, pictures, wrong theorems) is the later run's, where it has any.
Report merge(const Report& earlier, const Report& later);

}  // namespace ncverify::reports
