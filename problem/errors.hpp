// Bad input, and texts made fit for a message about it.
#pragma once

#include <string>

#include "ncverify/input_error.hpp"

namespace ncverify {

/// `text` made fit for a one-line message: control characters replaced, and cut to 60 characters.
std::string printable(const std::string& text);

}  // namespace ncverify
