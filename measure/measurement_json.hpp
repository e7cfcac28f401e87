// A measured network as JSON: measure.json, whose schema is measure.schema.json.
#pragma once

#include <string>
#include <vector>

#include "files/json.hpp"
#include "measure/measurement.hpp"

namespace ncverify::measure {

/// What a document has beside the numbers that are always there.
struct Contents {
    bool matrices = true;  ///< the K x K matrices
    bool timing = true;
};

/// @param theory    what the theorem says for the same counts and decays, or null
/// @param notes     `notes_on`, and what else there is to say
Json to_json(const Measurement& measured, Json theory, const std::vector<std::string>& notes,
             Contents contents);

}  // namespace ncverify::measure
