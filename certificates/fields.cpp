#include "certificates/fields.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "certificates/decimal.hpp"
#include "files/json_text.hpp"
#include "problem/configuration_json.hpp"
#include "problem/errors.hpp"
#include "problem/limits.hpp"

namespace ncverify::certificates {

namespace {

constexpr const char* byte_order_mark = "\xEF\xBB\xBF";

// The same text in one of the two rows above, where few entries of a column differ.
const Text* known_above(const TextRows& rows, std::size_t column, const std::string& text) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(2, rows.size()); ++back) {
        if (const Text& above = rows[rows.size() - back][column]; above.str() == text) {
            return &above;
        }
    }
    return nullptr;
}

}  // namespace

Json parse_document(const std::string& text, const std::string& where) {
    if (text.rfind(byte_order_mark, 0) == 0) {
        throw InputError("starts with a byte order mark", where, "UTF-8 without one");
    }
    Json document = files::parse_json(text, where, files::Reals::refused);
    if (!document.is_object()) {
        throw InputError("not a JSON object", where, "a certificate that `solve --certificate` wrote");
    }
    return document;
}

void require_known(const Json& object, const std::set<std::string>& known, const std::string& where) {
    for (const auto& [key, value] : object.items()) {
        if (known.count(key) == 0) {
            throw InputError("unknown key \"" + printable(key) + "\"", where,
                             "the keys of certificates/README.md");
        }
    }
}

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

std::string decimal_of(const Json& value, const std::string& where, long digits) {
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

TextRows table_of(const Json& rows, const Integer& expected, long long columns, long digits,
                  const std::string& where) {
    const auto shape = expected.str() + " rows of " + std::to_string(columns) + " decimals";
    if (expected != rows.size()) {
        throw InputError(std::to_string(rows.size()) + " rows", where, shape);
    }
    TextRows result;
    for (const Json& row : rows) {
        if (!row.is_array() || static_cast<long long>(row.size()) != columns) {
            throw InputError("row " + std::to_string(result.size() + 1) + " has the wrong length", where,
                             shape);
        }
        std::vector<Text> entries;
        for (const Json& entry : row) {
            const std::string text = string_of(entry, where);
            const Text* known = known_above(result, entries.size(), text);
            entries.push_back(known != nullptr ? *known : Text(decimal_of(entry, where, digits)));
        }
        result.push_back(std::move(entries));
    }
    return result;
}

}  // namespace ncverify::certificates
