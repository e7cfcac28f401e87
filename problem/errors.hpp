// Bad input, and texts made fit for a message about it.
#pragma once

#include <string>

#include "ncverify/input_error.hpp"

namespace ncverify {

/// `text` made fit for a one-line message: control characters replaced, and cut to 60 characters.
inline std::string printable(const std::string& text) {
    std::string result;
    for (const char character : text.substr(0, 60)) {
        const auto code = static_cast<unsigned char>(character);
        result += (code < 32 || code > 126) ? '?' : character;
    }
    return text.size() > 60 ? result + "..." : result;
}

}  // namespace ncverify
