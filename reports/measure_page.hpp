// Measure page: somebody's network beside the theorem, for people.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "files/json.hpp"
#include "measure/measurement.hpp"

namespace ncverify::reports {

/// Most classes whose K x K matrices are drawn; of more, measure.json has the numbers.
inline constexpr std::size_t most_measured_classes = 40;

/// What the page shows beside the measurement.
struct MeasurePage {
    std::string summary;             ///< the outcome in a sentence
    std::vector<std::string> notes;  ///< what a reader should know before believing the numbers
    Json theory;                     ///< the closed forms as JSON, or null
    /// The K x K matrices, the theorem's in `theory` among them: never of more than `most_measured_classes`.
    bool matrices = true;
};

/// The HTML page of a measurement.
std::string measure_page(const measure::Measurement& measured, const MeasurePage& page);

}  // namespace ncverify::reports
