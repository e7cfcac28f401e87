#include "properties/claims/minimiser_checks.hpp"

#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"

namespace ncverify::properties {

void check_orthogonality(const Case& subject, Comparison& comparison) {
    for (std::size_t k = 0; k < subject.configuration().counts.size(); ++k) {
        for (std::size_t j = 0; j < k; ++j) {
            comparison.zero("h_" + std::to_string(k + 1) + " . h_" + std::to_string(j + 1),
                            subject.bounds().feature_inner(static_cast<long>(k), static_cast<long>(j)),
                            feature_product_scale(subject, k, j));
        }
    }
}

void check_relation(const Case& subject, Comparison& comparison, const std::string& what,
                    const std::vector<Enclosure>& column) {
    for (std::size_t k = 0; k < subject.configuration().counts.size(); ++k) {
        comparison.zero(
            of_class(what, k),
            sqrt_of_nonnegative(subject.bounds().relation_defect_squared(static_cast<long>(k), column)),
            sqrt(classifier_scale(subject)));
    }
}

Observation classifiers_sum_to_zero(const Case& subject) {
    Comparison comparison(subject);
    comparison.zero("norm of the sum of classifiers", subject.bounds().classifier_sum(),
                    sqrt(classifier_scale(subject)));
    return comparison.observation();
}

}  // namespace ncverify::properties
