#include "properties/claims/minimiser_checks.hpp"

#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"

namespace ncverify::properties {

void check_orthogonality(const Case& subject, Comparison& comparison) {
    const std::vector<Enclosure> lengths = length_scales(subject);
    for (std::size_t k = 0; k < subject.configuration().counts.size(); ++k) {
        for (std::size_t j = 0; j < k; ++j) {
            comparison.zero("h_" + std::to_string(k + 1) + " . h_" + std::to_string(j + 1),
                            subject.bounds().feature_inner(static_cast<long>(k), static_cast<long>(j)),
                            lengths[k] * lengths[j]);
        }
    }
}

void check_relation(const Case& subject, Comparison& comparison, const std::string& what,
                    const std::vector<Enclosure>& column) {
    const Enclosure scale = sqrt(classifier_scale(subject));
    for (std::size_t k = 0; k < subject.configuration().counts.size(); ++k) {
        comparison.zero(
            of_class(what, k),
            sqrt_of_nonnegative(subject.bounds().relation_defect_squared(static_cast<long>(k), column)),
            scale);
    }
}

Observation classifiers_sum_to_zero(const Case& subject) {
    Comparison comparison(subject);
    comparison.zero("norm of the sum of classifiers", subject.bounds().classifier_sum(),
                    sqrt(classifier_scale(subject)));
    return comparison.observation();
}

void check_feature_norms(const Case& subject, Comparison& comparison) {
    for (std::size_t k = 0; k < subject.configuration().counts.size(); ++k) {
        comparison.equal(of_class("squared feature norm", k), subject.bounds().feature_norm_squared(k),
                         subject.closed_form().classes[k].feature_norm_squared,
                         squared_length_scale(subject, k));
    }
}

void check_closed_form_relation(const Case& subject, Comparison& comparison) {
    check_relation(subject, comparison, "distance of the classifier from (10)",
                   subject.closed_form().relation);
}

void check_logits(const Case& subject, Comparison& comparison) {
    for (std::size_t k = 0; k < subject.configuration().counts.size(); ++k) {
        const MinimiserBounds certified = subject.bounds();
        const auto& claimed = subject.closed_form().classes[k];
        comparison.equal(of_class("own logit", k), certified.logit_own(k), claimed.logit_own,
                         margin_scale(subject, k));
        comparison.equal(of_class("other logits", k), certified.logit_other(k), claimed.logit_other,
                         margin_scale(subject, k));
    }
}

void check_margins(const Case& subject, Comparison& comparison) {
    for (std::size_t k = 0; k < subject.configuration().counts.size(); ++k) {
        comparison.equal(of_class("margin", k), subject.bounds().worst_margin(k),
                         subject.closed_form().classes[k].margin, margin_scale(subject, k));
    }
}

void check_classifier_norms(const Case& subject, Comparison& comparison) {
    const Enclosure scale = classifier_scale(subject);
    for (long k = 0; k < subject.configuration().classes(); ++k) {
        comparison.equal("squared norm of " + classifier_name(k), subject.bounds().classifier_inner(k, k),
                         subject.closed_form().classes[static_cast<std::size_t>(k)].classifier_norm_squared,
                         scale);
    }
}

void check_classifier_products(const Case& subject, Comparison& comparison) {
    const Enclosure scale = classifier_scale(subject);
    for (long k = 0; k < subject.configuration().classes(); ++k) {
        for (long j = 0; j < k; ++j) {
            comparison.equal("inner product of " + classifier_names(k, j),
                             subject.bounds().classifier_inner(k, j),
                             subject.closed_form().classifier_inner(k, j), scale);
        }
    }
}

void check_classifier_cosines(const Case& subject, Comparison& comparison) {
    const long classes = subject.configuration().classes();
    std::vector<Enclosure> lengths;
    for (long k = 0; k < classes; ++k) {
        lengths.push_back(sqrt(subject.bounds().classifier_inner(k, k)));
    }
    for (long k = 0; k < classes; ++k) {
        for (long j = 0; j < k; ++j) {
            const auto claimed = subject.closed_form().classifier_cosine(k, j);
            if (claimed) {  // undefined in complete collapse: nothing is claimed there
                const Enclosure both =
                    lengths[static_cast<std::size_t>(k)] * lengths[static_cast<std::size_t>(j)];
                comparison.equal("cosine of " + classifier_names(k, j),
                                 subject.bounds().classifier_inner(k, j) / both, *claimed, Enclosure(1));
            }
        }
    }
}

void check_collapse(const Case& subject, Comparison& comparison, long k, bool collapsed) {
    const auto index = static_cast<std::size_t>(k);
    const Enclosure norm = subject.bounds().feature_norm_squared(index);
    const std::string name = "squared norm of h_" + std::to_string(k + 1);
    const Enclosure scale = feature_scale(subject.configuration(), index);
    if (collapsed) {
        comparison.zero(name + ", claimed to collapse", norm, scale);
    } else {
        comparison.below(name + ", claimed not to collapse, and zero", Enclosure(0), norm, scale);
    }
}

}  // namespace ncverify::properties
