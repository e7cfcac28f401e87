#include "screen/closed_form.hpp"

#include <cmath>

namespace ncverify::screen {

namespace {

// Whether omega_k^2 n_k is T, exactly where the decays' fractions fit: at a threshold doubles cannot tell.
bool at_threshold(double squared) {
    return std::abs(squared - 1) < 1e-12;
}

double value(const Fraction& fraction) {
    return static_cast<double>(fraction.numerator) / static_cast<double>(fraction.denominator);
}

}  // namespace

void DoubleForm::set(const Sample& sample) {
    const auto K = static_cast<double>(sample.shape.classes);
    const auto size = static_cast<std::size_t>(sample.shape.classes);
    for (auto* numbers : {&count, &root, &strength, &margin, &feature_factor, &weight}) {
        numbers->resize(size);
    }
    lambda_w = value(sample.lambda_w);
    lambda_h = value(sample.lambda_h);
    samples = 0;
    for (std::size_t k = 0; k < size; ++k) {
        count[k] = static_cast<double>(sample.counts[k]);
        root[k] = std::sqrt(count[k]);
        strength[k] = sample.strength(static_cast<int>(k));
        samples += count[k];
    }
    const double c = samples * std::sqrt((K - 1) / K * lambda_w * lambda_h);
    threshold = samples * samples * K / (K - 1) * lambda_w * lambda_h;
    relation = std::sqrt(lambda_h / lambda_w / (K * (K - 1)));
    weight_sum = loss = 0;
    for (std::size_t k = 0; k < size; ++k) {
        if (at_threshold(strength[k] / threshold)) {
            threshold = strength[k];  // met exactly, but for rounding
        }
        const double omega = sample.weight(static_cast<int>(k)), odds = omega * root[k] / c - 1;
        margin[k] = collapsed(k) ? 0 : std::log((K - 1) * odds);
        feature_factor[k] = std::sqrt((K - 1) / K * lambda_w / lambda_h / count[k]);
        weight[k] = root[k] * margin[k];
        weight_sum += weight[k];
        // omega n/N log(1 + (K-1) e^-M) + lH n ||h||^2, whose two decays are equal (Lemma 1).
        loss += collapsed(k) ? omega * count[k] / samples * std::log(K)
                             : omega * count[k] / samples * std::log1p(1 / odds) +
                                   lambda_h * count[k] * feature_factor[k] * margin[k];
    }
}

double DoubleForm::classifier_inner(std::size_t k, std::size_t j) const {
    const auto K = static_cast<double>(count.size());
    const double p = relation / K;
    return k == j ? p * (K * (K - 2) * weight[k] + weight_sum)
                  : p * (weight_sum - K * (weight[k] + weight[j]));
}

}  // namespace ncverify::screen
