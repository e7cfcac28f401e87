// What the files of certificates have in common: how their members are read, and refused.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "certificates/text.hpp"
#include "files/json.hpp"
#include "problem/configuration.hpp"

namespace ncverify::certificates {

// All of these throw InputError naming `where`.

/// The object that a certificate's text is.
Json parse_document(const std::string& text, const std::string& where);

/// Refuses keys that are not among these.
void require_known(const Json& object, const std::set<std::string>& known, const std::string& where);

/// The member of this type, which must be there.
const Json& member(const Json& document, const char* key, Json::value_t type, const std::string& where,
                   const char* expected);

std::string string_of(const Json& value, const std::string& where);

/// A decimal in quotes that a certificate of so many digits may hold.
std::string decimal_of(const Json& value, const std::string& where, long digits);

/// Stricter than a configuration elsewhere: a certificate says all of it, in one way.
Configuration configuration_of(const Json& config, const std::string& where);

/// 1 to the largest number of digits.
long digits_of(const Json& value, const std::string& where);

/// `expected` rows of `columns` decimals.
TextRows table_of(const Json& rows, const Integer& expected, long long columns, long digits,
                  const std::string& where);

}  // namespace ncverify::certificates
