#include "files/json_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "problem/errors.hpp"

namespace ncverify::files {

namespace {

// Builds the document from parser events; nlohmann's own builder would turn 1e-4 into a double first.
class TextKeepingBuilder : public nlohmann::json_sax<nlohmann::json> {
  public:
    TextKeepingBuilder(const std::string& text, Json& root, const std::string& where, Reals reals)
        : text_(text), root_(root), where_(where), reals_(reals) {}

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t, const string_t& text) override {
        if (reals_ == Reals::refused) {
            throw InputError("'" + printable(text) + "' stands without quotes", where_,
                             "strings, but for whole numbers below 2^64");
        }
        return put(text);
    }
    bool string(string_t& value) override { return put(value); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_object() override { return stack_.pop_back(), true; }
    bool end_array() override { return stack_.pop_back(), true; }
    bool key(string_t& name) override {
        if (stack_.back()->contains(name)) {
            throw InputError("key \"" + printable(name) + "\" stands twice", where_, "each key once");
        }
        key_ = name;
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        const std::size_t place = std::min(text_.size(), position == 0 ? 0 : position - 1);
        const auto [character, name] = lookalike(std::string_view(text_).substr(place));
        throw InputError("not valid JSON (stops making sense at byte " + std::to_string(position) +
                             (name.empty() ? "" : ", " + printable(character)) + ")",
                         where_, "a complete JSON document");
    }

  private:
    template <typename Value>
    Json* place(Value&& value) {
        if (stack_.empty()) {
            root_ = std::forward<Value>(value);
            return &root_;
        }
        Json& parent = *stack_.back();
        if (parent.is_array()) {
            parent.push_back(std::forward<Value>(value));
            return &parent.back();
        }
        return &(parent[key_] = std::forward<Value>(value));
    }
    template <typename Value>
    bool put(Value&& value) {
        place(std::forward<Value>(value));
        return true;
    }
    bool open(Json container) {
        if (stack_.size() >= 16) {
            throw InputError("nested deeper than 16 levels", where_, "a flatter document");
        }
        stack_.push_back(place(std::move(container)));
        return true;
    }

    const std::string& text_;
    Json& root_;
    const std::string& where_;
    const Reals reals_;
    std::vector<Json*> stack_;
    std::string key_;
};

// Whether `text` is a number of JSON's grammar: -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?
bool is_number(std::string_view text) {
    const auto skip = [&](std::string_view any_of) {
        const bool found = !text.empty() && any_of.find(text.front()) != std::string_view::npos;
        text.remove_prefix(found ? 1 : 0);
        return found;
    };
    const auto digits = [&] {
        const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
        text.remove_prefix(count);
        return count > 0;
    };
    skip("-");
    const bool whole = skip("0") || digits();
    return whole && (!skip(".") || digits()) && (!skip("eE") || (skip("+-"), digits())) && text.empty();
}

// Whether the next character of `text` from `place` on that is no white space is a colon, as after a key.
bool colon_follows(const std::string& text, std::size_t place) {
    place = text.find_first_not_of(" \t\n\r", place);
    return place != std::string::npos && text[place] == ':';
}

// Numbers with an exponent, and those of more digits than 64 bits have, become strings, because nlohmann
// refuses what is beyond double's range (1e400). What is no number, or stands for a key, is left for it to
// refuse.
std::string quote_numbers(const std::string& text) {
    const auto in_number = [](char c) {
        return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
    };
    constexpr std::size_t most_digits = 20;  // of 2^64 - 1
    std::string quoted;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!in_string && ((text[i] >= '0' && text[i] <= '9') || text[i] == '-')) {
            std::size_t end = i;
            while (end < text.size() && in_number(text[end])) {
                ++end;
            }
            const std::string number = text.substr(i, end - i);
            const bool large = number.size() > most_digits || number.find_first_of("eE") != std::string::npos;
            const bool quotes = large && is_number(number) && !colon_follows(text, end);
            quoted += quotes ? '"' + number + '"' : number;
            i = end - 1;
            continue;
        }
        if (text[i] == '"') {
            in_string = !in_string;
        }
        quoted += text[i];
        if (in_string && text[i] == '\\' && i + 1 < text.size()) {
            quoted += text[++i];
        }
    }
    return quoted;
}

}  // namespace

Json parse_json(const std::string& text, const std::string& where, Reals reals) {
    // nlohmann's parser takes a NUL for the end, whatever follows it.
    if (const std::size_t place = text.find('\0'); place != std::string::npos) {
        throw InputError("not valid JSON (stops making sense at byte " + std::to_string(place + 1) + ")",
                         where, "a complete JSON document");
    }
    Json root;
    const std::string parsed = reals == Reals::as_text ? quote_numbers(text) : text;
    TextKeepingBuilder builder(parsed, root, where, reals);
    try {
        nlohmann::json::sax_parse(parsed, &builder);
    } catch (const nlohmann::json::exception&) {
        throw InputError("not valid JSON", where, "a complete JSON document");
    }
    return root;
}

long count_of(const Json& value, const std::string& name, const std::string& where, long largest) {
    if (!value.is_number_integer() || value < 0 || value > largest) {
        throw InputError(
            "'" + printable(name) + "' is no count", where,
            "a whole number, at most " + (largest == largest_total ? "1e12" : std::to_string(largest)));
    }
    return value.get<long>();
}

}  // namespace ncverify::files
