// JSON whose numbers keep their digits, which every document but safetensors' headers is read as.
#include <nlohmann/json.hpp>

#include "files/json_text.hpp"
#include "fuzz/promises.hpp"

namespace ncverify::fuzz {

namespace {

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

/// `text` without the exponents of its numbers and the last of many digits, which are what the reader takes
/// apart by itself: without them it is JSON where it was, and nlohmann's own reader, which knows no number
/// beyond double's, can tell.
std::string with_small_numbers(const std::string& text) {
    constexpr std::size_t most_digits = 20;
    std::string plain;
    bool in_string = false;
    std::size_t digits = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        digits = !in_string && is_digit(text[i]) ? digits + 1 : 0;
        if (digits > most_digits) {
            continue;
        }
        if (!in_string && (text[i] == 'e' || text[i] == 'E') && i > 0 && is_digit(text[i - 1])) {
            std::size_t end = i + 1;
            end += end < text.size() && (text[end] == '+' || text[end] == '-') ? 1 : 0;
            const std::size_t first = end;
            while (end < text.size() && is_digit(text[end])) {
                ++end;
            }
            if (end > first) {
                i = end - 1;
                continue;
            }
        }
        if (text[i] == '"') {
            in_string = !in_string;
        }
        plain += text[i];
        if (in_string && text[i] == '\\' && i + 1 < text.size()) {
            plain += text[++i];
        }
    }
    return plain;
}

}  // namespace

void try_input(const std::string& input) {
    const auto document = accepted([&] { return files::parse_json(input, "document"); });
    if (!document) {
        return;
    }
    require(Json::accept(with_small_numbers(input)), "what is accepted is JSON");
    require(files::parse_json(document->dump(), "again") == *document,
            "a document that is written reads back");
}

}  // namespace ncverify::fuzz
