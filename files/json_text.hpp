// JSON read without losing a digit: floating numbers are kept as their text.
#pragma once

#include <string>

#include "files/json.hpp"

namespace ncverify::files {

/// Sums of thousands of these are exact, in JavaScript too.
inline constexpr long largest_total = 1'000'000'000'000;

/// What becomes of a number that is not a plain 64-bit integer: a string of its decimal text, so that it
/// never passes through a double; or it is refused, where a format wants such numbers in quotes.
enum class Reals { as_text, refused };

/// Parses `text`. Repeated keys, nesting deeper than 16 and any trailing text, a NUL among it, are refused.
/// Throws InputError naming `where`.
Json parse_json(const std::string& text, const std::string& where, Reals reals = Reals::as_text);

/// A count that a document gives: a whole number from 0 to `largest`. Throws InputError naming `where` for
/// any other value, as which `name` stands in the message.
long count_of(const Json& value, const std::string& name, const std::string& where,
              long largest = largest_total);

}  // namespace ncverify::files
