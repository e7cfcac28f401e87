#include "certificates/certificate.hpp"

#include <set>

#include "certificates/decimal.hpp"
#include "files/json_text.hpp"
#include "problem/configuration_json.hpp"
#include "problem/errors.hpp"
#include "problem/limits.hpp"

namespace ncverify::certificates {

namespace {

constexpr const char* format_name = "ncverify-certificate-1";
constexpr const char* byte_order_mark = "\xEF\xBB\xBF";

const Json& member(const Json& document, const char* key, Json::value_t type, const std::string& where,
                   const char* expected) {
    if (!document.contains(key)) {
        throw InputError("key \"" + std::string(key) + "\" is missing", where, expected);
    }
    const Json& value = document.at(key);
    const bool whole = type == Json::value_t::number_integer && value.is_number_integer();
    if (!whole && value.type() != type) {
        throw InputError("\"" + std::string(key) + "\" has the wrong type", where, expected);
    }
    return value;
}

std::string string_of(const Json& value, const std::string& where) {
    if (!value.is_string()) {
        throw InputError("'" + printable(value.dump()) + "' is not a string", where, "numbers as strings");
    }
    return value.get<std::string>();
}

std::string decimal(const Json& value, const std::string& where, long digits) {
    std::string text = string_of(value, where);
    parse_decimal(text, where, largest_exponent(digits));
    return text;
}

// Stricter than a configuration elsewhere: a certificate says all of it, in one way.
Configuration configuration_of(const Json& config, const std::string& where) {
    using Type = Json::value_t;
    for (const Json& count : member(config, "counts", Type::array, where, "a list of whole numbers")) {
        if (!count.is_number_integer()) {
            throw InputError("'" + printable(count.dump()) + "' is not a whole number", where + ": counts",
                             "whole numbers from 1 to 10^18, without quotes");
        }
    }
    for (const char* decay : {"lambda_w", "lambda_h"}) {
        const Json& value = member(config, decay, Type::string, where, lambda_expected);
        parse_exact_number(value.get<std::string>(), where + ": " + decay, 10000);
    }
    member(config, "dim", Type::number_integer, where, "a whole number");
    if (config.contains("weights")) {
        const Json& weights = member(config, "weights", Type::array, where, "a list of numbers in quotes");
        for (const Json& weight : weights) {
            const std::string text = string_of(weight, where + ": weights");
            const bool root = text.rfind("sqrt", 0) == 0;
            parse_exact_number(root ? text.substr(4) : text, where + ": weights", 10000);
        }
    }
    return parse_configuration(config.dump(), where);
}

long digits_of(const Json& value, const std::string& where) {
    constexpr auto largest = static_cast<unsigned long long>(largest_digits);
    if (!value.is_number_unsigned() || value.get<unsigned long long>() < 1 ||
        value.get<unsigned long long>() > largest) {
        throw InputError("digits " + printable(value.dump()) + " is out of range", where,
                         "a whole number from 1 to " + std::to_string(largest_digits));
    }
    return value.get<long>();
}

std::vector<Rational> slopes_of(const Json& list, const Certificate& certificate, const std::string& where) {
    if (list.size() != certificate.configuration.counts.size()) {
        throw InputError(std::to_string(list.size()) + " slopes", where,
                         std::to_string(certificate.configuration.classes()) + ", one per class");
    }
    std::vector<Rational> slopes;
    long exponents = 0;
    for (const Json& entry : list) {
        ExactNumber slope =
            parse_exact_number(string_of(entry, where), where, largest_exponent(certificate.digits));
        slopes.push_back(std::move(slope.value));
        exponents += slope.exponent;
        if (exponents > largest_slope_exponents) {
            throw InputError("powers of ten beyond " + std::to_string(largest_slope_exponents) + " in all",
                             where, "fewer large ones");
        }
    }
    return slopes;
}

std::vector<std::vector<std::string>> table(const Json& rows, const Integer& expected,
                                            const Certificate& certificate, const std::string& where) {
    const Configuration& configuration = certificate.configuration;
    const auto shape = expected.str() + " rows of " + std::to_string(configuration.dimension) + " decimals";
    if (expected != rows.size()) {
        throw InputError(std::to_string(rows.size()) + " rows", where, shape);
    }
    std::vector<std::vector<std::string>> result;
    for (const Json& row : rows) {
        if (!row.is_array() || static_cast<long long>(row.size()) != configuration.dimension) {
            throw InputError("row " + std::to_string(result.size() + 1) + " has the wrong length", where,
                             shape);
        }
        std::vector<std::string> entries;
        for (const Json& entry : row) {
            entries.push_back(decimal(entry, where, certificate.digits));
        }
        result.push_back(std::move(entries));
    }
    return result;
}

}  // namespace

std::string to_text(const Certificate& certificate) {
    Json document;
    document["format"] = format_name;
    document["config"] = to_json(certificate.configuration, DecayText::exact);
    if (certificate.formulation == Formulation::samples) {
        document["formulation"] = to_string(certificate.formulation);
    }
    document["digits"] = certificate.digits;
    document["upper_bound"] = certificate.upper_bound;
    document["lower_bound"] = certificate.lower_bound;
    for (const Rational& slope : certificate.slopes) {
        document["slopes"].push_back(to_string(slope));
    }
    document["classifier"] = certificate.classifier;
    document["features"] = certificate.features;
    return document.dump(1) + "\n";
}

Certificate parse_certificate(const std::string& text, const std::string& where) {
    if (text.rfind(byte_order_mark, 0) == 0) {
        throw InputError("starts with a byte order mark", where, "UTF-8 without one");
    }
    const Json document = files::parse_json(text, where, files::Reals::refused);
    if (!document.is_object()) {
        throw InputError("not a JSON object", where, "a certificate that `solve --certificate` wrote");
    }
    static const std::set<std::string> known = {"format", "config",      "formulation",
                                                "digits", "upper_bound", "lower_bound",
                                                "slopes", "classifier",  "features"};
    for (const auto& [key, value] : document.items()) {
        if (known.count(key) == 0) {
            throw InputError("unknown key \"" + printable(key) + "\"", where,
                             "the keys of certificates/README.md");
        }
    }
    using Type = Json::value_t;
    if (member(document, "format", Type::string, where, "a certificate").get<std::string>() != format_name) {
        throw InputError("unknown format", where, format_name);
    }
    Certificate certificate;
    const Json& config =
        member(document, "config", Type::object, where, "an object with counts, lambda_w, lambda_h, dim");
    certificate.configuration = configuration_of(config, where + ": config");
    if (document.contains("formulation")) {
        const auto name = member(document, "formulation", Type::string, where, "a string").get<std::string>();
        certificate.formulation =
            name == to_string(Formulation::samples) ? Formulation::samples : Formulation::class_means;
        if (name != to_string(certificate.formulation)) {
            throw InputError("unknown formulation '" + printable(name) + "'", where,
                             "class-means or samples");
        }
    }
    certificate.digits =
        digits_of(member(document, "digits", Type::number_integer, where, "a whole number"), where);
    for (const auto& [key, bound] : {std::pair("upper_bound", &certificate.upper_bound),
                                     std::pair("lower_bound", &certificate.lower_bound)}) {
        *bound = decimal(member(document, key, Type::string, where, "a decimal"), where + ": " + key,
                         certificate.digits);
    }
    certificate.slopes = slopes_of(member(document, "slopes", Type::array, where, "K decimals or fractions"),
                                   certificate, where + ": slopes");
    const Integer classes = certificate.configuration.classes();
    certificate.classifier = table(member(document, "classifier", Type::array, where, "K rows of d decimals"),
                                   classes, certificate, where + ": classifier");
    const bool samples = certificate.formulation == Formulation::samples;
    certificate.features =
        table(member(document, "features", Type::array, where,
                     samples ? "N rows of d decimals" : "K rows of d decimals"),
              samples ? certificate.configuration.samples() : classes, certificate, where + ": features");
    return certificate;
}

}  // namespace ncverify::certificates
