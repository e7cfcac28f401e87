// Tolerances, scales and shapes that the claims share; README.md derives them.
#include <algorithm>
#include <cmath>

#include "screen/claims.hpp"

namespace ncverify::screen {

namespace {
// What double precision itself adds.
constexpr double rounding = 1e-11;
}  // namespace

void Reading::equal(double measured, double claimed, double scale, double tolerance) {
    applies_ = true;
    const double error = std::abs(measured - claimed) / scale;
    const double excess = error / (safety * tolerance / scale + rounding);
    // Not a number is as wrong as can be.
    error_ = error <= 1e300 ? std::max(error_, error) : 1e300;
    excess_ = excess <= 1e300 ? std::max(excess_, excess) : 1e300;
}

double feature_tolerance(const Subject& subject, std::size_t k, std::size_t j) {
    const Measured& m = subject.found;
    const double balanced =
        m.length[k] * m.accuracy[j] + m.length[j] * m.accuracy[k] + m.accuracy[k] * m.accuracy[j];
    return balanced * m.feature_scale * m.feature_scale / (subject.form.root[k] * subject.form.root[j]);
}

double logit_tolerance(const Subject& subject, std::size_t k) {
    const Measured& m = subject.found;
    return m.accuracy[k] * (2 * m.length[k] + m.largest_row + m.accuracy[k]) / subject.form.root[k];
}

double classifier_tolerance(const Subject& subject, std::size_t k, std::size_t j) {
    const Measured& m = subject.found;
    const double rows =
        (std::sqrt(m.classifier_inner(k, k)) + std::sqrt(m.classifier_inner(j, j))) / m.classifier_scale;
    return (rows + m.total_accuracy) * m.total_accuracy * m.classifier_scale * m.classifier_scale;
}

double cosine_tolerance(const Subject& subject, std::size_t k, std::size_t j) {
    const Measured& m = subject.found;
    const double far = m.total_accuracy * m.classifier_scale;
    return 2 * far / std::sqrt(m.classifier_inner(k, k)) + 2 * far / std::sqrt(m.classifier_inner(j, j));
}

double feature_unit(const Subject& subject, std::size_t k, std::size_t j) {
    const Measured& m = subject.found;
    return m.unit[k] * m.unit[j] * m.feature_scale * m.feature_scale /
           (subject.form.root[k] * subject.form.root[j]);
}

double classifier_unit(const Subject& subject) {
    const Measured& m = subject.found;
    const double largest = *std::max_element(m.unit.begin(), m.unit.end());
    return largest * largest * m.classifier_scale * m.classifier_scale;
}

bool balanced(const Subject& subject) {
    const auto& count = subject.form.count;
    return std::adjacent_find(count.begin(), count.end(), std::not_equal_to<>()) == count.end();
}

bool all_collapsed(const Subject& subject) {
    return subject.form.weight_sum == 0;
}

TwoGroups two_groups(const Subject& subject) {
    const auto& count = subject.form.count;
    const auto [least, most] = std::minmax_element(count.begin(), count.end());
    TwoGroups groups;
    for (std::size_t k = 0; *least < *most && k < count.size(); ++k) {
        if (count[k] != *least && count[k] != *most) {
            return {};
        }
        (count[k] == *most ? groups.major : groups.minor).push_back(k);
    }
    return groups;
}

}  // namespace ncverify::screen
