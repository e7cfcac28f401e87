// Theorem 1, but for the constants (6) (eq6.cpp) and the part (a) on samples (theorem1_samples.cpp).
#include "properties/claims/domains.hpp"
#include "properties/claims/minimiser_checks.hpp"
#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

std::size_t class_count(const Case& subject) {
    return subject.configuration().counts.size();
}

Observation minimum(const Case& subject) {
    Comparison comparison(subject);
    comparison.equal("global minimum", subject.bounds().minimum(), subject.closed_form().minimum_loss,
                     subject.closed_form().minimum_loss);
    return comparison.observation();
}

template <void (*Check)(const Case&, Comparison&)>
Observation alone(const Case& subject) {
    Comparison comparison(subject);
    Check(subject, comparison);
    return comparison.observation();
}

Observation logit_sum(const Case& subject) {
    Comparison comparison(subject);
    for (std::size_t k = 0; k < class_count(subject); ++k) {
        comparison.zero(of_class("sum of logits", k), subject.bounds().logit_sum(k),
                        margin_scale(subject, k));
    }
    return comparison.observation();
}

Observation collapse(const Case& subject) {
    Comparison comparison(subject);
    bool any = false;
    for (std::size_t k = 0; k < class_count(subject); ++k) {
        if (subject.closed_form().classes[k].collapsed) {
            any = true;
            comparison.zero(of_class("squared feature norm", k), subject.bounds().feature_norm_squared(k),
                            feature_scale(subject.configuration(), k));
        }
    }
    if (!any) {
        return {};
    }
    check_orthogonality(subject, comparison);
    check_feature_norms(subject, comparison);
    check_closed_form_relation(subject, comparison);
    check_logits(subject, comparison);
    for (std::size_t k = 0; k < class_count(subject); ++k) {
        comparison.zero(of_class("spread of the features in every form", k),
                        subject.bounds().within_class_spread(k), sqrt(squared_length_scale(subject, k)));
    }
    return comparison.observation();
}

Observation margins(const Case& subject) {
    Comparison comparison(subject);
    check_margins(subject, comparison);
    return comparison.observation();
}

}  // namespace

std::vector<Claim> theorem1_claims() {
    return {
        margin_sign_claim(),
        {
            .id = "thm1.minimum",
            .source = "Theorem 1",
            .statement =
                R"(\min_{W, H \ge 0} \mathcal{L}_0(W,H) = \mathcal{L}_0(W^*,H^*) \text{ at the closed-form } (W^*,H^*))",
            .domain = thresholds_and_ties,
            .check = minimum,
        },
        theorem1_samples_claim(),
        {
            .id = "thm1.b",
            .source = "Theorem 1 (8)",
            .statement = R"(h_k^\top h_l = 0, \quad k \ne l)",
            .domain = thresholds_and_ties,
            .check = alone<check_orthogonality>,
        },
        {
            .id = "thm1.c",
            .source = "Theorem 1 (9)",
            .statement = R"(\|h_k\|^2 = \sqrt{\frac{K-1}{K}\frac{\lambda_W}{\lambda_H}\frac{1}{n_k}}\, M_k)",
            .domain = thresholds_and_ties,
            .check = alone<check_feature_norms>,
        },
        {
            .id = "thm1.d",
            .source = "Theorem 1 (10)",
            .statement =
                R"(w_k = \sqrt{\frac{1}{K(K-1)}}\sqrt{\frac{\lambda_H}{\lambda_W}}\left(K\sqrt{n_k}h_k - \sum_m \sqrt{n_m}h_m\right))",
            .domain = thresholds_and_ties,
            .check = alone<check_closed_form_relation>,
        },
        {
            .id = "thm1.d.sum",
            .source = "after (10)",
            .statement = R"(\sum_k w_k = 0)",
            .domain = thresholds_and_ties,
            .check = classifiers_sum_to_zero,
        },
        {
            .id = "thm1.e",
            .source = "Theorem 1 (11),(12)",
            .statement = R"((W h_k)_k = \frac{K-1}{K} M_k, \quad (W h_k)_m = -\frac{1}{K} M_k,\ m \ne k)",
            .domain = thresholds_and_ties,
            .check = alone<check_logits>,
        },
        {
            .id = "thm1.e.sum",
            .source = "after (12)",
            .statement = R"(\sum_m (W h_k)_m = 0)",
            .domain = thresholds_and_ties,
            .check = logit_sum,
        },
        {
            .id = "thm1.collapse",
            .source = "end of Theorem 1",
            .statement =
                R"(\frac{N}{\sqrt{n_k}}\sqrt{\lambda_W\lambda_H} \ge \sqrt{\frac{K-1}{K}} \implies h_k = 0 \text{ and (a)-(e) still hold})",
            .domain = "configurations with at least one class at or below its threshold",
            .check = collapse,
            .reading = "(a) by the bound that holds in the samples form too",
            .demands = without(whole_domain(), {none_collapsed()}),
        },
        {
            .id = "eq13.margin",
            .source = "(13)",
            .statement = R"(w_k^\top h_{k,i} - \max_{j \ne k} w_j^\top h_{k,i} = M_k)",
            .domain = thresholds_and_ties,
            .check = margins,
        },
    };
}

}  // namespace ncverify::properties
