// The page of a survey with fewer coordinates than classes: the phase diagram, and every point in a table.
#pragma once

#include <string>

#include "properties/bottleneck_survey.hpp"

namespace ncverify::reports {

/// A whole document that asks for nothing from elsewhere and runs no script.
std::string survey_page(const properties::Survey& survey);

}  // namespace ncverify::reports
