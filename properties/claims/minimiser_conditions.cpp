// The conditions (44)-(50) of Lemma 2 and after it, at every global minimiser.
#include "properties/claims/domains.hpp"
#include "properties/claims/minimiser_checks.hpp"
#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "properties/proof_terms.hpp"
#include "theory/closed_form.hpp"

namespace ncverify::properties {

namespace {

// growth sqrt(n_k) ||h_k||^2, the exponent of (46).
Enclosure stated_exponent(const Case& subject, const ProofTerms& terms, std::size_t k) {
    return terms.growth * terms.roots[k] * subject.bounds().feature_norm_squared(k);
}
// The c_1 of (47) for class k.
Enclosure stated_c1(const Case& subject, const ProofTerms& terms, std::size_t k) {
    return terms.roots[k] / (Enclosure(1) + exp(stated_exponent(subject, terms, k)) / terms.others);
}

// t_k of (28) against (46), in logarithms.
void check_odds(const Case& subject, const ProofTerms& terms, Comparison& comparison) {
    for (std::size_t k = 0; k < terms.counts.size(); ++k) {
        comparison.equal(of_class("log((K-1) t_k)", k), subject.bounds().margin(k),
                         stated_exponent(subject, terms, k), margin_scale(subject, k));
    }
}

// (44), (45), (46).
void check_shape(const Case& subject, const ProofTerms& terms, Comparison& comparison) {
    const std::vector<Enclosure> lengths = length_scales(subject);
    for (std::size_t k = 0; k < terms.counts.size(); ++k) {
        for (std::size_t j = 0; j < k; ++j) {
            comparison.zero("(44), h_" + std::to_string(j + 1) + " . h_" + std::to_string(k + 1),
                            subject.bounds().feature_inner(static_cast<long>(k), static_cast<long>(j)),
                            lengths[k] * lengths[j]);
        }
    }
    check_relation(subject, comparison, "(45), distance of the classifier",
                   relation_column(subject.configuration()));
    check_odds(subject, terms, comparison);
}

Observation conditions(const Case& subject) {
    Comparison comparison(subject);
    const ProofTerms terms = subject.terms();
    check_shape(subject, terms, comparison);
    const Enclosure first = stated_c1(subject, terms, 0);
    for (std::size_t k = 1; k < terms.counts.size(); ++k) {
        comparison.equal(of_class("(47), c_1", k) + ", against that of class 1", stated_c1(subject, terms, k),
                         first, first);
    }
    return comparison.observation();
}

Observation conditions_corrected(const Case& subject) {
    Comparison comparison(subject);
    const Configuration& configuration = subject.configuration();
    const ProofTerms terms = subject.terms(configuration);
    check_shape(subject, terms, comparison);
    for (std::size_t k = 0; k < terms.counts.size(); ++k) {
        const std::string name = of_class("(47), c_1", k);
        const Enclosure own = stated_c1(subject, terms, k);
        if (configuration.counts[k] < theory::threshold(configuration)) {
            comparison.below(name + " < c", own, terms.c, terms.c);
        } else {
            comparison.equal(name, own, terms.c, terms.c);
        }
    }
    return comparison.observation();
}

Observation other_logits_49(const Case& subject) {
    Comparison comparison(subject);
    const ProofTerms terms = subject.terms();
    for (std::size_t k = 0; k < terms.counts.size(); ++k) {
        // One ball encloses all the other logits of a class, so that it says of their differences as well.
        const MinimiserBounds bounds = subject.bounds();
        comparison.equal(
            of_class("other logits", k), bounds.logit_other(k),
            -classifier_factor(subject.configuration()) * terms.roots[k] * bounds.feature_norm_squared(k),
            margin_scale(subject, k));
    }
    return comparison.observation();
}

Observation own_logits_50(const Case& subject) {
    Comparison comparison(subject);
    const ProofTerms terms = subject.terms();
    for (std::size_t k = 0; k < terms.counts.size(); ++k) {
        const MinimiserBounds bounds = subject.bounds();
        comparison.zero(of_class("sum of logits", k), bounds.logit_sum(k), margin_scale(subject, k));
        comparison.equal(of_class("K times the own logit", k), terms.classes * bounds.logit_own(k),
                         terms.others * stated_exponent(subject, terms, k),
                         terms.classes * margin_scale(subject, k));
    }
    check_odds(subject, terms, comparison);
    return comparison.observation();
}

}  // namespace

std::vector<Claim> minimiser_condition_claims() {
    return {
        {
            .id = "lemma2.minimum",
            .source = "Step 4, end of Theorem 1",
            .statement = R"(\text{(44)-(47) hold at every global minimiser})",
            .domain = every_minimiser,
            .check = conditions,
            .reading = "for collapsed classes too, as Theorem 1 ends; t_k in (46) is that of (28)",
        },
        {
            .id = "lemma2.minimum.corrected",
            .source = "Step 4, corrected",
            .statement =
                R"(\text{(44)-(46) hold, and } \frac{\sqrt{n_k}}{1+\frac{1}{K-1}\exp(\dots\sqrt{n_k}\|h_k\|^2)} = c \text{ where } n_k \ge T,\ < c \text{ where } n_k < T)",
            .domain = every_minimiser,
            .kind = Kind::extension,
            .check = conditions_corrected,
            .reading =
                "(47) asks for one c_1 for all classes; at h_k = 0 its left side is sqrt(n_k) (K-1)/K, "
                "which is c at the threshold and less below",
        },
        {
            .id = "proof.eq48",
            .source = "(48)",
            .statement = R"(\sum_k w_k = 0)",
            .domain = every_minimiser,
            .check = classifiers_sum_to_zero,
        },
        {
            .id = "proof.eq49",
            .source = "(49)",
            .statement =
                R"(z_k^{(m)} = -\sqrt{\tfrac{1}{K(K-1)}}\sqrt{\tfrac{\lambda_H}{\lambda_W}}\sqrt{n_k}\|h_k\|^2 = z_k^{(l)} \quad \forall m,l \ne k)",
            .domain = every_minimiser,
            .check = other_logits_49,
        },
        {
            .id = "proof.eq50",
            .source = "(50)",
            .statement =
                R"(\sum_m z_k^{(m)} = 0,\ Kz_k^{(k)} = \sqrt{K(K-1)}\sqrt{\tfrac{\lambda_H}{\lambda_W}}\sqrt{n_k}\|h_k\|^2,\ t_k = \tfrac{1}{K-1}\exp\big(\sqrt{\tfrac{K}{K-1}}\sqrt{\tfrac{\lambda_H}{\lambda_W}}\sqrt{n_k}\|h_k\|^2\big))",
            .domain = every_minimiser,
            .check = own_logits_50,
            .reading = "t_k is that of (28), compared in logarithms",
        },
    };
}

}  // namespace ncverify::properties
