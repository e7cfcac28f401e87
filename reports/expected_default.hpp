// The verdicts of reports/expected.json, built into the program.
#pragma once

#include "reports/expected.hpp"

namespace ncverify::reports {

/// What `verify` compares with unless told otherwise.
ExpectedVerdicts default_expected();

}  // namespace ncverify::reports
