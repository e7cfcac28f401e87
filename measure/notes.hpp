// Notes: what a reader should know before believing the numbers.
#pragma once

#include <string>
#include <vector>

#include "measure/measurement.hpp"

namespace ncverify::measure {

/// Arrays read in another form, implied decays, negative features, undefined metrics, a bound that no point
/// attains, ...: a sentence each.
std::vector<std::string> notes_on(const Measurement& measured);

}  // namespace ncverify::measure
