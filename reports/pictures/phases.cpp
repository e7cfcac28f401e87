// Picture: the phase diagram of collapse over imbalance ratio and regularisation.
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "problem/random.hpp"
#include "reports/pictures/minimum.hpp"
#include "reports/pictures/numbers.hpp"
#include "reports/pictures/parts.hpp"
#include "theory/ingredients.hpp"

namespace ncverify::reports {

namespace {

using nlohmann::ordered_json;

// Two classes of 10 samples and two of R times as many.
constexpr long long minority_count = 10;
constexpr long group = 2;
constexpr long long largest_ratio = 300;

std::vector<long long> counts(long long ratio) {
    return {ratio * minority_count, ratio * minority_count, minority_count, minority_count};
}

/// The product lambda_W lambda_H at which a class of `count` samples is exactly at the threshold: T is that
/// product times T for the product one.
Rational critical_product(long long ratio, long long count) {
    const Configuration unit = make_configuration(counts(ratio), "1", "1");
    return Rational(count) / theory::threshold(unit);
}

/// What the solver finds, without the theorem: how many class means of each group are zero.
ordered_json outcome(long long ratio, const std::string& lambda_w, const std::string& lambda_h,
                     const std::string& place, std::uint64_t seed) {
    const Configuration configuration = make_configuration(counts(ratio), lambda_w, lambda_h);
    const PrecisionScope scope(60);
    const Minimum found = minimum(configuration, 15, seed);
    long majority = 0, minority = 0;
    for (std::size_t k = 0; k < found.vanishes.size(); ++k) {
        (k < group ? majority : minority) += found.vanishes[k] ? 1 : 0;
    }
    return {{"ratio", ratio},
            {"product", decimal(from_rational<double>(configuration.lambda_w * configuration.lambda_h))},
            {"place", place},
            {"majority", majority},
            {"minority", minority},
            {"certified", found.certified}};
}

}  // namespace

nlohmann::ordered_json phases_picture(std::uint64_t seed) {
    ordered_json lines = ordered_json::array();
    long long last = 0;
    for (int i = 0; i <= 60; ++i) {
        const auto ratio = std::llround(std::pow(static_cast<double>(largest_ratio), i / 60.0));
        if (ratio == last) {
            continue;
        }
        last = ratio;
        const Rational minority = critical_product(ratio, minority_count),
                       complete = critical_product(ratio, ratio * minority_count);
        lines.push_back({{"ratio", ratio},
                         {"minority", to_string(minority)},
                         {"complete", to_string(complete)},
                         {"minority_decimal", decimal(from_rational<double>(minority))},
                         {"complete_decimal", decimal(from_rational<double>(complete))}});
    }
    ordered_json points = ordered_json::array();
    Random random(seed);
    constexpr int scattered = 220;
    for (int i = 0; i < scattered; ++i) {
        const auto ratio = std::llround(std::pow(static_cast<double>(largest_ratio), random.uniform()));
        const double lambda = std::pow(10.0, -3.8 + 3.2 * random.uniform());  // both of them
        const std::string text = fmt::format("{:.3e}", lambda);
        points.push_back(outcome(ratio, text, text, "inside", random.next()));
    }
    // Exactly on the lines, and a hundredth to either side of them.
    for (const long long ratio : {1, 3, 10, 30, 100, 300}) {
        for (const long long count : std::set<long long>{minority_count, ratio * minority_count}) {
            const Rational product = critical_product(ratio, count);
            for (const auto& [place, factor] : {std::pair{"below", Rational(99, 100)},
                                                {"at", Rational(1)},
                                                {"above", Rational(101, 100)}}) {
                points.push_back(
                    outcome(ratio, to_string(Rational(product * factor)), "1", place, random.next()));
            }
        }
    }
    return {{"classes_per_group", group},
            {"minority_count", minority_count},
            {"lines", std::move(lines)},
            {"points", std::move(points)}};
}

}  // namespace ncverify::reports
