#include "certificates/decimal.hpp"

#include <algorithm>
#include <string_view>

#include "problem/configuration.hpp"
#include "problem/errors.hpp"

namespace ncverify::certificates {

namespace {

// Reads a text from left to right; each function takes what it is named after and says whether it was there.
class Scanner {
  public:
    explicit Scanner(const std::string& text) : text_(text) {}

    bool character(char wanted) {
        if (place_ == text_.size() || text_[place_] != wanted) {
            return false;
        }
        ++place_;
        return true;
    }
    bool digits(std::string_view& taken) {
        std::size_t end = place_;
        while (end < text_.size() && '0' <= text_[end] && text_[end] <= '9') {
            ++end;
        }
        taken = std::string_view(text_).substr(place_, end - place_);
        place_ = end;
        return !taken.empty();
    }
    bool whole_number(std::string_view& taken) {
        return digits(taken) && (taken.size() == 1 || taken[0] != '0');
    }
    bool at_end() const { return place_ == text_.size(); }

  private:
    const std::string& text_;
    std::size_t place_ = 0;
};

InputError no_number(const std::string& text, const std::string& where, const char* expected) {
    return {"'" + printable(text) + "' is not such a number", where, expected};
}

}  // namespace

Decimal parse_decimal(const std::string& text, const std::string& where, long largest) {
    constexpr const char* expected = "a decimal as JSON writes a number, with a small e, such as \"-1.5e-3\"";
    Decimal decimal;
    Scanner scanner(text);
    const bool minus = scanner.character('-');
    std::string_view whole, fraction, power;
    bool down = false, sound = scanner.whole_number(whole);
    if (sound && scanner.character('.')) {
        sound = scanner.digits(fraction);
    }
    if (sound && scanner.character('e')) {
        down = scanner.character('-');
        if (!down) {
            scanner.character('+');
        }
        sound = scanner.digits(power);
    }
    if (!sound || !scanner.at_end()) {
        throw no_number(text, where, expected);
    }
    decimal.mantissa.reserve(whole.size() + fraction.size());
    decimal.mantissa.append(whole).append(fraction);
    decimal.places = static_cast<long>(fraction.size());
    decimal.negative = minus && decimal.mantissa.find_first_not_of('0') != std::string::npos;
    power.remove_prefix(std::min(power.find_first_not_of('0'), power.size()));
    const long exponent = power.empty() || power.size() > 9 ? 0 : std::stol(std::string(power));
    if (power.size() > 9 || exponent > largest) {
        throw InputError("the power of ten of '" + printable(text) + "' is out of range", where,
                         "at most " + std::to_string(largest) + ", up or down");
    }
    decimal.exponent = down ? -exponent : exponent;
    return decimal;
}

const Enclosure& PowersOfTen::of(long power, long bits) {
    auto& [known_bits, value] = known_[power];
    if (known_bits < bits) {
        arb_ui_pow_ui(value.data(), 10, static_cast<unsigned long>(power), bits);
        known_bits = bits;
    }
    return value;
}

Enclosure enclosed(const Decimal& decimal) {
    PowersOfTen powers;
    return enclosed(decimal, powers);
}

Enclosure enclosed(const Decimal& decimal, PowersOfTen& powers) {
    Enclosure value;
    fmpz_t mantissa;
    fmpz_init(mantissa);
    fmpz_set_str(mantissa, decimal.mantissa.c_str(), 10);
    arb_set_fmpz(value.data(), mantissa);
    fmpz_clear(mantissa);
    const long power = decimal.exponent - decimal.places;
    if (power != 0) {
        // As exact as the mantissa: the quotient of two exact numbers is rounded once.
        const long bits =
            Enclosure::precision() + bits_for_digits(static_cast<long>(decimal.mantissa.size())) + 32;
        const Enclosure& scale = powers.of(std::abs(power), bits);
        if (power > 0) {
            value *= scale;
        } else {
            value /= scale;
        }
    } else {
        arb_set_round(value.data(), value.data(), Enclosure::precision());
    }
    return decimal.negative ? -value : value;
}

ExactNumber parse_exact_number(const std::string& text, const std::string& where, long largest) {
    constexpr const char* expected = "a decimal such as \"1.5e-3\", or a fraction such as \"1/3\"";
    if (text.find('/') == std::string::npos) {
        const Decimal decimal = parse_decimal(text, where, largest);
        return {parse_rational(text, where, largest), std::abs(decimal.exponent)};
    }
    Scanner scanner(text);
    scanner.character('-');
    std::string_view numerator, denominator;
    if (!scanner.whole_number(numerator) || !scanner.character('/') || !scanner.whole_number(denominator) ||
        denominator == "0" || !scanner.at_end()) {
        throw no_number(text, where, expected);
    }
    return {parse_rational(text, where), 0};
}

}  // namespace ncverify::certificates
