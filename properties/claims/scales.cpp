#include "properties/claims/scales.hpp"

#include <algorithm>

#include "properties/compare.hpp"

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

Enclosure classifier_scale(const Case& subject) {
    const auto& counts = subject.configuration().counts;
    const auto largest =
        static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
    const Enclosure factor = classifier_factor(subject.configuration()), K(subject.configuration().classes());
    // p (K-1)^2 sqrt(n) M with p = factor / K
    return factor / K * (K - Enclosure(1)) * (K - Enclosure(1)) *
           root_count(subject.configuration(), largest) * margin_scale(subject, largest);
}

}  // namespace ncverify::properties
