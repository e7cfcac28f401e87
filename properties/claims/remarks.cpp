// Section 7.1 at every global minimiser: the remark on multipliers, and the choice (37) of c_3. The
// conditions (44)-(50) are in minimiser_conditions.cpp.
#include "properties/claims/domains.hpp"
#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "properties/proof_terms.hpp"
#include "theory/closed_form.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

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
    const MinimiserBounds bounds = subject.bounds();
    const Enclosure one(1), own = bounds.logit_own(k), other = bounds.logit_other(k),
                            spread = other - other;  // of any two of the other logits
    const Enclosure rest = loss == Loss::full ? exp(own - other) + (terms.others - one) * exp(spread)
                                              : exp(bounds.margin(k)) + terms.others - one;
    const Enclosure p = terms.counts[k] / terms.samples / (one + rest);
    if (j == k) {
        return terms.others * p * (other - own) +
               terms.lambda_h * terms.counts[k] * bounds.feature_norm_squared(k);
    }
    const Enclosure inner = bounds.feature_inner(static_cast<long>(j), static_cast<long>(k));
    const Enclosure along = bounds.logit_other(j);
    return p * (bounds.logit_own(j) - along) + (terms.others - one) * p * (along - along) +
           terms.lambda_h * terms.counts[k] * inner;
}

template <Loss loss>
Observation slopes_vanish(const Case& subject) {
    Comparison comparison(subject);
    const ProofTerms terms = subject.terms();
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
    const Configuration& configuration = subject.configuration();
    const ProofTerms terms = subject.terms(configuration);
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
    const ProofTerms terms = subject.terms();
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

}  // namespace

std::vector<Claim> remark_claims() {
    const std::string multipliers =
        "class-means form; by stationarity the multipliers of H >= 0 are mu_k = dL0/dh_k; "
        "each is asked for along h_j, for every j, at every global minimiser";
    return {
        {
            .id = "remark.duals",
            .source = "Remark in 7.1",
            .statement = R"(\text{the multipliers of } h_{k,i} \ge 0 \text{ are } 0)",
            .domain = every_minimiser,
            .check = slopes_vanish<Loss::full>,
            .reading = multipliers,
        },
        {
            .id = "remark.duals.corrected",
            .source = "Remark in 7.1, corrected",
            .statement =
                R"(h_k^\top\mu_k = 0,\ h_j^\top\mu_k = \frac{n_k}{N}\frac{M_j}{e^{M_k}+K-1}\ (j \ne k): \text{positive unless class } j \text{ collapses})",
            .domain = every_minimiser,
            .kind = Kind::extension,
            .check = slopes_by_owner<Loss::full>,
            .reading = "h_j, moved into class k's feature, lowers w_k.h_k and raises w_j.h_k: "
                       "the loss rises to first order, and h_k stays orthogonal to h_j only because features "
                       "cannot be negative. Lemma 1 and (36) hold nevertheless",
        },
        {
            .id = "remark.gradient",
            .source = "Remark in 7.1",
            .statement = R"(\nabla_H\mathcal{L}_1 = 0 \text{ at the optimum})",
            .domain = every_minimiser,
            .check = slopes_vanish<Loss::lower>,
            .reading = "asked for along h_j, for every j",
        },
        {
            .id = "remark.gradient.corrected",
            .source = "Remark in 7.1, corrected",
            .statement =
                R"(h_k^\top\nabla_{h_k}\mathcal{L}_1 = 0,\ h_j^\top\nabla_{h_k}\mathcal{L}_1 = \frac{n_k}{N}\frac{M_j}{e^{M_k}+K-1}\ (j \ne k))",
            .domain = every_minimiser,
            .kind = Kind::extension,
            .check = slopes_by_owner<Loss::lower>,
            .reading =
                "L1 has the multipliers of L0: stationary along h_k itself, not along the features of other "
                "classes",
        },
        {
            .id = "proof.eq37",
            .source = "(37)",
            .statement =
                R"(c_3w_m = -\hat h_m \implies c_3^2 = \frac{\sum_k\|\hat h_k\|^2}{\sum_k\|w_k\|^2} = \frac{\lambda_W}{\lambda_H}K(K-1))",
            .domain = "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, except complete collapse, "
                      "where it is 0/0",
            .check = choice_of_c3,
            .any_instance = true,
            .demands = without(whole_domain(), {all_collapsed()}),
        },
    };
}

}  // namespace ncverify::properties
