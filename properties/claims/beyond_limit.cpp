// Beyond the paper: what becomes of the minimiser as lambda_W lambda_H -> 0 with counts fixed.
#include <algorithm>

#include "properties/claims/groups.hpp"
#include "properties/claims/sections.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

// The configuration with lambda_H scaled so that the smallest count is 4 * 10^(2 exponent) times c^2.
Configuration with_small_product(const Configuration& configuration, long exponent) {
    const long long smallest = *std::min_element(configuration.counts.begin(), configuration.counts.end());
    Integer power = 1;
    mpz_ui_pow_ui(power.backend().data(), 10, static_cast<unsigned long>(2 * exponent));
    Configuration result = configuration;
    result.lambda_h *= Rational(Integer(smallest), 4 * power) / configuration.c_squared();
    return result;
}

// How far the three ratios are from their limits.
struct Deviation {
    std::vector<Enclosure> margins, features;  // |M_g/M_1 - 1|, |feature-norm ratio over its limit - 1|
    Enclosure logits;                          // || Z/||Z|| - S/||S|| ||, samples form
    Enclosure smallest_margin;
};

Deviation deviation(const Case& subject, const Configuration& configuration) {
    const theory::ClosedForm form = subject.theorem(configuration);
    const std::vector<Group> sorted = groups(configuration);
    const auto of = [&](const Group& group) {
        return form.classes[static_cast<std::size_t>(group.members[0])];
    };
    const auto samples = [](const Group& group) {
        return from_rational<Enclosure>(Rational(group.count) * group.size());
    };
    Deviation result;
    const theory::ClassForm first = of(sorted[0]);
    result.smallest_margin = first.margin;
    Enclosure squares(0), total(0);
    for (const Group& group : sorted) {
        squares += samples(group) * of(group).margin * of(group).margin;
        total += samples(group);
    }
    Enclosure distance(0);
    for (const Group& group : sorted) {
        const theory::ClassForm own = of(group);
        const Enclosure apart = own.margin / sqrt(squares) - Enclosure(1) / sqrt(total);
        distance += samples(group) * apart * apart;
        if (&group == &sorted[0]) {
            continue;
        }
        result.margins.push_back(abs(own.margin / first.margin - Enclosure(1)));
        const Enclosure limit = sqrt(sqrt(from_rational<Enclosure>(Rational(sorted[0].count, group.count))));
        result.features.push_back(
            abs(sqrt(own.feature_norm_squared / first.feature_norm_squared) / limit - Enclosure(1)));
    }
    result.logits = sqrt_of_nonnegative(distance);
    return result;
}

// For sqrt(n_j) >= 2c: d log(r-1) <= 2 d log r for r >= 2, so |M_i - M_j| <= |log(n_i/n_j)|. All three
// deviations are then at most twice log(n_max/n_min)/M_min, which goes to zero.
Observation limit(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    const std::vector<Group> sorted = groups(configuration);
    if (sorted.size() < 2) {
        return {};  // equal counts: the ratios are what they tend to
    }
    Comparison comparison(subject);
    std::vector<Deviation> seen;
    for (const long exponent : {10L, 100L, 1000L}) {
        const Configuration small = with_small_product(configuration, exponent);
        const Deviation now = deviation(subject, small);
        const std::string where = " at sqrt(n_min)/c = 2e" + std::to_string(exponent);
        for (std::size_t g = 0; g < now.margins.size(); ++g) {
            const Enclosure spread =
                log(from_rational<Enclosure>(Rational(sorted[g + 1].count, sorted[0].count)));
            const Enclosure most = spread / now.smallest_margin;
            comparison.at_most("ratio of margins" + where, now.margins[g], most, most);
            comparison.at_most("ratio of feature norms" + where, now.features[g], most, most);
            if (!seen.empty()) {
                comparison.below("ratios of margins, nearer to the limit," + where, now.margins[g],
                                 seen.back().margins[g], seen.back().margins[g]);
                comparison.below("ratios of feature norms, nearer to the limit," + where, now.features[g],
                                 seen.back().features[g], seen.back().features[g]);
            }
            if (g + 1 == now.margins.size()) {
                comparison.at_most("Z/||Z|| and the SELI matrix" + where, now.logits, Enclosure(2) * most,
                                   most);
            }
        }
        if (!seen.empty()) {
            comparison.below("Z/||Z||, nearer to the SELI matrix," + where, now.logits, seen.back().logits,
                             seen.back().logits);
        }
        seen.push_back(now);
    }
    return comparison.observation();
}

}  // namespace

std::vector<Claim> beyond_limit_claims() {
    return {
        {
            .id = "beyond.limit",
            .source = "ours",
            .statement =
                R"(\lambda_W\lambda_H \to 0:\ \frac{M_i}{M_j} \to 1,\ \frac{\|h_i\|}{\|h_j\|} \to (n_j/n_i)^{1/4},\ \frac{Z}{\|Z\|} \to \frac{S}{\|S\|} \text{ (SELI)})",
            .domain = "counts that are not all equal; lambda_H scaled down with everything else fixed",
            .kind = Kind::extension,
            .check = limit,
            .reading =
                "for sqrt(n_min) >= 2c the deviations are at most log(n_max/n_min)/M_min (twice that for "
                "Z), which goes to zero; checked, and strictly smaller each time, at sqrt(n_min)/c = 2e10, "
                "2e100, 2e1000",
            .demands = {{two_classes(), 0.02},
                        {two_groups(), 0.05},
                        {all_distinct(), 0.10},
                        {single_samples(), 0.04}},
        },
    };
}

}  // namespace ncverify::properties
