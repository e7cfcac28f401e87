// A measured network as JSON; its schema is reports/measure.schema.json.
#pragma once

#include "measure/measurement.hpp"
#include "problem/json_text.hpp"

namespace ncverify::cli {

/// What a reader should know before believing the numbers: negative features, undefined metrics, ...
std::vector<std::string> measurement_notes(const measure::Measurement& measured);

/// The angles between different vectors of a Gram matrix, in degrees; nothing where no two have a length.
struct Angles {
    double smallest, mean, largest;
};
std::optional<Angles> angles(const Matrix<double>& gram);

/// @param theory   what the theorem says for the same counts and decays, or null
/// @param notes    `measurement_notes`, and what else there is to say
/// @param summary  leave the K x K matrices out
Json measurement_json(const measure::Measurement& measured, Json theory,
                      const std::vector<std::string>& notes, bool summary);

}  // namespace ncverify::cli
