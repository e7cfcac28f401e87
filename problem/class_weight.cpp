#include "problem/class_weight.hpp"

#include <algorithm>

#include "problem/configuration.hpp"
#include "problem/errors.hpp"

namespace ncverify {

namespace {

constexpr const char* root_mark = "sqrt";

Rational parse_positive(const std::string& text, const std::string& whole, const std::string& where) {
    try {
        return parse_lambda(text, where);
    } catch (const InputError&) {
        throw InputError(
            "weight '" + printable(whole) + "' is no positive number between 1e-10000 and 1e10000", where,
            weights_expected);
    }
}

}  // namespace

std::optional<Rational> exact_root(const Rational& square) {
    if (square < 0) {
        return std::nullopt;
    }
    const Integer top = sqrt(numerator(square)), bottom = sqrt(denominator(square));
    if (top * top != numerator(square) || bottom * bottom != denominator(square)) {
        return std::nullopt;
    }
    return Rational(top, bottom);
}

ClassWeight parse_weight(const std::string& text, const std::string& where) {
    const bool root = text.rfind(root_mark, 0) == 0;
    const Rational number =
        parse_positive(root ? text.substr(std::string(root_mark).size()) : text, text, where);
    ClassWeight weight;
    weight.text = text;
    weight.squared = root ? number : Rational(number * number);
    weight.value = root ? exact_root(number) : std::optional(number);
    return weight;
}

ClassWeight weight_of_square(const Rational& squared) {
    ClassWeight weight{squared, exact_root(squared), ""};
    weight.text = weight.value ? to_string(*weight.value) : root_mark + to_string(squared);
    return weight;
}

namespace {

// N/(K n_k), or its square.
std::vector<ClassWeight> balanced_weights(const Configuration& configuration, bool root) {
    std::vector<ClassWeight> weights;
    for (const long long count : configuration.counts) {
        const Rational share(configuration.samples(), Integer(configuration.classes()) * count);
        weights.push_back(weight_of_square(root ? share : Rational(share * share)));
    }
    return weights;
}

}  // namespace

std::vector<ClassWeight> parse_weights(const std::string& text, const Configuration& configuration,
                                       const std::string& where) {
    if (text == "balanced" || text == "inverse" || text == "inverse-sqrt") {
        return balanced_weights(configuration, text == "inverse-sqrt");
    }
    std::vector<ClassWeight> weights;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const std::string item = text.substr(begin, end - begin);
        const auto cross = item.find('x');
        const std::string times = cross == std::string::npos ? "1" : item.substr(cross + 1);
        const bool whole =
            !times.empty() && times.size() <= 9 && times.find_first_not_of("0123456789") == std::string::npos;
        const long repeats = whole ? std::stol(times) : 0;
        if (repeats < 1 || repeats > configuration.classes() - static_cast<long>(weights.size())) {
            throw InputError(whole && repeats > 0 ? "more weights than classes"
                                                  : "'" + printable(item) + "' does not repeat a weight",
                             where, "as many weights as classes, " + std::to_string(configuration.classes()));
        }
        weights.insert(weights.end(), static_cast<std::size_t>(repeats),
                       parse_weight(item.substr(0, cross), where));
        begin = end + 1;
    }
    return weights;
}

std::string weights_text(const std::vector<ClassWeight>& weights) {
    std::string text;
    for (std::size_t k = 0; k < weights.size();) {
        std::size_t end = k;
        while (end < weights.size() && weights[end].text == weights[k].text) {
            ++end;
        }
        text += (k == 0 ? "" : ",") + weights[k].text + (end - k > 1 ? "x" + std::to_string(end - k) : "");
        k = end;
    }
    return text;
}

std::vector<std::string> weight_texts(const std::vector<ClassWeight>& weights) {
    std::vector<std::string> texts;
    for (const ClassWeight& weight : weights) {
        texts.push_back(weight.text);
    }
    return texts;
}

Configuration with_weights(const Configuration& configuration, const std::vector<std::string>& texts,
                           const std::string& where) {
    if (texts.empty()) {
        return configuration;
    }
    if (texts.size() == 1) {
        return with_weights(configuration, parse_weights(texts.front(), configuration, where), where);
    }
    std::vector<ClassWeight> weights;
    for (const std::string& text : texts) {
        weights.push_back(parse_weight(text, where));
    }
    return with_weights(configuration, weights, where);
}

Configuration with_weights(Configuration configuration, const std::vector<ClassWeight>& weights,
                           const std::string& where) {
    if (weights.size() != configuration.counts.size()) {
        throw InputError(std::to_string(weights.size()) + " weights for " +
                             std::to_string(configuration.classes()) + " classes",
                         where, "one for each class, or a rule");
    }
    const bool all_one = std::all_of(weights.begin(), weights.end(),
                                     [](const ClassWeight& weight) { return weight.squared == 1; });
    configuration.weights = all_one ? std::vector<ClassWeight>() : weights;
    return configuration;
}

}  // namespace ncverify
