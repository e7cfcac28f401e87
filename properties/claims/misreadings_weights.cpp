// Misreadings of class weights: controls that the suite must refute.
#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

// log((K-1)(root - 1)), or zero.
Enclosure margin_of(const Configuration& configuration, const Enclosure& root) {
    const Enclosure argument = Enclosure(configuration.classes() - 1) * (root - Enclosure(1));
    return certainly_less(Enclosure(1), argument) ? log(argument) : Enclosure(0);
}

// A weight taken for a repetition of samples: omega_k n_k for n_k everywhere, in N and c too.
Observation as_counts(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    Comparison comparison(subject);
    Enclosure samples(0);
    std::vector<Enclosure> counts;
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        counts.push_back(weight_value<Enclosure>(configuration.weights[k]) *
                         Enclosure(static_cast<long>(configuration.counts[k])));
        samples += counts.back();
    }
    const Enclosure c =
        samples *
        sqrt(from_rational<Enclosure>(Rational(configuration.classes() - 1, configuration.classes()) *
                                      configuration.lambda_w * configuration.lambda_h));
    for (std::size_t k = 0; k < counts.size(); ++k) {
        comparison.equal(of_class("margin", k), subject.bounds().margin(k),
                         margin_of(configuration, sqrt(counts[k]) / c), margin_scale(subject, k));
    }
    return comparison.observation();
}

// M_k with the weight inside the root.
Observation inside_the_root(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    Comparison comparison(subject);
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        const Enclosure squared =
            weight_value<Enclosure>(configuration.weights[k]) *
            from_rational<Enclosure>(configuration.counts[k] / configuration.c_squared());
        comparison.equal(of_class("margin", k), subject.bounds().margin(k),
                         margin_of(configuration, sqrt(squared)), margin_scale(subject, k));
    }
    return comparison.observation();
}

}  // namespace

std::vector<Claim> weights_misreadings() {
    const char* domain = "every K >= 2, counts >= 1, weights not all 1, lambda_W, lambda_H > 0, d >= K";
    return {
        {
            .id = "misread.weights.counts",
            .source = "class weights misread",
            .statement =
                R"(M_k = \max\Big(0, \log\big((K-1)(\sqrt{\omega_k n_k}/c' - 1)\big)\Big),\ c' = \sum_m \omega_m n_m \sqrt{\tfrac{K-1}{K}\lambda_W\lambda_H})",
            .domain = domain,
            .kind = Kind::misreading,
            .check = as_counts,
            .families = weighted_instances,
            .reading = "a weight is not a repetition of samples: repeating also repeats the feature decay",
            .demands = weighted_domain(),
        },
        {
            .id = "misread.weights.inside",
            .source = "class weights misread",
            .statement = R"(M_k = \max\Big(0, \log\big((K-1)(\sqrt{\omega_k n_k}/c - 1)\big)\Big))",
            .domain = domain,
            .kind = Kind::misreading,
            .check = inside_the_root,
            .families = weighted_instances,
            .demands = weighted_domain(),
        },
    };
}

}  // namespace ncverify::properties
