#include "problem/configuration_json.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "files/json_text.hpp"
#include "problem/errors.hpp"

namespace ncverify {

namespace {

std::string number_text(const Json& value, const std::string& where, const char* expected) {
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if (value.is_number_integer()) {
        return value.dump();
    }
    throw InputError("'" + printable(value.dump()) + "' is not a number", where, expected);
}

}  // namespace

Json to_json(const Configuration& configuration, DecayText decays) {
    const auto decay = [&](const Rational& value, const std::string& text) {
        return decays == DecayText::none    ? Json(nullptr)
               : decays == DecayText::exact ? Json(to_string(value))
                                            : Json(text);
    };
    Json json = {{"counts", configuration.counts},
                 {"lambda_w", decay(configuration.lambda_w, configuration.lambda_w_text)},
                 {"lambda_h", decay(configuration.lambda_h, configuration.lambda_h_text)},
                 {"dim", configuration.dimension}};
    if (configuration.weighted()) {
        json["weights"] = Json::array();
        for (const ClassWeight& weight : configuration.weights) {
            json["weights"].push_back(weight.text);
        }
    }
    return json;
}

Configuration with_weights(const Configuration& configuration, const Json& weights,
                           const std::string& where) {
    if (weights.is_string()) {
        return with_weights(configuration, parse_weights(weights.get<std::string>(), configuration, where),
                            where);
    }
    if (!weights.is_array()) {
        throw InputError("\"weights\" is no list", where, R"(["1","1/2","sqrt1/7"] or "balanced")");
    }
    std::vector<ClassWeight> parsed;
    for (const Json& weight : weights) {
        parsed.push_back(parse_weight(number_text(weight, where, weights_expected), where));
    }
    return with_weights(configuration, parsed, where);
}

Configuration parse_configuration(const std::string& json, const std::string& where) {
    const Json document = files::parse_json(json, where);
    if (!document.is_object()) {
        throw InputError("not a JSON object", where,
                         R"({"counts":[..],"lambda_w":"..","lambda_h":"..","dim":..})");
    }
    static const std::set<std::string> known = {"counts", "lambda_w", "lambda_h", "dim", "weights"};
    for (const auto& [key, value] : document.items()) {
        if (known.count(key) == 0) {
            throw InputError("unknown key \"" + printable(key) + "\"", where,
                             "counts, lambda_w, lambda_h, dim and weights");
        }
    }
    for (const char* key : {"counts", "lambda_w", "lambda_h"}) {
        if (!document.contains(key)) {
            throw InputError("key \"" + std::string(key) + "\" is missing", where,
                             "counts, lambda_w and lambda_h");
        }
    }
    const Json& list = document.at("counts");
    if (!list.is_array()) {
        throw InputError("\"counts\" is not a list", where, "a list of whole numbers");
    }
    std::vector<long long> counts;
    for (const Json& count : list) {
        counts.push_back(
            parse_count(number_text(count, where + ": counts", "whole numbers"), where + ": counts"));
    }
    long long dimension = 0;
    if (document.contains("dim")) {
        const Json& dim = document.at("dim");
        const bool whole =
            dim.is_number_integer() &&
            !(dim.is_number_unsigned() &&
              dim.get<unsigned long long>() > static_cast<unsigned long long>(largest_dimension));
        if (!whole || dim.get<long long>() < 1) {
            throw InputError("'" + printable(dim.dump()) + "' is no dimension", where + ": dim",
                             "a whole number from 1 to " + std::to_string(largest_dimension));
        }
        dimension = dim.get<long long>();
    }
    try {
        const Configuration configuration = make_configuration(
            counts, number_text(document.at("lambda_w"), where + ": lambda_w", lambda_expected),
            number_text(document.at("lambda_h"), where + ": lambda_h", lambda_expected), dimension);
        return document.contains("weights")
                   ? with_weights(configuration, document.at("weights"), where + ": weights")
                   : configuration;
    } catch (const InputError& error) {
        throw error.where.rfind(where, 0) == 0
            ? error
            : InputError(error.problem, where + ": " + error.where, error.expected);
    }
}

}  // namespace ncverify
