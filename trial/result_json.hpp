// A claim's result as report.json has it under "claims": one writer, one reader.
#pragma once

#include <optional>

#include "files/json.hpp"
#include "trial/paper.hpp"
#include "trial/result.hpp"

namespace ncverify::trial {

/// @param expected  the verdict on record, where there is one
Json to_json(const Paper& paper, const ClaimResult& result, const std::optional<Verdict>& expected);

/// What `to_json` made: it gives the same again. The claim cannot be tried. Throws nlohmann's exceptions,
/// InputError or std::logic_error for anything else.
ClaimResult parse_claim_result(const Paper& paper, const Json& json);

/// The verdict that `to_string` calls so; throws InputError.
Verdict parse_verdict(const std::string& word);

}  // namespace ncverify::trial
