// The phase diagram of a survey, as an SVG: a row for each line of counts, a colour for each structure.
#pragma once

#include <string>

#include "properties/bottleneck_survey.hpp"

namespace ncverify::reports {

/// Decays run to the right, by their logarithm; points that are not certified are hollow; boundaries that
/// were bisected are strokes with their decay in a tooltip. Legible without colour: structures are numbered
/// too.
std::string phase_diagram(const properties::Survey& survey);

}  // namespace ncverify::reports
