#include "theory/closed_form.hpp"

#include <map>

namespace ncverify::theory {

namespace {

Enclosure integer(const Integer& value) {
    return from_rational<Enclosure>(Rational(value));
}

// Per distinct count: the class's form (without the classifier norm), a_k, and its share of the loss times N.
struct CountForm {
    ClassForm form;
    Enclosure weight;
    Enclosure loss;
    long classes = 0;
};

CountForm form_of(const Configuration& configuration, long long count, const Rational& limit) {
    const long K = configuration.classes();
    CountForm result;
    result.form.collapsed = Rational(count) <= limit;
    const Enclosure n(static_cast<long>(count));
    if (result.form.collapsed) {
        result.loss = n * log(Enclosure(K));
        return result;
    }
    // sqrt(n_k)/c - 1 without cancellation close to the threshold needs only more digits, which the caller
    // raises.
    const Enclosure ratio = sqrt(from_rational<Enclosure>(Rational(count) / configuration.c_squared()));
    const Enclosure odds = Enclosure(K - 1) * (ratio - Enclosure(1));
    const Enclosure margin = log(odds);
    const Rational share(K - 1, K);
    result.form.margin = margin;
    result.form.feature_norm_squared =
        sqrt(from_rational<Enclosure>(share * configuration.lambda_w / (configuration.lambda_h * count))) *
        margin;
    result.form.logit_own = from_rational<Enclosure>(share) * margin;
    result.form.logit_other = -margin / Enclosure(K);
    result.weight = sqrt(n) * margin;
    // n phi(M) + N lH n ||h||^2, with (K-1) e^{-M} = (K-1)/odds.
    result.loss =
        n * log1p(Enclosure(K - 1) / odds) + integer(configuration.samples()) *
                                                 from_rational<Enclosure>(configuration.lambda_h * count) *
                                                 result.form.feature_norm_squared;
    return result;
}

}  // namespace

Rational threshold(const Configuration& configuration) {
    const Integer total = configuration.samples(), K(configuration.classes());
    return Rational(total * total * K, K - 1) * configuration.lambda_w * configuration.lambda_h;
}

bool collapsed(const Configuration& configuration, long k) {
    return configuration.counts[static_cast<std::size_t>(k)] <= threshold(configuration);
}

bool attained(const Configuration& configuration) {
    const Rational limit = threshold(configuration);
    long long alive = 0;
    for (const long long count : configuration.counts) {
        alive += count > limit ? 1 : 0;
    }
    return configuration.dimension >= alive;
}

ClosedForm closed_form(const Configuration& configuration) {
    const Integer K(configuration.classes());
    const Rational limit = threshold(configuration);
    std::map<long long, CountForm> forms;
    for (const long long count : configuration.counts) {
        auto [place, fresh] = forms.try_emplace(count);
        if (fresh) {
            place->second = form_of(configuration, count, limit);
        }
        ++place->second.classes;
    }
    ClosedForm result;
    result.prefactor =
        sqrt(from_rational<Enclosure>(configuration.lambda_h / (configuration.lambda_w * K * (K - 1)))) /
        integer(K);
    Enclosure loss(0);
    for (const auto& [count, form] : forms) {
        result.weight_sum += Enclosure(form.classes) * form.weight;
        loss += Enclosure(form.classes) * form.loss;
    }
    result.minimum_loss = loss / integer(configuration.samples());
    for (auto& [count, form] : forms) {
        // p ((K-1)^2 a_k + S - a_k) = p (K (K-2) a_k + S)
        form.form.classifier_norm_squared =
            result.prefactor * (integer(K * (K - 2)) * form.weight + result.weight_sum);
    }
    for (const long long count : configuration.counts) {
        result.classes.push_back(forms[count].form);
        result.weights.push_back(forms[count].weight);
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
