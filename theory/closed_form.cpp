#include "theory/closed_form.hpp"

namespace ncverify::theory {

bool collapsed(const Configuration& configuration, long k) {
    return weighted_count(configuration, static_cast<std::size_t>(k)) <= threshold(configuration);
}

bool attained(const Configuration& configuration) {
    const Rational limit = threshold(configuration);
    long long alive = 0;
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        alive += weighted_count(configuration, k) > limit ? 1 : 0;
    }
    return configuration.dimension >= alive;
}

ClosedForm closed_form(const Configuration& configuration) {
    return closed_form(ingredients(configuration));
}

ClosedForm closed_form(const Ingredients& ingredients) {
    const Enclosure& K = ingredients.classes;
    ClosedForm result;
    result.threshold = ingredients.threshold;
    result.prefactor = ingredients.classifier_factor / K;
    std::vector<ClassForm> forms;
    std::vector<Enclosure> weights, relation;
    Enclosure loss(0);
    for (const ClassIngredients& group : ingredients.groups) {
        ClassForm& form = forms.emplace_back();
        const Enclosure classes(group.classes);
        form.collapsed = group.collapsed;
        weights.emplace_back(0);
        relation.push_back(ingredients.classifier_factor * group.root_count);
        if (group.collapsed) {
            loss += classes * group.weight * group.count * log(K);
            continue;
        }
        form.margin = group.margin;
        form.feature_norm_squared = group.feature_factor * group.margin;
        form.logit_own = ingredients.own_share * group.margin;
        form.logit_other = ingredients.other_share * group.margin;
        weights.back() = group.root_count * group.margin;
        result.weight_sum += classes * weights.back();
        // omega n phi(M) + N lH n ||h||^2
        loss += classes * (group.weight * group.count * log1p(group.doubt) +
                           ingredients.samples * group.decay * form.feature_norm_squared);
    }
    result.minimum_loss = loss / ingredients.samples;
    for (std::size_t g = 0; g < forms.size(); ++g) {
        // p ((K-1)^2 a_k + S - a_k) = p (K (K-2) a_k + S)
        forms[g].classifier_norm_squared =
            result.prefactor * (K * (K - Enclosure(2)) * weights[g] + result.weight_sum);
    }
    for (const std::size_t g : ingredients.group) {
        result.classes.push_back(forms[g]);
        result.weights.push_back(weights[g]);
        result.relation.push_back(relation[g]);
    }
    return result;
}

Enclosure ClosedForm::classifier_inner(long k, long j) const {
    const auto first = static_cast<std::size_t>(k), second = static_cast<std::size_t>(j);
    if (k == j) {
        return classes[first].classifier_norm_squared;
    }
    // p (-(K-1)(a_k + a_j) + S - a_k - a_j)
    return prefactor *
           (weight_sum - Enclosure(static_cast<long>(classes.size())) * (weights[first] + weights[second]));
}

std::optional<Enclosure> ClosedForm::classifier_cosine(long k, long j) const {
    if (arb_is_zero(weight_sum.data()) != 0) {
        return std::nullopt;
    }
    const auto first = static_cast<std::size_t>(k), second = static_cast<std::size_t>(j);
    return classifier_inner(k, j) /
           sqrt(classes[first].classifier_norm_squared * classes[second].classifier_norm_squared);
}

}  // namespace ncverify::theory
