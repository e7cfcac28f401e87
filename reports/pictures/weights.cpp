// Picture: margins, thresholds and norms against class size under the usual class weights.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/pictures/minimum.hpp"
#include "reports/pictures/numbers.hpp"
#include "reports/pictures/parts.hpp"
#include "reports/pictures/size_curves.hpp"
#include "theory/rounding.hpp"

namespace ncverify::reports {

namespace {

using nlohmann::ordered_json;

// The effective number of samples of n is (1 - b^n)/(1 - b).
constexpr long effective_b_over_1000 = 999;
// The exact weights are fractions of thousands of digits.
constexpr long effective_digits = 30;

struct Weighting {
    const char* rule;
    Configuration configuration;           ///< with these weights
    std::function<double(double)> weight;  ///< omega of a class of n samples, N and the scale as they are
};

// omega_k = N (1/E_k) / sum_j n_j/E_j with E_k = 1 - b^n_k, of which b's constant factor drops out; rounded.
Weighting effective_number(const Configuration& configuration) {
    const PrecisionScope scope(2 * effective_digits + 20);
    const Enclosure log_b = log(from_rational<Enclosure>(Rational(effective_b_over_1000, 1000)));
    std::vector<Enclosure> inverse;
    Enclosure sum(0);
    for (const long long count : configuration.counts) {
        const Enclosure samples = from_rational<Enclosure>(Rational(count));
        inverse.push_back(Enclosure(-1) / expm1(samples * log_b));
        sum += samples * inverse.back();
    }
    const Enclosure scale = from_rational<Enclosure>(Rational(configuration.samples())) / sum;
    std::vector<std::string> texts;
    for (const Enclosure& own : inverse) {
        texts.push_back(theory::rounded(scale * own, effective_digits).value());
    }
    return {"effective-number", with_weights(configuration, texts),
            [factor = number(scale), log_of_b = number(log_b)](double n) {
                return -factor / std::expm1(n * log_of_b);
            }};
}

std::vector<Weighting> usual_weightings(const Configuration& configuration) {
    const auto with_rule = [&](const char* rule) {
        return with_weights(configuration, parse_weights(rule, configuration, "weights"));
    };
    const double mean_count =
        from_rational<double>(Rational(configuration.samples()) / Rational(Integer(configuration.classes())));
    return {
        {"none", configuration, [](double) { return 1.0; }},
        {"balanced", with_rule("balanced"), [mean_count](double n) { return mean_count / n; }},
        {"inverse-sqrt", with_rule("inverse-sqrt"),
         [mean_count](double n) { return std::sqrt(mean_count / n); }},
        effective_number(configuration),
    };
}

ordered_json curve(const SizeCurves& curves, double from, double to) {
    constexpr int pieces = 120;
    ordered_json points = ordered_json::array();
    for (int i = 0; i <= pieces; ++i) {
        const double n = from * std::pow(to / from, static_cast<double>(i) / pieces);
        points.push_back({decimal(n), decimal(curves.over_threshold(n)), decimal(curves.margin(n)),
                          decimal(curves.feature_norm(n)), decimal(curves.classifier_norm(n))});
    }
    return points;
}

// The classes of the solver's minimiser.
ordered_json solver_classes(const Configuration& configuration, const Minimum& found) {
    ordered_json classes = ordered_json::array();
    for (long k = 0; k < configuration.classes(); ++k) {
        const auto place = static_cast<std::size_t>(k);
        Enclosure others(0);
        for (long m = 0; m < configuration.classes(); ++m) {
            others += m == k ? Enclosure(0) : found.logits(m, k);
        }
        const Rational over = configuration.weighted_count(place) / configuration.threshold();
        classes.push_back(
            {{"count", configuration.counts[place]},
             {"weight", configuration.weighted()
                            ? decimal(weight_value<Enclosure>(configuration.weights[place]))
                            : std::string("1")},
             {"over_threshold", decimal(from_rational<Enclosure>(over))},
             {"collapses", theory::collapsed(configuration, k)},
             {"zero", static_cast<bool>(found.vanishes[place])},
             {"margin", decimal(found.logits(k, k) - others / Enclosure(configuration.classes() - 1))},
             {"feature_norm", decimal(sqrt(found.feature_gram(k, k)))},
             {"classifier_norm", decimal(sqrt(found.classifier_gram(k, k)))}});
    }
    return classes;
}

}  // namespace

nlohmann::ordered_json weights_picture(const Configuration& configuration, std::uint64_t seed) {
    constexpr long digits = 20;
    const PrecisionScope scope(2 * digits + 40);
    const auto [least, most] = std::minmax_element(configuration.counts.begin(), configuration.counts.end());
    ordered_json weightings = ordered_json::array();
    for (const Weighting& one : usual_weightings(configuration)) {
        const Minimum found = minimum(one.configuration, digits, seed);
        if (found.digits == 0) {
            return nullptr;
        }
        const SizeCurves curves(one.configuration, theory::closed_form(one.configuration), one.weight);
        weightings.push_back(
            {{"rule", one.rule},
             {"config", one.configuration.command_line()},
             {"certified", found.certified},
             {"curve", curve(curves, static_cast<double>(*least) / 1.5, static_cast<double>(*most) * 1.5)},
             {"classes", solver_classes(one.configuration, found)}});
    }
    return {{"config", configuration.command_line()},
            {"threshold", decimal(from_rational<Enclosure>(configuration.threshold()))},
            {"weightings", std::move(weightings)}};
}

}  // namespace ncverify::reports
