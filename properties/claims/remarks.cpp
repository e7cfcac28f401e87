// Section 7.1 at every global minimiser: the remark on multipliers, the choice (37) of c_3, the conditions
// (44)-(50) of Lemma 2.
#include "properties/claims/proof_terms.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "properties/compare.hpp"
#include "theory/closed_form.hpp"

namespace ncverify::properties {

namespace {

std::string of_class(const char* what, std::size_t k) {
    return std::string(what) + " of class " + std::to_string(k + 1);
}
std::string of_classes(const char* what, std::size_t j, std::size_t k) {
    return "h_" + std::to_string(j + 1) + " . " + what + std::to_string(k + 1);
}

enum class Loss { full, lower };  // L0, L1

// h_j . dL/dh_k = sum_m (w_m.h_j) G_mk + lH n_k h_j.h_k at every global minimiser (class-means form), from
// the enclosed logits: the entries of G_k off k are (n_k/N) p_m, one ball for all, and G_kk is minus their
// sum, so that only differences of logits matter. For L0, p is a softmax; for L1, of equal logits with the
// same margin.
Enclosure directional_slope(const Case& subject, const ProofTerms& terms, Loss loss, std::size_t j,
                            std::size_t k) {
    const auto& own = subject.bounds().classes[k];
    const auto& along = subject.bounds().classes[j];
    const Enclosure one(1), spread = own.logit_other - own.logit_other;
    const Enclosure rest = loss == Loss::full
                               ? exp(own.logit_own - own.logit_other) + (terms.others - one) * exp(spread)
                               : exp(own.margin) + terms.others - one;
    const Enclosure p = terms.counts[k] / terms.samples / (one + rest);
    if (j == k) {
        return terms.others * p * (along.logit_other - along.logit_own) +
               terms.lambda_h * terms.counts[k] * own.feature_norm_squared;
    }
    const Enclosure inner = subject.bounds().feature_inner(static_cast<long>(j), static_cast<long>(k));
    return p * (along.logit_own - along.logit_other) +
           (terms.others - one) * p * (along.logit_other - along.logit_other) +
           terms.lambda_h * terms.counts[k] * inner;
}

template <Loss loss>
Observation slopes_vanish(const Case& subject) {
    Comparison comparison(subject);
    const ProofTerms terms = proof_terms(subject.key.configuration);
    const char* name = loss == Loss::full ? "mu_" : "dL1/dh_";
    for (std::size_t j = 0; j < terms.counts.size(); ++j) {
        for (std::size_t k = 0; k < terms.counts.size(); ++k) {
            comparison.zero(of_classes(name, j, k), directional_slope(subject, terms, loss, j, k),
                            terms.counts[k] / terms.samples * margin_scale(subject, j));
        }
    }
    return comparison.observation();
}

// Zero along a class's own feature, positive along that of every other class that has not collapsed.
template <Loss loss>
Observation slopes_by_owner(const Case& subject) {
    Comparison comparison(subject);
    const Configuration& configuration = subject.key.configuration;
    const ProofTerms terms = proof_terms(configuration);
    const char* name = loss == Loss::full ? "mu_" : "dL1/dh_";
    for (std::size_t j = 0; j < terms.counts.size(); ++j) {
        const bool collapsed = theory::collapsed(configuration, static_cast<long>(j));
        for (std::size_t k = 0; k < terms.counts.size(); ++k) {
            const Enclosure share = terms.counts[k] / terms.samples, scale = share * margin_scale(subject, j);
            const Enclosure slope = directional_slope(subject, terms, loss, j, k);
            const Enclosure claimed = j == k
                                          ? Enclosure(0)
                                          : share * subject.closed_form().classes[j].margin /
                                                (exp(subject.closed_form().classes[k].margin) + terms.others);
            comparison.equal(of_classes(name, j, k), slope, claimed, scale);
            if (j != k && !collapsed) {
                comparison.below(of_classes(name, j, k) + " > 0", Enclosure(0), slope, scale);
            }
        }
    }
    return comparison.observation();
}

// (37), from the closed form: row by row (31), and in sum.
Observation choice_of_c3(const Case& subject) {
    Comparison comparison(subject, "by the closed form");
    const ProofTerms terms = proof_terms(subject.key.configuration);
    const auto& classes = subject.closed_form().classes;
    const Enclosure squared = terms.lambda_w / terms.lambda_h * terms.classes * terms.others;
    Enclosure features(0), classifiers(0), hats(0);
    for (std::size_t k = 0; k < classes.size(); ++k) {
        features += terms.counts[k] * classes[k].feature_norm_squared;
        classifiers += classes[k].classifier_norm_squared;
    }
    if (is_exact_zero(features)) {
        return {};  // 0/0: nothing is claimed
    }
    for (std::size_t k = 0; k < classes.size();
         ++k) {  // by (8), ||hat h_m||^2 = sum_k n_k x_k + K(K-2) n_m x_m
        const Enclosure hat = features + terms.classes * (terms.classes - Enclosure(2)) * terms.counts[k] *
                                             classes[k].feature_norm_squared;
        comparison.equal(of_class("||hat h||^2, against c_3^2 ||w||^2", k), hat,
                         squared * classes[k].classifier_norm_squared,
                         terms.classes * terms.classes * features);
        hats += hat;
    }
    comparison.equal("c_3^2", hats / classifiers, squared, squared);
    comparison.equal("(35)", classifiers, terms.lambda_h / terms.lambda_w * features, classifiers);
    comparison.equal("(34)", hats, terms.classes * terms.others * features, hats);
    return comparison.observation();
}

// growth sqrt(n_k) ||h_k||^2, the exponent of (46).
Enclosure stated_exponent(const Case& subject, const ProofTerms& terms, std::size_t k) {
    return terms.growth * terms.roots[k] * subject.bounds().classes[k].feature_norm_squared;
}
// The c_1 of (47) for class k.
Enclosure stated_c1(const Case& subject, const ProofTerms& terms, std::size_t k) {
    return terms.roots[k] / (Enclosure(1) + exp(stated_exponent(subject, terms, k)) / terms.others);
}

// t_k of (28) against (46), in logarithms.
void check_odds(const Case& subject, const ProofTerms& terms, Comparison& comparison) {
    for (std::size_t k = 0; k < terms.counts.size(); ++k) {
        comparison.equal(of_class("log((K-1) t_k)", k), subject.bounds().classes[k].margin,
                         stated_exponent(subject, terms, k), margin_scale(subject, k));
    }
}

// (44), (45), (46).
void check_shape(const Case& subject, const ProofTerms& terms, Comparison& comparison) {
    const Configuration& configuration = subject.key.configuration;
    std::vector<Enclosure> column;
    for (std::size_t k = 0; k < terms.counts.size(); ++k) {
        column.push_back(classifier_factor(configuration) * terms.roots[k]);
        for (std::size_t j = 0; j < k; ++j) {
            const Enclosure scale = sqrt(feature_scale(configuration, k) * margin_scale(subject, k) *
                                         feature_scale(configuration, j) * margin_scale(subject, j));
            comparison.zero("(44), " + of_classes("h_", j, k),
                            subject.bounds().feature_inner(static_cast<long>(k), static_cast<long>(j)),
                            scale);
        }
    }
    for (std::size_t k = 0; k < terms.counts.size(); ++k) {
        comparison.zero(
            of_class("(45), distance of the classifier", k),
            sqrt_of_nonnegative(subject.bounds().relation_defect_squared(static_cast<long>(k), column)),
            sqrt(classifier_scale(subject)));
    }
    check_odds(subject, terms, comparison);
}

Observation conditions(const Case& subject) {
    Comparison comparison(subject);
    const ProofTerms terms = proof_terms(subject.key.configuration);
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
    const Configuration& configuration = subject.key.configuration;
    const ProofTerms terms = proof_terms(configuration);
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

Observation sum_48(const Case& subject) {
    Comparison comparison(subject);
    comparison.zero("norm of the sum of classifiers", subject.bounds().classifier_sum(),
                    sqrt(classifier_scale(subject)));
    return comparison.observation();
}

Observation other_logits_49(const Case& subject) {
    Comparison comparison(subject);
    const ProofTerms terms = proof_terms(subject.key.configuration);
    for (std::size_t k = 0; k < terms.counts.size(); ++k) {
        const auto& bound = subject.bounds().classes[k];
        comparison.equal(
            of_class("other logits", k), bound.logit_other,
            -classifier_factor(subject.key.configuration) * terms.roots[k] * bound.feature_norm_squared,
            margin_scale(subject, k));
        comparison.zero(of_class("difference of other logits", k), bound.logit_other - bound.logit_other,
                        margin_scale(subject, k));
    }
    return comparison.observation();
}

Observation own_logits_50(const Case& subject) {
    Comparison comparison(subject);
    const ProofTerms terms = proof_terms(subject.key.configuration);
    for (std::size_t k = 0; k < terms.counts.size(); ++k) {
        const auto& bound = subject.bounds().classes[k];
        comparison.zero(of_class("sum of logits", k), bound.logit_sum, margin_scale(subject, k));
        comparison.equal(of_class("K times the own logit", k), terms.classes * bound.logit_own,
                         terms.others * stated_exponent(subject, terms, k),
                         terms.classes * margin_scale(subject, k));
    }
    check_odds(subject, terms, comparison);
    return comparison.observation();
}

}  // namespace

std::vector<Claim> remark_claims() {
    const Kind claim = Kind::claim, extension = Kind::extension;
    const char* everywhere =
        "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K; every global minimiser";
    const std::string multipliers =
        "class-means form; by stationarity the multipliers of H >= 0 are mu_k = dL0/dh_k; each is asked for "
        "along h_j, for every j, at every global minimiser";
    return {
        {"remark.duals", "Remark in 7.1", R"(\text{the multipliers of } h_{k,i} \ge 0 \text{ are } 0)",
         everywhere, claim, slopes_vanish<Loss::full>, false, multipliers},
        {"remark.duals.corrected", "Remark in 7.1, corrected",
         R"(h_k^\top\mu_k = 0,\ h_j^\top\mu_k = \frac{n_k}{N}\frac{M_j}{e^{M_k}+K-1}\ (j \ne k): \text{positive unless class } j \text{ collapses})",
         everywhere, extension, slopes_by_owner<Loss::full>, false,
         "h_j, moved into class k's feature, lowers w_k.h_k and raises w_j.h_k: the loss rises to first "
         "order, and h_k stays orthogonal to h_j only because features cannot be negative. Lemma 1 and (36) "
         "hold nevertheless"},
        {"remark.gradient", "Remark in 7.1", R"(\nabla_H\mathcal{L}_1 = 0 \text{ at the optimum})",
         everywhere, claim, slopes_vanish<Loss::lower>, false, "asked for along h_j, for every j"},
        {"remark.gradient.corrected", "Remark in 7.1, corrected",
         R"(h_k^\top\nabla_{h_k}\mathcal{L}_1 = 0,\ h_j^\top\nabla_{h_k}\mathcal{L}_1 = \frac{n_k}{N}\frac{M_j}{e^{M_k}+K-1}\ (j \ne k))",
         everywhere, extension, slopes_by_owner<Loss::lower>, false,
         "L1 has the multipliers of L0: stationary along h_k itself, not along the features of other "
         "classes"},
        {"proof.eq37", "(37)",
         R"(c_3w_m = -\hat h_m \implies c_3^2 = \frac{\sum_k\|\hat h_k\|^2}{\sum_k\|w_k\|^2} = \frac{\lambda_W}{\lambda_H}K(K-1))",
         "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, except complete collapse, where it is 0/0",
         claim, choice_of_c3, true, "", false, without(whole_domain(), {all_collapsed()})},
        {"lemma2.minimum", "Step 4, end of Theorem 1", R"(\text{(44)-(47) hold at every global minimiser})",
         everywhere, claim, conditions, false,
         "for collapsed classes too, as Theorem 1 ends; t_k in (46) is that of (28)"},
        {"lemma2.minimum.corrected", "Step 4, corrected",
         R"(\text{(44)-(46) hold, and } \frac{\sqrt{n_k}}{1+\frac{1}{K-1}\exp(\dots\sqrt{n_k}\|h_k\|^2)} = c \text{ where } n_k \ge T,\ < c \text{ where } n_k < T)",
         everywhere, extension, conditions_corrected, false,
         "(47) asks for one c_1 for all classes; at h_k = 0 its left side is sqrt(n_k) (K-1)/K, which is c "
         "at the threshold and less below"},
        {"proof.eq48", "(48)", R"(\sum_k w_k = 0)", everywhere, claim, sum_48},
        {"proof.eq49", "(49)",
         R"(z_k^{(m)} = -\sqrt{\tfrac{1}{K(K-1)}}\sqrt{\tfrac{\lambda_H}{\lambda_W}}\sqrt{n_k}\|h_k\|^2 = z_k^{(l)} \quad \forall m,l \ne k)",
         everywhere, claim, other_logits_49},
        {"proof.eq50", "(50)",
         R"(\sum_m z_k^{(m)} = 0,\ Kz_k^{(k)} = \sqrt{K(K-1)}\sqrt{\tfrac{\lambda_H}{\lambda_W}}\sqrt{n_k}\|h_k\|^2,\ t_k = \tfrac{1}{K-1}\exp\big(\sqrt{\tfrac{K}{K-1}}\sqrt{\tfrac{\lambda_H}{\lambda_W}}\sqrt{n_k}\|h_k\|^2\big))",
         everywhere, claim, own_logits_50, false, "t_k is that of (28), compared in logarithms"},
    };
}

}  // namespace ncverify::properties
