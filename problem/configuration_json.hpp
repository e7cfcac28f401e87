// Configurations as JSON, {"counts":[..],"lambda_w":"..","lambda_h":"..","dim":..}, and "weights" where some
// are not 1: one writer, one reader.
#pragma once

#include "files/json.hpp"
#include "problem/configuration.hpp"

namespace ncverify {

/// How the two decays are written.
enum class DecayText {
    as_given,  ///< the text that the user wrote
    exact,     ///< the same number in lowest terms, "p/q"
    none,      ///< null: no decays were given
};

Json to_json(const Configuration& configuration, DecayText decays = DecayText::as_given);

/// The configuration with the weights of a JSON value, a list or a rule. Throws InputError naming `where`.
Configuration with_weights(const Configuration& configuration, const Json& weights, const std::string& where);

/// The configuration in a JSON document; lambdas may be JSON numbers, taken by their decimal text; unknown or
/// repeated keys are errors. Throws InputError naming `where`.
Configuration parse_configuration(const std::string& json, const std::string& where);

}  // namespace ncverify
