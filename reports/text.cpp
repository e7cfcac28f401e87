#include "reports/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "trial/error_text.hpp"

namespace ncverify::reports {
namespace {

/// Length in bytes of the UTF-8 character that `text` starts with, if it may be shown; 0 for a broken
/// sequence, a control character, or a code point that XML does not admit.
std::size_t shown_length(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const std::uint32_t first = byte(0);
    if (first < 0x80) {
        return first >= 0x20 && first != 0x7f ? 1 : 0;
    }
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length) {
        return 0;
    }
    std::uint32_t code = first & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80U) {
            return 0;
        }
        code = code << 6U | (byte(i) & 0x3fU);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    const bool surrogate = code >= 0xd800 && code <= 0xdfff;
    const bool reordering = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    const bool unusable = code < 0xa0 || code > 0x10ffff || code == 0xfffe || code == 0xffff;
    return overlong || surrogate || reordering || unusable ? 0 : length;
}

}  // namespace

std::string agreement_text(const trial::ClaimResult& result) {
    if (result.passed == 0) {
        return "-";
    }
    if (result.worst_error_log10 <= trial::exact_log10) {
        return "exact";
    }
    const double digits = std::isfinite(result.worst_error_log10) ? std::floor(-result.worst_error_log10) : 0;
    return digits == 1 ? "1 digit" : fmt::format("{:.0f} digits", std::max(digits, 0.0));
}

std::string cases_text(const trial::ClaimResult& result) {
    std::string text = fmt::format("{} of {}", result.passed, result.checked);
    const auto add = [&](long count, const char* word) {
        text += count > 0 ? fmt::format(", {} {}", count, word) : "";
    };
    add(result.refuted, "refuted");
    add(result.inconclusive, "undecided");
    add(result.skipped, "skipped");
    return text;
}

std::string replay_command(const std::string& token) {
    if (token.empty()) {
        return "";
    }
    const std::string harmless = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+=.,:/@%";
    if (token.find_first_not_of(harmless) == std::string::npos) {
        return "ncverify verify --replay " + token;
    }
    std::string quoted = "'";
    for (const char character : token) {
        quoted += character == '\'' ? std::string("'\\''") : std::string(1, character);
    }
    return "ncverify verify --replay " + quoted + "'";
}

std::string visible(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t length = shown_length(text);
        if (length > 0) {
            result += text.substr(0, length);
        } else if (text.front() == '\n' || text.front() == '\t') {
            result += ' ';
        } else {
            result += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return result;
}

std::string markup(std::string_view text) {
    std::string result;
    for (const char character : visible(text)) {
        switch (character) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\'':
                result += "&#39;";
                break;
            default:
                result += character;
        }
    }
    return result;
}

std::string markdown(std::string_view text) {
    static constexpr std::string_view special = "\\`*_{}[]()#+!|~$:@<>&\"'";
    std::string result;
    for (const char character : visible(text)) {
        result += special.find(character) == std::string_view::npos
                      ? std::string(1, character)
                      : fmt::format("&#{};", static_cast<int>(character));
    }
    return result;
}

}  // namespace ncverify::reports
