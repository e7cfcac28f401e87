#include "certificates/certificate.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "certificates/decimal.hpp"
#include "certificates/fields.hpp"
#include "problem/configuration_json.hpp"
#include "problem/errors.hpp"

namespace ncverify::certificates {

namespace {

constexpr const char* format_name = "ncverify-certificate-1";

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
    const Json document = parse_document(text, where);
    static const std::set<std::string> known = {"format", "config",      "formulation",
                                                "digits", "upper_bound", "lower_bound",
                                                "slopes", "classifier",  "features"};
    require_known(document, known, where);
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
        *bound = decimal_of(member(document, key, Type::string, where, "a decimal"), where + ": " + key,
                            certificate.digits);
    }
    certificate.slopes = slopes_of(member(document, "slopes", Type::array, where, "K decimals or fractions"),
                                   certificate, where + ": slopes");
    const Integer classes = certificate.configuration.classes();
    certificate.classifier =
        table_of(member(document, "classifier", Type::array, where, "K rows of d decimals"), classes,
                 certificate.configuration.dimension, certificate.digits, where + ": classifier");
    const bool samples = certificate.formulation == Formulation::samples;
    certificate.features =
        table_of(member(document, "features", Type::array, where,
                        samples ? "N rows of d decimals" : "K rows of d decimals"),
                 samples ? certificate.configuration.samples() : classes, certificate.configuration.dimension,
                 certificate.digits, where + ": features");
    return certificate;
}

}  // namespace ncverify::certificates
