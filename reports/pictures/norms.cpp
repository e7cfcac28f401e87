// Picture: norms and angles against class size.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/pictures/minimum.hpp"
#include "reports/pictures/numbers.hpp"
#include "reports/pictures/parts.hpp"
#include "reports/pictures/size_curves.hpp"
#include "theory/closed_form.hpp"

namespace ncverify::reports {

namespace {

using nlohmann::ordered_json;

ordered_json curve(const SizeCurves& curves, double from, double to) {
    constexpr int pieces = 120;
    ordered_json points = ordered_json::array();
    for (int i = 0; i <= pieces; ++i) {
        const double n = from * std::pow(to / from, static_cast<double>(i) / pieces);
        points.push_back({decimal(n), decimal(curves.feature_norm(n)), decimal(curves.classifier_norm(n)),
                          decimal(curves.cosine(n))});
    }
    return points;
}

ordered_json solver_classes(const Configuration& configuration, const Minimum& found) {
    ordered_json classes = ordered_json::array();
    for (long k = 0; k < configuration.classes(); ++k) {
        const long long count = configuration.counts[static_cast<std::size_t>(k)];
        ordered_json cosine = nullptr;  // with another class of the same size, if there is one
        for (long j = 0; j < configuration.classes() && cosine.is_null(); ++j) {
            if (j == k) {
                continue;
            }
            const Enclosure norm = sqrt(found.classifier_gram(k, k) * found.classifier_gram(j, j));
            if (configuration.counts[static_cast<std::size_t>(j)] == count && certainly_positive(norm)) {
                cosine = decimal(found.classifier_gram(k, j) / norm);
            }
        }
        classes.push_back({{"count", count},
                           {"feature_norm", decimal(sqrt(found.feature_gram(k, k)))},
                           {"classifier_norm", decimal(sqrt(found.classifier_gram(k, k)))},
                           {"cosine", cosine}});
    }
    return classes;
}

}  // namespace

nlohmann::ordered_json norms_picture(const Configuration& configuration, std::uint64_t seed) {
    if (configuration.weighted()) {
        return nullptr;  // two classes of one size may differ: there is no curve against size
    }
    constexpr long digits = 20;
    const PrecisionScope scope(2 * digits + 40);
    const theory::ClosedForm form = theory::closed_form(configuration);
    if (!certainly_positive(form.weight_sum)) {
        return nullptr;  // complete collapse: every norm is zero
    }
    const Minimum found = minimum(configuration, digits, seed);
    if (found.digits == 0) {
        return nullptr;
    }
    const SizeCurves curves(configuration, form, [](double) { return 1.0; });
    const auto [least, most] = std::minmax_element(configuration.counts.begin(), configuration.counts.end());
    const double threshold = from_rational<double>(form.threshold);
    // From below the threshold, where that is in sight, to beyond the largest class.
    const double from =
        std::clamp(0.7 * threshold, 0.01 * static_cast<double>(*least), 0.5 * static_cast<double>(*least));
    return {{"config", configuration.command_line()},
            {"certified", found.certified},
            {"threshold", decimal(threshold)},
            {"turning_point", decimal(curves.turning_point())},
            {"curve", curve(curves, from, 2.5 * static_cast<double>(*most))},
            {"classes", solver_classes(configuration, found)}};
}

}  // namespace ncverify::reports
