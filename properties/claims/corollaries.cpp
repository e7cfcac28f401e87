// Corollaries 1 to 4.
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "properties/compare.hpp"

namespace ncverify::properties {

namespace {

// Corollary 4, both directions: the exact rational threshold against the certified mean.
Observation threshold(const Case& subject) {
    Comparison comparison(subject);
    const Configuration& configuration = subject.key.configuration;
    const Rational& T = subject.closed_form().threshold;
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        const Enclosure& norm = subject.bounds().classes[k].feature_norm_squared;
        const std::string name = "squared norm of h_" + std::to_string(k + 1);
        if (configuration.counts[k] <= T) {
            comparison.zero(name + " (n_k <= T)", norm, feature_scale(configuration, k));
        } else if (certainly_positive(norm)) {
            comparison.exact(name, true, "");
        } else {
            comparison.undecided(name + " (n_k > T)");
        }
    }
    return comparison.observation();
}

}  // namespace

std::vector<Claim> corollary_claims() {
    return {
        {"cor4.threshold", "Corollary 4", R"(n_k \le N^2\frac{K}{K-1}\lambda_W\lambda_H \iff h_k = 0)",
         "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K", Kind::claim, threshold},
    };
}

}  // namespace ncverify::properties
