#include "reports/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "problem/characters.hpp"
#include "trial/error_text.hpp"

namespace ncverify::reports {

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
