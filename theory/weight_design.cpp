#include "theory/weight_design.hpp"

#include <map>

#include "problem/errors.hpp"
#include "theory/rounding.hpp"

namespace ncverify::theory {

namespace {

// Beyond e^25000 no weight is within 1e-10000 .. 1e10000 for decays that are.
constexpr long largest_margin = 100'000;

std::string rounded_weight(const Configuration& configuration, long long count, const Rational& margin,
                           long digits) {
    for (long working = digits + 20;; working *= 2) {
        const PrecisionScope scope(working);
        const Enclosure c_over_root = sqrt(from_rational<Enclosure>(configuration.c_squared() / count));
        const Enclosure weight = c_over_root * (Enclosure(1) + exp(from_rational<Enclosure>(margin)) /
                                                                   Enclosure(configuration.classes() - 1));
        if (const auto text = rounded(weight, digits)) {
            return *text;
        }
    }
}

}  // namespace

std::vector<ClassWeight> weights_for_margins(const Configuration& configuration,
                                             const std::vector<Rational>& margins, long digits,
                                             const std::string& where) {
    const char* expected =
        "numbers above 0, one for each class, at which weights lie within 1e-10000..1e10000";
    if (margins.size() != configuration.counts.size()) {
        throw InputError(std::to_string(margins.size()) + " margins for " +
                             std::to_string(configuration.classes()) + " classes",
                         where, expected);
    }
    std::map<std::pair<long long, Rational>, ClassWeight> known;
    std::vector<ClassWeight> weights;
    for (std::size_t k = 0; k < margins.size(); ++k) {
        if (margins[k] <= 0 || margins[k] > largest_margin) {
            throw InputError("margin " + std::to_string(k + 1) +
                                 (margins[k] <= 0 ? " is not positive" : " is out of range"),
                             where, expected);
        }
        const auto [place, fresh] = known.try_emplace({configuration.counts[k], margins[k]});
        if (fresh) {
            place->second = parse_weight(
                rounded_weight(configuration, configuration.counts[k], margins[k], digits), where);
        }
        weights.push_back(place->second);
    }
    return weights;
}

}  // namespace ncverify::theory
