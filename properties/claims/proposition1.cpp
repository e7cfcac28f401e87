// Proposition 1: norms, inner products and cosines of the classifiers.
#include "properties/claims/domains.hpp"
#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

Observation norms(const Case& subject) {
    Comparison comparison(subject);
    for (long k = 0; k < subject.configuration().classes(); ++k) {
        comparison.equal("squared norm of " + classifier_name(k), subject.bounds().classifier_inner(k, k),
                         subject.closed_form().classes[static_cast<std::size_t>(k)].classifier_norm_squared,
                         classifier_scale(subject));
    }
    return comparison.observation();
}

Observation inner_products(const Case& subject) {
    Comparison comparison(subject);
    for (long k = 0; k < subject.configuration().classes(); ++k) {
        for (long j = 0; j < k; ++j) {
            comparison.equal("inner product of " + classifier_names(k, j),
                             subject.bounds().classifier_inner(k, j),
                             subject.closed_form().classifier_inner(k, j), classifier_scale(subject));
        }
    }
    return comparison.observation();
}

Observation cosines(const Case& subject) {
    Comparison comparison(subject);
    const long classes = subject.configuration().classes();
    std::vector<Enclosure> lengths;
    for (long k = 0; k < classes; ++k) {
        lengths.push_back(sqrt(subject.bounds().classifier_inner(k, k)));
    }
    for (long k = 0; k < classes; ++k) {
        for (long j = 0; j < k; ++j) {
            const auto claimed = subject.closed_form().classifier_cosine(k, j);
            if (claimed) {  // undefined in complete collapse: nothing is claimed there
                const Enclosure both =
                    lengths[static_cast<std::size_t>(k)] * lengths[static_cast<std::size_t>(j)];
                comparison.equal("cosine of " + classifier_names(k, j),
                                 subject.bounds().classifier_inner(k, j) / both, *claimed, Enclosure(1));
            }
        }
    }
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
            .check = norms,
        },
        {
            .id = "prop1.inner",
            .source = "Proposition 1",
            .statement =
                R"(w_k^\top w_j = \frac{1}{K\sqrt{K(K-1)}}\sqrt{\frac{\lambda_H}{\lambda_W}}\left[-(K-1)\sqrt{n_k}M_k-(K-1)\sqrt{n_j}M_j+\sum_{m\ne k,j}\sqrt{n_m}M_m\right])",
            .domain = enough_coordinates,
            .check = inner_products,
        },
        {
            .id = "prop1.cosine",
            .source = "Proposition 1",
            .statement =
                R"(\cos(w_k,w_j) = \frac{w_k^\top w_j}{\|w_k\|\,\|w_j\|} \text{ in closed form}, \quad k \ne j)",
            .domain = "as above, except complete collapse, where no cosine is defined",
            .check = cosines,
            .demands = without(whole_domain(), {all_collapsed()}),
        },
    };
}

}  // namespace ncverify::properties
