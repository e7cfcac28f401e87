// JSON read without losing a digit: floating numbers are kept as their text.
#pragma once

#include <string>

#include "files/json.hpp"

namespace ncverify::files {

/// Parses `text`. A number that is not a plain 64-bit integer is kept as a string of its decimal text, so
/// that it never passes through a double. Repeated keys, nesting deeper than 16 and any trailing text are
/// refused. Throws InputError naming `where`.
Json parse_json(const std::string& text, const std::string& where);

}  // namespace ncverify::files
