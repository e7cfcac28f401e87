// Tolerances, scales and shapes that the claims share; README.md derives them.
#include <algorithm>
#include <cmath>

#include "screen/claims.hpp"

namespace ncverify::screen {

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
    const double rows = (m.row_length[k] + m.row_length[j]) / m.classifier_scale;
    return (rows + m.total_accuracy) * m.total_accuracy * m.classifier_scale * m.classifier_scale;
}

double cosine_tolerance(const Subject& subject, std::size_t k, std::size_t j) {
    const Measured& m = subject.found;
    const double far = m.total_accuracy * m.classifier_scale;
    return 2 * far / m.row_length[k] + 2 * far / m.row_length[j];
}

double feature_unit(const Subject& subject, std::size_t k, std::size_t j) {
    const Measured& m = subject.found;
    return m.unit[k] * m.unit[j] * m.feature_scale * m.feature_scale /
           (subject.form.root[k] * subject.form.root[j]);
}

double classifier_unit(const Subject& subject) {
    const Measured& m = subject.found;
    return m.largest_unit * m.largest_unit * m.classifier_scale * m.classifier_scale;
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
