#include "properties/coverage.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "theory/closed_form.hpp"

namespace ncverify::properties {

namespace {

std::size_t distinct_counts(const Configuration& configuration) {
    return std::set<long long>(configuration.counts.begin(), configuration.counts.end()).size();
}

long collapsed_classes(const Configuration& configuration) {
    const Rational threshold = theory::threshold(configuration);
    return static_cast<long>(std::count_if(configuration.counts.begin(), configuration.counts.end(),
                                           [&](long long count) { return count <= threshold; }));
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

InputClass two_classes() {
    return {"K = 2", [](const Configuration& c) { return c.classes() == 2; }};
}
InputClass single_samples() {
    return {"some n_k = 1", [](const Configuration& c) {
                return std::find(c.counts.begin(), c.counts.end(), 1) != c.counts.end();
            }};
}
InputClass balanced() {
    return {"balanced", [](const Configuration& c) { return distinct_counts(c) == 1; }};
}
InputClass two_groups() {
    return {"two groups", [](const Configuration& c) { return distinct_counts(c) == 2; }};
}
InputClass all_distinct() {
    return {"all counts distinct",
            [](const Configuration& c) { return distinct_counts(c) == c.counts.size(); }};
}
InputClass none_collapsed() {
    return {"no class collapsed", [](const Configuration& c) { return collapsed_classes(c) == 0; }};
}
InputClass some_collapsed() {
    return {"some classes collapsed", [](const Configuration& c) {
                const long collapsed = collapsed_classes(c);
                return 0 < collapsed && collapsed < c.classes();
            }};
}
InputClass all_collapsed() {
    return {"all classes collapsed",
            [](const Configuration& c) { return collapsed_classes(c) == c.classes(); }};
}
InputClass at_threshold() {
    return {"a class exactly at its threshold", [](const Configuration& c) {
                const Rational threshold = theory::threshold(c);
                return std::any_of(c.counts.begin(), c.counts.end(),
                                   [&](long long count) { return count == threshold; });
            }};
}
InputClass near_threshold() {
    return {"a class within 10^-29 of its threshold", near_but_not_at};
}
InputClass spare_coordinates() {
    return {"d > K", [](const Configuration& c) { return c.dimension > c.classes(); }};
}
InputClass few_coordinates() {
    return {"d < K", [](const Configuration& c) { return c.dimension < c.classes(); }};
}

std::vector<Demand> whole_domain() {
    return {{two_classes(), 0.02},    {single_samples(), 0.04},   {balanced(), 0.04},
            {two_groups(), 0.05},     {all_distinct(), 0.10},     {none_collapsed(), 0.10},
            {some_collapsed(), 0.10}, {all_collapsed(), 0.05},    {at_threshold(), 0.02},
            {near_threshold(), 0.03}, {spare_coordinates(), 0.20}};
}

std::vector<Demand> without(std::vector<Demand> demands, const std::vector<InputClass>& left_out) {
    std::erase_if(demands, [&](const Demand& demand) {
        return std::any_of(left_out.begin(), left_out.end(),
                           [&](const InputClass& input) { return input.name == demand.input.name; });
    });
    return demands;
}

Coverage coverage(long hits, long cases, double share) {
    if (cases == 0) {
        return Coverage::undecided;
    }
    constexpr double z = 6.0;  // two tails of 10^-9 each
    constexpr double tolerance = 0.9;
    const auto n = static_cast<double>(cases);
    const double p = static_cast<double>(hits) / n, z2 = z * z;
    const double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
    const double half = z / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    if (middle - half >= tolerance * share) {
        return Coverage::met;
    }
    return middle + half < share ? Coverage::missed : Coverage::undecided;
}

std::string to_string(Coverage coverage) {
    return coverage == Coverage::met ? "met" : coverage == Coverage::missed ? "missed" : "undecided";
}

}  // namespace ncverify::properties
