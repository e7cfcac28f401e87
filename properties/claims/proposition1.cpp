// Proposition 1: norms, inner products and cosines of the classifiers.
#include "properties/claims/domains.hpp"
#include "properties/claims/minimiser_checks.hpp"
#include "properties/claims/sections.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

template <void (*Check)(const Case&, Comparison&)>
Observation alone(const Case& subject) {
    Comparison comparison(subject);
    Check(subject, comparison);
    return comparison.observation();
}

}  // namespace

std::vector<Claim> proposition1_claims() {
    return {
        {
            .id = "prop1.norm",
            .source = "Proposition 1",
            .statement =
                R"(\|w_k\|^2 = \frac{1}{K\sqrt{K(K-1)}}\sqrt{\frac{\lambda_H}{\lambda_W}}\left((K-1)^2\sqrt{n_k}M_k + \sum_{m\ne k}\sqrt{n_m}M_m\right))",
            .domain = enough_coordinates,
            .check = alone<check_classifier_norms>,
        },
        {
            .id = "prop1.inner",
            .source = "Proposition 1",
            .statement =
                R"(w_k^\top w_j = \frac{1}{K\sqrt{K(K-1)}}\sqrt{\frac{\lambda_H}{\lambda_W}}\left[-(K-1)\sqrt{n_k}M_k-(K-1)\sqrt{n_j}M_j+\sum_{m\ne k,j}\sqrt{n_m}M_m\right])",
            .domain = enough_coordinates,
            .check = alone<check_classifier_products>,
        },
        {
            .id = "prop1.cosine",
            .source = "Proposition 1",
            .statement =
                R"(\cos(w_k,w_j) = \frac{w_k^\top w_j}{\|w_k\|\,\|w_j\|} \text{ in closed form}, \quad k \ne j)",
            .domain = "as above, except complete collapse, where no cosine is defined",
            .check = alone<check_classifier_cosines>,
            .demands = without(whole_domain(), {all_collapsed()}),
        },
    };
}

}  // namespace ncverify::properties
