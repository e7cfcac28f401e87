// Corollary 1 (balanced counts) and Corollary 2 (norm ratios).
#include "properties/claims/domains.hpp"
#include "properties/claims/groups.hpp"
#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

constexpr const char* balanced_counts = "n_1 = ... = n_K >= 1, K >= 2, lambda_W, lambda_H > 0, d >= K";
constexpr const char* any_factor =
    "A is proportional to B where A = t B for some real t, the same for all entries; "
    "t = 0, in complete collapse, included, as the end of Theorem 1 extends everything to collapsed classes";

// W = t (H - h_G 1^T)^T, with the t that the certificate's own slopes give: W = V(H) up to the classifier
// defect, v_k = kappa (K y_k - Y), y_m = beta_m n_m h_m. No number of the theorem enters.
Observation duality(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    if (!is_balanced(configuration)) {
        return {};
    }
    Comparison comparison(subject);
    const Rational kappa_inverse = Rational((configuration.classes() - 1) * configuration.samples()) *
                                   configuration.lambda_w / configuration.counts[0];
    const std::vector<Enclosure> column(
        configuration.counts.size(), subject.bounds().slopes()[0] / from_rational<Enclosure>(kappa_inverse));
    for (long k = 0; k < configuration.classes(); ++k) {
        comparison.zero("distance of " + classifier_name(k) + " from the centred class mean",
                        sqrt_of_nonnegative(subject.bounds().relation_defect_squared(k, column)),
                        sqrt(classifier_scale(subject)));
    }
    return comparison.observation();
}

Observation orthogonal_frame(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    if (!is_balanced(configuration)) {
        return {};
    }
    Comparison comparison(subject);
    const MinimiserBounds bounds = subject.bounds();
    const Enclosure scale = squared_length_scale(subject, 0);
    for (long k = 1; k < configuration.classes(); ++k) {
        comparison.equal("squared norm of h_" + std::to_string(k + 1),
                         bounds.feature_norm_squared(static_cast<std::size_t>(k)),
                         bounds.feature_norm_squared(0), scale);
        for (long j = 0; j < k; ++j) {
            comparison.zero("h_" + std::to_string(k + 1) + " . h_" + std::to_string(j + 1),
                            bounds.feature_inner(k, j), scale);
        }
    }
    return comparison.observation();
}

Observation classifier_frame(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    if (!is_balanced(configuration)) {
        return {};
    }
    Comparison comparison(subject);
    const Enclosure scale = classifier_scale(subject), own = subject.bounds().classifier_inner(0, 0);
    const Enclosure other = -own / Enclosure(configuration.classes() - 1);
    for (long k = 1; k < configuration.classes(); ++k) {
        comparison.equal("squared norm of " + classifier_name(k), subject.bounds().classifier_inner(k, k),
                         own, scale);
        for (long j = 0; j < k; ++j) {
            comparison.equal("inner product of " + classifier_names(k, j),
                             subject.bounds().classifier_inner(k, j), other, scale);
        }
    }
    return comparison.observation();
}

Observation logit_frame(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    if (!is_balanced(configuration)) {
        return {};
    }
    Comparison comparison(subject);
    const Enclosure own = subject.bounds().logit_own(0), scale = margin_scale(subject, 0);
    const Enclosure other = -own / Enclosure(configuration.classes() - 1);
    for (long k = 0; k < configuration.classes(); ++k) {
        const auto index = static_cast<std::size_t>(k);
        comparison.equal("own logit of class " + std::to_string(k + 1), subject.bounds().logit_own(index),
                         own, scale);
        comparison.equal("other logits of class " + std::to_string(k + 1),
                         subject.bounds().logit_other(index), other, scale);
    }
    return comparison.observation();
}

// (14): ratios of the certified norms against ratios of (K-1)^2 a_k + sum of the other a_m, a = sqrt(n) M.
Observation classifier_ratios(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    if (completely_collapsed(configuration)) {
        return {};
    }
    Comparison comparison(subject);
    const auto& form = subject.closed_form();
    const Enclosure others(configuration.classes() - 1);
    std::vector<Enclosure> certified, claimed;
    for (long k = 0; k < configuration.classes(); ++k) {
        const Enclosure& weight = form.weights[static_cast<std::size_t>(k)];
        certified.push_back(subject.bounds().classifier_inner(k, k));
        claimed.push_back(others * others * weight + (form.weight_sum - weight));
    }
    for (std::size_t i = 0; i < claimed.size(); ++i) {
        for (std::size_t j = 0; j < claimed.size(); ++j) {
            if (i != j) {
                const Enclosure ratio = claimed[i] / claimed[j];
                comparison.equal(
                    "squared norm ratio of " + classifier_names(static_cast<long>(i), static_cast<long>(j)),
                    certified[i] / certified[j], ratio, ratio);
            }
        }
    }
    return comparison.observation();
}

Observation feature_ratios(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    Comparison comparison(subject);
    const auto& form = subject.closed_form();
    for (std::size_t j = 0; j < form.classes.size(); ++j) {
        if (theory::collapsed(configuration, static_cast<long>(j))) {
            continue;  // h_j = 0: neither side is defined
        }
        for (std::size_t i = 0; i < form.classes.size(); ++i) {
            if (i == j) {
                continue;
            }
            const Enclosure counts =
                sqrt(from_rational<Enclosure>(Rational(configuration.counts[j], configuration.counts[i])));
            comparison.equal(
                "squared norm ratio of h_" + std::to_string(i + 1) + " and h_" + std::to_string(j + 1),
                subject.bounds().feature_norm_squared(i) / subject.bounds().feature_norm_squared(j),
                counts * form.classes[i].margin / form.classes[j].margin,
                counts * margin_scale(subject, i) / form.classes[j].margin);
        }
    }
    return comparison.observation();
}

// Neighbours in the order of counts suffice: <= is transitive. Known ties (equal counts, both collapsed,
// K = 2) are confirmed as equalities.
Observation monotone_norms(const Case& subject) {
    Comparison comparison(subject);
    const Enclosure scale = classifier_scale(subject);
    const std::vector<Group> sorted = groups(subject.configuration());
    const std::vector<Neighbours> pairs = neighbours(sorted);
    const auto norm = [&](long k) { return subject.bounds().classifier_inner(k, k); };
    for (std::size_t g = 0; g < sorted.size(); ++g) {
        const long first = sorted[g].members[0];
        for (const long other : sorted[g].members) {
            if (other != first) {
                comparison.equal("squared norms of " + classifier_names(first, other), norm(first),
                                 norm(other), scale);
            }
        }
        if (g == pairs.size()) {
            break;
        }
        const auto [small, large, tied] = pairs[g];
        const std::string name = "squared norms of " + classifier_names(small, large);
        if (tied) {
            comparison.equal(name, norm(small), norm(large), scale);
        } else {
            comparison.at_most(name, norm(small), norm(large), scale);
        }
    }
    return comparison.observation();
}

}  // namespace

std::vector<Claim> corollary1_claims() {
    const auto demands = balanced_domain();
    return {
        {
            .id = "cor1.duality",
            .source = "Corollary 1",
            .statement = R"(W \propto (H - h_G 1_K^\top)^\top)",
            .domain = balanced_counts,
            .check = duality,
            .reading = any_factor,
            .demands = demands,
        },
        {
            .id = "cor1.of",
            .source = "Corollary 1 (OF)",
            .statement = R"(H^\top H \propto I_K)",
            .domain = balanced_counts,
            .check = orthogonal_frame,
            .reading = any_factor,
            .demands = demands,
        },
        {
            .id = "cor1.etf.w",
            .source = "Corollary 1 (ETF)",
            .statement = R"(W W^\top \propto I_K - \tfrac{1}{K} 1_K 1_K^\top)",
            .domain = balanced_counts,
            .check = classifier_frame,
            .reading = any_factor,
            .demands = demands,
        },
        {
            .id = "cor1.etf.z",
            .source = "Corollary 1 (ETF)",
            .statement = R"(W H \propto I_K - \tfrac{1}{K} 1_K 1_K^\top)",
            .domain = balanced_counts,
            .check = logit_frame,
            .reading = any_factor,
            .demands = demands,
        },
    };
}

std::vector<Claim> corollary2_claims() {
    return {
        {
            .id = "cor2.classifiers",
            .source = "Corollary 2 (14)",
            .statement =
                R"(\frac{\|w_i\|^2}{\|w_j\|^2} = \frac{(K-1)^2\sqrt{n_i}M_i + \sum_{m\ne i}\sqrt{n_m}M_m}{(K-1)^2\sqrt{n_j}M_j + \sum_{m\ne j}\sqrt{n_m}M_m})",
            .domain = "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K, except complete collapse",
            .check = classifier_ratios,
            .reading =
                "in complete collapse all classifiers are zero and neither side is defined: not applicable",
            .demands = without(whole_domain(), {all_collapsed()}),
        },
        {
            .id = "cor2.features",
            .source = "Corollary 2 (14)",
            .statement = R"(\frac{\|h_i\|^2}{\|h_j\|^2} = \sqrt{\frac{n_j}{n_i}}\,\frac{M_i}{M_j})",
            .domain = "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K; "
                      "pairs of which class j is above its threshold",
            .check = feature_ratios,
            .reading = "where M_j = 0 neither side is defined, and nothing is claimed of such a pair",
            .demands = without(whole_domain(), {all_collapsed()}),
        },
        {
            .id = "cor2.monotone",
            .source = "Corollary 2",
            .statement = R"(n_i \ge n_j \implies \|w_i\| \ge \|w_j\|)",
            .domain = enough_coordinates,
            .check = monotone_norms,
        },
    };
}

}  // namespace ncverify::properties
