// Bad input, and texts made fit for a message about it.
#pragma once

#include <string>
#include <string_view>

#include "ncverify/input_error.hpp"
#include "problem/characters.hpp"

namespace ncverify {

/// `text` made fit for a one-line message: what cannot be shown is a question mark each byte, characters that
/// pass for others are called by name ("<U+2212 minus sign>1e-4"), and 60 characters are enough.
inline std::string printable(std::string_view text) {
    std::string result;
    // Not left from within: g++ 12 with -fsanitize=address then takes `length` for out of scope.
    for (int shown = 0; !text.empty() && shown < 60; ++shown) {
        std::size_t length = shown_length(text);
        if (const auto [character, name] = lookalike(text); !name.empty()) {
            result += "<" + std::string(name) + ">";
            length = character.size();
        } else {
            result += length == 0 ? "?" : text.substr(0, length);
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    if (!text.empty()) {
        result += "...";
    }
    return result;
}

}  // namespace ncverify
