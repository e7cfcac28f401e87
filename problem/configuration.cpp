#include "problem/configuration.hpp"

#include <algorithm>

#include "problem/errors.hpp"

namespace ncverify {

namespace {

bool all_digits(const std::string& text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Integer parse_digits(const std::string& digits) {
    Integer value;
    mpz_set_str(value.backend().data(), digits.c_str(), 10);
    return value;
}

Integer power_of_ten(long exponent) {
    Integer value;
    mpz_ui_pow_ui(value.backend().data(), 10, static_cast<unsigned long>(exponent));
    return value;
}

// [+-]digits[.digits][e[+-]digits] or [+-]digits/digits.
Rational parse_exact(const std::string& text, const std::string& where, long largest_exponent,
                     const char* expected) {
    const auto refuse = [&]() -> InputError {
        return {"'" + printable(text) + "' is not a number", where, expected};
    };
    std::string body = text;
    const bool negative = !body.empty() && body[0] == '-';
    if (!body.empty() && (body[0] == '-' || body[0] == '+')) {
        body.erase(0, 1);
    }
    Rational value;
    if (const auto slash = body.find('/'); slash != std::string::npos) {
        const std::string numerator = body.substr(0, slash), denominator = body.substr(slash + 1);
        if (!all_digits(numerator) || !all_digits(denominator)) {
            throw refuse();
        }
        const Integer bottom = parse_digits(denominator);
        if (bottom == 0) {
            throw InputError("'" + printable(text) + "' divides by zero", where, expected);
        }
        value = Rational(parse_digits(numerator), bottom);
    } else {
        long exponent = 0;
        if (const auto mark = body.find_first_of("eE"); mark != std::string::npos) {
            std::string power = body.substr(mark + 1);
            const bool down = !power.empty() && power[0] == '-';
            if (!power.empty() && (power[0] == '-' || power[0] == '+')) {
                power.erase(0, 1);
            }
            if (!all_digits(power)) {
                throw refuse();
            }
            power.erase(0, std::min(power.find_first_not_of('0'), power.size() - 1));
            if (power.size() > 9 || std::stol(power) > largest_exponent) {
                throw InputError("'" + printable(text) + "' is out of range", where, expected);
            }
            exponent = down ? -std::stol(power) : std::stol(power);
            body.erase(mark);
        }
        if (const auto point = body.find('.'); point != std::string::npos) {
            const std::string fraction = body.substr(point + 1);
            body = body.substr(0, point) + fraction;
            exponent -= static_cast<long>(fraction.size());
        }
        if (!all_digits(body)) {
            throw refuse();
        }
        value = exponent >= 0 ? Rational(parse_digits(body) * power_of_ten(exponent))
                              : Rational(parse_digits(body), power_of_ten(-exponent));
    }
    return negative ? Rational(-value) : value;
}

}  // namespace

Rational parse_rational(const std::string& text, const std::string& where, long largest_exponent) {
    return parse_exact(text, where, largest_exponent, "a decimal or fraction such as -1.5e-3 or 1/3");
}

Rational parse_lambda(const std::string& text, const std::string& where) {
    if (text.size() > 100'000) {
        throw InputError("a number of " + std::to_string(text.size()) + " characters", where,
                         lambda_expected);
    }
    Rational value = parse_exact(text, where, 10000, lambda_expected);
    if (value <= 0) {
        throw InputError("'" + printable(text) + "' is not positive", where, lambda_expected);
    }
    static const Integer largest = power_of_ten(10000);
    if (value > largest || value * largest < 1) {
        throw InputError("'" + printable(text) + "' is out of range", where, lambda_expected);
    }
    return value;
}

long long parse_count(const std::string& text, const std::string& where) {
    constexpr const char* expected = "whole numbers from 1 to 10^18, such as 100,100,200x3";
    if (!all_digits(text)) {
        throw InputError("count '" + printable(text) + "' is not a whole number", where, expected);
    }
    const Integer value = parse_digits(text);
    if (value < 1 || value > largest_count) {
        throw InputError("count '" + printable(text) + "' is out of range", where, expected);
    }
    return static_cast<long long>(value);
}

std::vector<long long> parse_counts(const std::string& text, const std::string& where) {
    std::vector<long long> counts;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const std::string item = text.substr(begin, end - begin);
        const auto cross = item.find('x');
        const long long count = parse_count(item.substr(0, cross), where);
        long long repeats = 1;
        if (cross != std::string::npos) {
            const std::string times = item.substr(cross + 1);
            if (!all_digits(times) || times.size() > 9 || (repeats = std::stoll(times)) < 1) {
                throw InputError("'" + printable(item) + "' does not repeat a count", where,
                                 "items such as 200x3");
            }
        }
        if (repeats > largest_class_number - static_cast<long long>(counts.size())) {
            throw InputError("more than " + std::to_string(largest_class_number) + " classes", where,
                             "2 to " + std::to_string(largest_class_number) + " classes");
        }
        counts.insert(counts.end(), static_cast<std::size_t>(repeats), count);
        begin = end + 1;
    }
    return counts;
}

std::string counts_text(const std::vector<long long>& counts) {
    std::string text;
    for (std::size_t k = 0; k < counts.size();) {
        std::size_t end = k;
        while (end < counts.size() && counts[end] == counts[k]) {
            ++end;
        }
        text += (k == 0 ? "" : ",") + std::to_string(counts[k]);
        if (end - k > 1) {
            text += "x" + std::to_string(end - k);
        }
        k = end;
    }
    return text;
}

Configuration make_configuration(const std::vector<long long>& counts, const std::string& lambda_w,
                                 const std::string& lambda_h, long long dimension) {
    Configuration configuration;
    if (counts.size() < 2 || counts.size() > static_cast<std::size_t>(largest_class_number)) {
        throw InputError(std::to_string(counts.size()) + " classes", "counts",
                         "2 to " + std::to_string(largest_class_number) + " classes");
    }
    for (const long long count : counts) {
        if (count < 1 || count > largest_count) {
            throw InputError("count " + std::to_string(count) + " is out of range", "counts",
                             "whole numbers from 1 to 10^18");
        }
    }
    if (dimension < 0 || dimension > largest_dimension) {
        throw InputError("dimension " + std::to_string(dimension) + " is out of range", "dim",
                         "a whole number from 1 to " + std::to_string(largest_dimension));
    }
    configuration.counts = counts;
    configuration.lambda_w = parse_lambda(lambda_w, "lambda_w");
    configuration.lambda_h = parse_lambda(lambda_h, "lambda_h");
    configuration.lambda_w_text = lambda_w;
    configuration.lambda_h_text = lambda_h;
    configuration.dimension = dimension == 0 ? configuration.classes() : dimension;
    return configuration;
}

Integer Configuration::samples() const {
    Integer total = 0;
    for (const long long count : counts) {
        total += count;
    }
    return total;
}

Rational Configuration::weighted_count(std::size_t k) const {
    return weighted() ? Rational(weights[k].squared * counts[k]) : Rational(counts[k]);
}

Rational Configuration::c_squared() const {
    const Integer total = samples();
    return Rational(total * total * (classes() - 1), Integer(classes())) * lambda_w * lambda_h;
}

Rational Configuration::threshold() const {
    const Integer total = samples(), K(classes());
    return Rational(total * total * K, K - 1) * lambda_w * lambda_h;
}

std::string Configuration::command_line() const {
    std::string text =
        "--counts " + counts_text(counts) + " --lambda-w " + lambda_w_text + " --lambda-h " + lambda_h_text;
    text += dimension == classes() ? "" : " --dim " + std::to_string(dimension);
    return weighted() ? text + " --weights " + weights_text(weights) : text;
}

std::strong_ordering operator<=>(const Configuration& a, const Configuration& b) {
    const auto compare = [](const auto& x, const auto& y) {
        return x < y   ? std::strong_ordering::less
               : y < x ? std::strong_ordering::greater
                       : std::strong_ordering::equal;
    };
    if (const auto order = a.counts.size() <=> b.counts.size(); order != 0) {
        return order;
    }
    if (const auto order = a.weighted() <=> b.weighted(); order != 0) {
        return order;
    }
    if (const auto order = compare(a.samples(), b.samples()); order != 0) {
        return order;
    }
    if (const auto order = a.counts <=> b.counts; order != 0) {
        return order;
    }
    const auto length = [](const Rational& x) { return to_string(x).size(); };
    if (const auto order =
            length(a.lambda_w) + length(a.lambda_h) <=> length(b.lambda_w) + length(b.lambda_h);
        order != 0) {
        return order;
    }
    if (const auto order = compare(a.lambda_w, b.lambda_w); order != 0) {
        return order;
    }
    if (const auto order = compare(a.lambda_h, b.lambda_h); order != 0) {
        return order;
    }
    if (const auto order = a.dimension <=> b.dimension; order != 0) {
        return order;
    }
    if (const auto order = weights_text(a.weights).size() <=> weights_text(b.weights).size(); order != 0) {
        return order;
    }
    for (std::size_t k = 0; k < a.weights.size(); ++k) {
        if (const auto order = compare(a.weights[k].squared, b.weights[k].squared); order != 0) {
            return order;
        }
    }
    return std::strong_ordering::equal;
}

}  // namespace ncverify
