#include "properties/claims/scales.hpp"

#include <algorithm>

#include "trial/comparison.hpp"

namespace ncverify::properties {

Enclosure root_count(const Configuration& configuration, std::size_t k) {
    return sqrt(Enclosure(static_cast<long>(configuration.counts[k])));
}

Enclosure classifier_factor(const Configuration& configuration) {
    const Integer classes(configuration.classes());
    return sqrt(from_rational<Enclosure>(configuration.lambda_h /
                                         (configuration.lambda_w * classes * (classes - 1))));
}

Enclosure feature_scale(const Configuration& configuration, std::size_t k) {
    const Rational share(configuration.classes() - 1, configuration.classes());
    return sqrt(from_rational<Enclosure>(share * configuration.lambda_w /
                                         (configuration.lambda_h * configuration.counts[k])));
}

Enclosure margin_scale(const Case& subject, std::size_t k) {
    return at_least_one(subject.closed_form().classes[k].margin);
}

Enclosure squared_length_scale(const Case& subject, std::size_t k) {
    return feature_scale(subject.configuration(), k) * margin_scale(subject, k);
}

std::vector<Enclosure> length_scales(const Case& subject) {
    std::vector<Enclosure> lengths;
    for (std::size_t k = 0; k < subject.configuration().counts.size(); ++k) {
        lengths.push_back(sqrt(squared_length_scale(subject, k)));
    }
    return lengths;
}

std::vector<Enclosure> relation_column(const Configuration& configuration) {
    std::vector<Enclosure> column;
    for (std::size_t m = 0; m < configuration.counts.size(); ++m) {
        column.push_back(classifier_factor(configuration) * root_count(configuration, m));
    }
    return column;
}

long resolved_digits() {
    return static_cast<long>(static_cast<double>(Enclosure::precision()) * 0.301) - 40;
}

Enclosure classifier_scale(const Case& subject) {
    const auto& counts = subject.configuration().counts;
    auto largest = static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
    if (subject.configuration().weighted()) {  // then a smaller class may have the largest sqrt(n) M
        const auto size = [&](std::size_t k) {
            return arf_get_d(
                arb_midref((root_count(subject.configuration(), k) * margin_scale(subject, k)).data()),
                ARF_RND_NEAR);
        };
        for (std::size_t k = 0; k < counts.size(); ++k) {
            largest = size(k) > size(largest) ? k : largest;
        }
    }
    const Enclosure factor = classifier_factor(subject.configuration()), K(subject.configuration().classes());
    // p (K-1)^2 sqrt(n) M with p = factor / K
    return factor / K * (K - Enclosure(1)) * (K - Enclosure(1)) *
           root_count(subject.configuration(), largest) * margin_scale(subject, largest);
}

}  // namespace ncverify::properties
