#include "properties/input_classes.hpp"

#include <algorithm>
#include <set>

#include "theory/closed_form.hpp"

namespace ncverify::properties {

namespace {

std::size_t distinct_counts(const Configuration& configuration) {
    return std::set<long long>(configuration.counts.begin(), configuration.counts.end()).size();
}

long collapsed_classes(const Configuration& configuration) {
    const Rational threshold = theory::threshold(configuration);
    long collapsed = 0;
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        collapsed += configuration.weighted_count(k) <= threshold ? 1 : 0;
    }
    return collapsed;
}

// Whether omega_k^a n_k is the same for all classes, and not all weights are.
bool weights_follow(const Configuration& configuration, bool of_square) {
    if (!configuration.weighted()) {
        return false;
    }
    const auto product = [&](std::size_t k) {
        const Rational count(configuration.counts[k]);
        return Rational(configuration.weights[k].squared * (of_square ? count : Rational(count * count)));
    };
    for (std::size_t k = 1; k < configuration.counts.size(); ++k) {
        if (product(k) != product(0)) {
            return false;
        }
    }
    return true;
}

bool near_but_not_at(const Configuration& configuration) {
    const Rational threshold = theory::threshold(configuration);
    Integer far = 1;
    mpz_ui_pow_ui(far.backend().data(), 10, 29);
    return std::any_of(configuration.counts.begin(), configuration.counts.end(), [&](long long count) {
        return count != threshold && abs(Rational(count) - threshold) * far < threshold;
    });
}

}  // namespace

InputClass of_configurations(const std::string& name, bool (*contains)(const Configuration&)) {
    return {.name = name, .contains = [contains](const trial::Instance& instance) {
                return contains(configuration_of(instance));
            }};
}

InputClass two_classes() {
    return of_configurations("K = 2", [](const Configuration& c) { return c.classes() == 2; });
}
InputClass single_samples() {
    return of_configurations("some n_k = 1", [](const Configuration& c) {
        return std::find(c.counts.begin(), c.counts.end(), 1) != c.counts.end();
    });
}
InputClass balanced() {
    return of_configurations("balanced", [](const Configuration& c) { return distinct_counts(c) == 1; });
}
InputClass two_groups() {
    return of_configurations("two groups", [](const Configuration& c) { return distinct_counts(c) == 2; });
}
InputClass all_distinct() {
    return of_configurations("all counts distinct",
                             [](const Configuration& c) { return distinct_counts(c) == c.counts.size(); });
}
InputClass none_collapsed() {
    return of_configurations("no class collapsed",
                             [](const Configuration& c) { return collapsed_classes(c) == 0; });
}
InputClass some_collapsed() {
    return of_configurations("some classes collapsed", [](const Configuration& c) {
        const long collapsed = collapsed_classes(c);
        return 0 < collapsed && collapsed < c.classes();
    });
}
InputClass all_collapsed() {
    return of_configurations("all classes collapsed",
                             [](const Configuration& c) { return collapsed_classes(c) == c.classes(); });
}
InputClass at_threshold() {
    return of_configurations("a class exactly at its threshold", [](const Configuration& c) {
        const Rational threshold = theory::threshold(c);
        for (std::size_t k = 0; k < c.counts.size(); ++k) {
            if (c.weighted_count(k) == threshold) {
                return true;
            }
        }
        return false;
    });
}
InputClass near_threshold() {
    return of_configurations("a class within 10^-29 of its threshold", near_but_not_at);
}
InputClass spare_coordinates() {
    return of_configurations("d > K", [](const Configuration& c) { return c.dimension > c.classes(); });
}
InputClass few_coordinates() {
    return of_configurations("d < K", [](const Configuration& c) { return c.dimension < c.classes(); });
}

InputClass weights_inverse() {
    return of_configurations("weights proportional to 1/n",
                             [](const Configuration& c) { return weights_follow(c, false); });
}
InputClass weights_inverse_root() {
    return of_configurations("weights proportional to 1/sqrt(n)",
                             [](const Configuration& c) { return weights_follow(c, true); });
}
InputClass weights_far_apart() {
    return of_configurations("weights over three orders of magnitude", [](const Configuration& c) {
        const auto [low, high] = std::minmax_element(
            c.weights.begin(), c.weights.end(),
            [](const ClassWeight& a, const ClassWeight& b) { return a.squared < b.squared; });
        return c.weighted() && high->squared > 1'000'000 * low->squared;
    });
}
InputClass two_weighted_living() {
    return of_configurations("weights, and two living classes", [](const Configuration& c) {
        return c.weighted() && collapsed_classes(c) + 2 <= c.classes();
    });
}
InputClass weighted_at_threshold() {
    return of_configurations("weights, and a class exactly at its threshold", [](const Configuration& c) {
        return c.weighted() && at_threshold().contains(c);
    });
}

std::vector<Demand> weighted_domain() {
    return {{weights_inverse(), 0.01},     {weights_inverse_root(), 0.01},  {weights_far_apart(), 0.01},
            {two_weighted_living(), 0.05}, {weighted_at_threshold(), 0.005}, {two_classes(), 0.02}};
}

std::vector<Demand> whole_domain() {
    return {{two_classes(), 0.02},    {single_samples(), 0.04},   {balanced(), 0.04},
            {two_groups(), 0.05},     {all_distinct(), 0.10},     {none_collapsed(), 0.10},
            {some_collapsed(), 0.10}, {all_collapsed(), 0.05},    {at_threshold(), 0.02},
            {near_threshold(), 0.03}, {spare_coordinates(), 0.20}};
}

}  // namespace ncverify::properties
