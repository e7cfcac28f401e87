// What the theorem says for a measured network's counts and decays.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "measure/measurement.hpp"
#include "theory/printed.hpp"

namespace ncverify::measure {

/// Throws InputError where five measured K x K matrices and two predicted ones do not fit in memory.
void require_matrices_fit(const Measurement& measured, long digits);

/// Nothing without decays, and where a rounding could not be decided, of which `notes` then speaks.
std::optional<theory::PrintedForm> predicted_form(const Measurement& measured, long digits, bool matrices,
                                                  std::vector<std::string>& notes);

}  // namespace ncverify::measure
