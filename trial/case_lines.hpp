// Case lines: what each claim made of each case, a line of JSON for each.
#pragma once

#include <string>

#include "trial/trial.hpp"

namespace ncverify::trial {

/// {"claim":..,"case":..,"outcome":..,..}\n, as trial/cases.schema.json says.
std::string case_line(const Paper& paper, const Sighting& sighting);

}  // namespace ncverify::trial
