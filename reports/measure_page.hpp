// Measure page: somebody's network beside the theorem, for people.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace ncverify::reports {

/// Most classes whose K x K matrices are drawn; of more, measure.json has the numbers.
inline constexpr std::size_t most_measured_classes = 40;

/// The HTML page of a measurement.
/// @param measurement  as measure.schema.json describes it
/// @param summary      the outcome in a sentence
std::string measure_page(nlohmann::ordered_json measurement, const std::string& summary);

}  // namespace ncverify::reports
