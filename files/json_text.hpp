// JSON read without losing a digit: floating numbers are kept as their text.
#pragma once

#include <string>

#include "files/json.hpp"

namespace ncverify::files {

/// What becomes of a number that is not a plain 64-bit integer: a string of its decimal text, so that it
/// never passes through a double; or it is refused, where a format wants such numbers in quotes.
enum class Reals { as_text, refused };

/// Parses `text`. Repeated keys, nesting deeper than 16 and any trailing text, a NUL among it, are refused.
/// Throws InputError naming `where`.
Json parse_json(const std::string& text, const std::string& where, Reals reals = Reals::as_text);

}  // namespace ncverify::files
