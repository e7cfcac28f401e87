#include "certificates/certificate.hpp"

#include <set>

#include "files/json_text.hpp"
#include "problem/errors.hpp"

namespace ncverify::certificates {

namespace {

constexpr const char* format_name = "ncverify-certificate-1";
constexpr const char* class_means_name = "class-means";
constexpr const char* samples_name = "samples";
constexpr long largest_exponent = 1'000'000;

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

std::string decimal(const Json& value, const std::string& where) {
    if (!value.is_string()) {
        throw InputError("'" + printable(value.dump()) + "' is not a string", where, "decimals as strings");
    }
    parse_rational(value.get<std::string>(), where, largest_exponent);
    return value.get<std::string>();
}

std::vector<std::vector<std::string>> table(const Json& rows, const Integer& expected,
                                            const Configuration& configuration, const std::string& where) {
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
            entries.push_back(decimal(entry, where));
        }
        result.push_back(std::move(entries));
    }
    return result;
}

}  // namespace

std::string to_text(const Certificate& certificate) {
    Json document;
    document["format"] = format_name;
    document["config"] = {{"counts", certificate.configuration.counts},
                          {"lambda_w", to_string(certificate.configuration.lambda_w)},
                          {"lambda_h", to_string(certificate.configuration.lambda_h)},
                          {"dim", certificate.configuration.dimension}};
    if (certificate.formulation == Formulation::samples) {
        document["formulation"] = samples_name;
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
    const Json document = files::parse_json(text, where);
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
    certificate.configuration = parse_configuration(config.dump(), where + ": config");
    if (document.contains("formulation")) {
        const auto name = member(document, "formulation", Type::string, where, "a string").get<std::string>();
        if (name != class_means_name && name != samples_name) {
            throw InputError("unknown formulation '" + printable(name) + "'", where,
                             std::string(class_means_name) + " or " + samples_name);
        }
        certificate.formulation = name == samples_name ? Formulation::samples : Formulation::class_means;
    }
    certificate.digits =
        member(document, "digits", Type::number_integer, where, "a whole number").get<long>();
    if (certificate.digits < 1 || certificate.digits > 100'000) {
        throw InputError("digits " + std::to_string(certificate.digits) + " is out of range", where,
                         "1 to 100000");
    }
    certificate.upper_bound =
        decimal(member(document, "upper_bound", Type::string, where, "a decimal"), where + ": upper_bound");
    certificate.lower_bound =
        decimal(member(document, "lower_bound", Type::string, where, "a decimal"), where + ": lower_bound");
    const Json& slopes = member(document, "slopes", Type::array, where, "K decimals or fractions");
    if (slopes.size() != certificate.configuration.counts.size()) {
        throw InputError(std::to_string(slopes.size()) + " slopes", where + ": slopes",
                         std::to_string(certificate.configuration.classes()) + ", one per class");
    }
    for (const Json& slope : slopes) {
        certificate.slopes.push_back(
            parse_rational(decimal(slope, where + ": slopes"), where + ": slopes", largest_exponent));
    }
    const Integer classes = certificate.configuration.classes();
    certificate.classifier = table(member(document, "classifier", Type::array, where, "K rows of d decimals"),
                                   classes, certificate.configuration, where + ": classifier");
    const bool samples = certificate.formulation == Formulation::samples;
    certificate.features = table(member(document, "features", Type::array, where,
                                        samples ? "N rows of d decimals" : "K rows of d decimals"),
                                 samples ? certificate.configuration.samples() : classes,
                                 certificate.configuration, where + ": features");
    return certificate;
}

}  // namespace ncverify::certificates
