// Theorem 1 and the constants (6) that it rests on.
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "properties/compare.hpp"

namespace ncverify::properties {

namespace {

constexpr const char* every_configuration =
    "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K; collapsed classes, thresholds and ties "
    "included";

std::string of_class(const char* what, std::size_t k) {
    return std::string(what) + " of class " + std::to_string(k + 1);
}

std::size_t class_count(const Case& subject) {
    return subject.configuration().counts.size();
}

// (6): the sign of Mbar_k = log x, x = (K-1)(sqrt(n_k)/c - 1), against the rational condition.
Observation margin_sign(const Case& subject) {
    Comparison comparison(subject);
    const Configuration& configuration = subject.configuration();
    const Rational c_squared = configuration.c_squared(), K(configuration.classes());
    const Integer total = configuration.samples();
    for (std::size_t k = 0; k < class_count(subject); ++k) {
        const long long count = configuration.counts[k];
        const bool condition =
            Rational(total * total) * configuration.lambda_w * configuration.lambda_h / count < (K - 1) / K;
        const Enclosure root = sqrt(from_rational<Enclosure>(Rational(count / c_squared)));
        const Enclosure excess =
            Enclosure(configuration.classes() - 1) * (root - Enclosure(1)) - Enclosure(1);
        // x = 1 exactly when sqrt(n_k)/c = K/(K-1): then Mbar_k is zero, not positive.
        const bool exactly_zero = Rational(count) / c_squared == (K / (K - 1)) * (K / (K - 1));
        if (!exactly_zero && contains_zero(excess)) {
            comparison.undecided(of_class("sign of Mbar", k));
            continue;
        }
        const bool positive = !exactly_zero && certainly_positive(excess);
        comparison.exact(
            of_class("sign of Mbar", k), positive == condition,
            positive ? "positive although the condition fails" : "not positive although the condition holds");
        comparison.exact(of_class("collapse", k), subject.closed_form().classes[k].collapsed != condition,
                         "the theorem takes the wrong branch of max(0, Mbar)");
    }
    return comparison.observation();
}

Observation minimum(const Case& subject) {
    Comparison comparison(subject);
    const Enclosure global = Enclosure::hull(subject.bounds().lower, subject.bounds().upper);
    comparison.equal("global minimum", global, subject.closed_form().minimum_loss,
                     subject.closed_form().minimum_loss);
    return comparison.observation();
}

void check_orthogonality(const Case& subject, Comparison& comparison) {
    for (std::size_t k = 0; k < class_count(subject); ++k) {
        for (std::size_t j = 0; j < k; ++j) {
            const Configuration& configuration = subject.configuration();
            const Enclosure scale = sqrt(feature_scale(configuration, k) * margin_scale(subject, k) *
                                         feature_scale(configuration, j) * margin_scale(subject, j));
            comparison.zero("h_" + std::to_string(k + 1) + " . h_" + std::to_string(j + 1),
                            subject.bounds().feature_inner(static_cast<long>(k), static_cast<long>(j)),
                            scale);
        }
    }
}

void check_feature_norms(const Case& subject, Comparison& comparison) {
    for (std::size_t k = 0; k < class_count(subject); ++k) {
        comparison.equal(of_class("squared feature norm", k),
                         subject.bounds().classes[k].feature_norm_squared,
                         subject.closed_form().classes[k].feature_norm_squared,
                         feature_scale(subject.configuration(), k) * margin_scale(subject, k));
    }
}

void check_relation(const Case& subject, Comparison& comparison) {
    const std::vector<Enclosure>& column = subject.closed_form().relation;
    for (std::size_t k = 0; k < class_count(subject); ++k) {
        comparison.zero(
            of_class("distance of the classifier from (10)", k),
            sqrt_of_nonnegative(subject.bounds().relation_defect_squared(static_cast<long>(k), column)),
            sqrt(classifier_scale(subject)));
    }
}

void check_logits(const Case& subject, Comparison& comparison) {
    for (std::size_t k = 0; k < class_count(subject); ++k) {
        const auto& certified = subject.bounds().classes[k];
        const auto& claimed = subject.closed_form().classes[k];
        comparison.equal(of_class("own logit", k), certified.logit_own, claimed.logit_own,
                         margin_scale(subject, k));
        comparison.equal(of_class("other logits", k), certified.logit_other, claimed.logit_other,
                         margin_scale(subject, k));
    }
}

template <void (*Check)(const Case&, Comparison&)>
Observation alone(const Case& subject) {
    Comparison comparison(subject);
    Check(subject, comparison);
    return comparison.observation();
}

Observation classifier_sum(const Case& subject) {
    Comparison comparison(subject);
    comparison.zero("norm of the sum of classifiers", subject.bounds().classifier_sum(),
                    sqrt(classifier_scale(subject)));
    return comparison.observation();
}

Observation logit_sum(const Case& subject) {
    Comparison comparison(subject);
    for (std::size_t k = 0; k < class_count(subject); ++k) {
        comparison.zero(of_class("sum of logits", k), subject.bounds().classes[k].logit_sum,
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
            comparison.zero(of_class("squared feature norm", k),
                            subject.bounds().classes[k].feature_norm_squared,
                            feature_scale(subject.configuration(), k));
        }
    }
    if (!any) {
        return {};
    }
    check_orthogonality(subject, comparison);
    check_feature_norms(subject, comparison);
    check_relation(subject, comparison);
    check_logits(subject, comparison);
    return comparison.observation();
}

Observation margins(const Case& subject) {
    Comparison comparison(subject);
    for (std::size_t k = 0; k < class_count(subject); ++k) {
        comparison.equal(of_class("margin", k), subject.bounds().classes[k].worst_margin,
                         subject.closed_form().classes[k].margin, margin_scale(subject, k));
    }
    return comparison.observation();
}

}  // namespace

std::vector<Claim> theorem1_claims() {
    return {
        {
            .id = "eq6.sign",
            .source = "after (6)",
            .statement =
                R"(\overline{M}_k > 0 \iff \frac{N}{\sqrt{n_k}}\sqrt{\lambda_W\lambda_H} < \sqrt{\frac{K-1}{K}})",
            .domain = "every K >= 2, counts >= 1, lambda_W, lambda_H > 0",
            .check = margin_sign,
            .any_dimension = true,
        },
        {
            .id = "thm1.minimum",
            .source = "Theorem 1",
            .statement =
                R"(\min_{W, H \ge 0} \mathcal{L}_0(W,H) = \mathcal{L}_0(W^*,H^*) \text{ at the closed-form } (W^*,H^*))",
            .domain = every_configuration,
            .check = minimum,
        },
        theorem1_samples_claim(),
        {
            .id = "thm1.b",
            .source = "Theorem 1 (8)",
            .statement = R"(h_k^\top h_l = 0, \quad k \ne l)",
            .domain = every_configuration,
            .check = alone<check_orthogonality>,
        },
        {
            .id = "thm1.c",
            .source = "Theorem 1 (9)",
            .statement = R"(\|h_k\|^2 = \sqrt{\frac{K-1}{K}\frac{\lambda_W}{\lambda_H}\frac{1}{n_k}}\, M_k)",
            .domain = every_configuration,
            .check = alone<check_feature_norms>,
        },
        {
            .id = "thm1.d",
            .source = "Theorem 1 (10)",
            .statement =
                R"(w_k = \sqrt{\frac{1}{K(K-1)}}\sqrt{\frac{\lambda_H}{\lambda_W}}\left(K\sqrt{n_k}h_k - \sum_m \sqrt{n_m}h_m\right))",
            .domain = every_configuration,
            .check = alone<check_relation>,
        },
        {
            .id = "thm1.d.sum",
            .source = "after (10)",
            .statement = R"(\sum_k w_k = 0)",
            .domain = every_configuration,
            .check = classifier_sum,
        },
        {
            .id = "thm1.e",
            .source = "Theorem 1 (11),(12)",
            .statement = R"((W h_k)_k = \frac{K-1}{K} M_k, \quad (W h_k)_m = -\frac{1}{K} M_k,\ m \ne k)",
            .domain = every_configuration,
            .check = alone<check_logits>,
        },
        {
            .id = "thm1.e.sum",
            .source = "after (12)",
            .statement = R"(\sum_m (W h_k)_m = 0)",
            .domain = every_configuration,
            .check = logit_sum,
        },
        {
            .id = "thm1.collapse",
            .source = "end of Theorem 1",
            .statement =
                R"(\frac{N}{\sqrt{n_k}}\sqrt{\lambda_W\lambda_H} \ge \sqrt{\frac{K-1}{K}} \implies h_k = 0 \text{ and (a)-(e) still hold})",
            .domain = "configurations with at least one class at or below its threshold",
            .check = collapse,
            .demands = without(whole_domain(), {none_collapsed()}),
        },
        {
            .id = "eq13.margin",
            .source = "(13)",
            .statement = R"(w_k^\top h_{k,i} - \max_{j \ne k} w_j^\top h_{k,i} = M_k)",
            .domain = every_configuration,
            .check = margins,
        },
    };
}

}  // namespace ncverify::properties
