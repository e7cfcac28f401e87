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
    return {{"counts", configuration.counts},
            {"lambda_w", decay(configuration.lambda_w, configuration.lambda_w_text)},
            {"lambda_h", decay(configuration.lambda_h, configuration.lambda_h_text)},
            {"dim", configuration.dimension}};
}

Configuration parse_configuration(const std::string& json, const std::string& where) {
    const Json document = files::parse_json(json, where);
    if (!document.is_object()) {
        throw InputError("not a JSON object", where,
                         R"({"counts":[..],"lambda_w":"..","lambda_h":"..","dim":..})");
    }
    static const std::set<std::string> known = {"counts", "lambda_w", "lambda_h", "dim"};
    for (const auto& [key, value] : document.items()) {
        if (known.count(key) == 0) {
            throw InputError("unknown key \"" + printable(key) + "\"", where,
                             "counts, lambda_w, lambda_h and dim");
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
        return make_configuration(
            counts, number_text(document.at("lambda_w"), where + ": lambda_w", lambda_expected),
            number_text(document.at("lambda_h"), where + ": lambda_h", lambda_expected), dimension);
    } catch (const InputError& error) {
        throw error.where.rfind(where, 0) == 0
            ? error
            : InputError(error.problem, where + ": " + error.where, error.expected);
    }
}

}  // namespace ncverify
