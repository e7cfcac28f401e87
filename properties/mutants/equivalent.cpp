// The theorem written otherwise. A check that refutes one of these is wrong itself.

#include "properties/mutants/wrong_theorem.hpp"

namespace ncverify::properties {

namespace {

using theory::ClassIngredients;
using theory::ClosedForm;
using theory::Ingredients;

ClosedForm threshold_rounded_down(const Configuration& configuration) {
    ClosedForm form = theory::closed_form(configuration);
    if (configuration.weighted()) {
        return form;  // omega_k^2 n_k is no whole number
    }
    form.threshold = Integer(numerator(form.threshold) / denominator(form.threshold));
    for (std::size_t k = 0; k < form.classes.size(); ++k) {
        form.classes[k].collapsed = configuration.counts[k] <= form.threshold;
    }
    return form;
}

ClosedForm collapse_by_sign(const Configuration& configuration) {
    Ingredients changed = theory::ingredients(configuration, theory::Grouping::none);
    const Enclosure c = sqrt(from_rational<Enclosure>(configuration.c_squared()));
    for (ClassIngredients& group : changed.groups) {
        const Enclosure margin =
            log((changed.classes - Enclosure(1)) * (group.weight * group.root_count / c - Enclosure(1)));
        group.collapsed = !certainly_positive(margin);
        set_margin(group, group.collapsed ? Enclosure(0) : margin, changed.classes);
    }
    return theory::closed_form(changed);
}

ClosedForm other_logits_by_difference(const Configuration& configuration) {
    ClosedForm form = theory::closed_form(configuration);
    for (theory::ClassForm& each : form.classes) {
        each.logit_other = each.logit_own - each.margin;
    }
    return form;
}

ClosedForm norms_as_printed(const Configuration& configuration) {
    ClosedForm form = theory::closed_form(configuration);
    const Enclosure less(configuration.classes() - 1);
    for (std::size_t k = 0; k < form.classes.size(); ++k) {
        form.classes[k].classifier_norm_squared =
            form.prefactor * (less * less * form.weights[k] + form.weight_sum - form.weights[k]);
    }
    return form;
}

// -b log(b/scale).
Enclosure entropy(const Enclosure& b, const Enclosure& scale) {
    return -b * log(b / scale);
}

ClosedForm minimum_by_duality(const Configuration& configuration) {
    ClosedForm form = theory::closed_form(configuration);
    const Enclosure K(configuration.classes());
    const Enclosure most = (K - Enclosure(1)) / K,
                    c = sqrt(from_rational<Enclosure>(configuration.c_squared()));
    Enclosure sum(0), samples(0);
    for (std::size_t k = 0; k < form.classes.size(); ++k) {
        const Enclosure count(static_cast<long>(configuration.counts[k]));
        const Enclosure weight =
            configuration.weighted() ? weight_value<Enclosure>(configuration.weights[k]) : Enclosure(1);
        const Enclosure slope = form.classes[k].collapsed ? most : c / (weight * sqrt(count));
        sum +=
            weight * count * (entropy(Enclosure(1) - slope, Enclosure(1)) + entropy(slope, K - Enclosure(1)));
        samples += count;
    }
    form.minimum_loss = sum / samples;
    return form;
}

}  // namespace

std::vector<WrongTheorem> equivalent_mutants() {
    return {
        {"T rounded down to a whole number", "Cor. 4", threshold_rounded_down,
         "counts are whole numbers, so n_k <= T exactly where n_k <= floor(T)"},
        {"collapse where Mbar_k <= 0, instead of n_k <= T", "(6)", collapse_by_sign,
         "log((K-1)(sqrt(n_k)/c - 1)) <= 0 exactly where sqrt(n_k)/c <= K/(K-1), which squared is n_k <= T"},
        {"other logits as own logit - M_k", "(12)", other_logits_by_difference, "(K-1)/K M - M = -M/K"},
        {"||w_k||^2 with (K-1)^2 a_k + sum over m != k", "Prop. 1", norms_as_printed,
         "the suite evaluates K(K-2) a_k + sum over all m, which is the same sum"},
        {"the minimum as the dual bound at its best slopes", "Theorem 1", minimum_by_duality,
         "there is no duality gap: D(beta) at beta_k = min(c/sqrt(n_k), (K-1)/K) is the minimum"},
    };
}

std::vector<trial::Unneeded> unneeded_comparisons() {
    const char* at_zero = "both sides are exactly zero at W = 0, H = 0: said for completeness";
    return {{"lemma1", "lambda_W ||W||^#, zero", at_zero},
            {"lemma1", "<W, dL#/dW> - <H, dL#/dH>, zero", at_zero}};
}

}  // namespace ncverify::properties
