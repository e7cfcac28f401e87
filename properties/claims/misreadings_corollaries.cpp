// Misreadings of the corollaries and of the prose around them: controls that the suite must refute.
#include <algorithm>

#include "properties/claims/groups.hpp"
#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

// (14) with M_i/M_j inside the root.
Observation ratio_inside_root(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    Comparison comparison(subject);
    const auto& form = subject.closed_form();
    for (std::size_t j = 0; j < form.classes.size(); ++j) {
        for (std::size_t i = 0; i < form.classes.size(); ++i) {
            if (i == j || form.classes[i].collapsed || form.classes[j].collapsed) {
                continue;
            }
            const Enclosure claimed =
                sqrt(from_rational<Enclosure>(Rational(configuration.counts[j], configuration.counts[i])) *
                     form.classes[i].margin / form.classes[j].margin);
            comparison.equal(
                "squared norm ratio of h_" + std::to_string(i + 1) + " and h_" + std::to_string(j + 1),
                subject.bounds().feature_norm_squared(i) / subject.bounds().feature_norm_squared(j), claimed,
                claimed);
        }
    }
    return comparison.observation();
}

// (15) with K_A where K_B stands.
Observation groups_swapped(const Case& subject) {
    const std::vector<Group> both = groups(subject.configuration());
    if (both.size() != 2 || both[1].size() < 2 || completely_collapsed(subject.configuration())) {
        return {};
    }
    Comparison comparison(subject);
    const Enclosure K(subject.configuration().classes()), majority(both[1].size());
    const Enclosure& a = subject.closed_form().weights[static_cast<std::size_t>(both[1].members[0])];
    const Enclosure& b = subject.closed_form().weights[static_cast<std::size_t>(both[0].members[0])];
    const Enclosure claimed = Enclosure(1) - K * K * a / (K * K * a - K * a - majority * a + majority * b);
    comparison.equal("cosine of " + classifier_names(both[1].members[0], both[1].members[1]),
                     certified_cosine(subject, both[1].members[0], both[1].members[1]), claimed,
                     Enclosure(1));
    return comparison.observation();
}

// What collapses according to a misread condition: refuted where a feature that should vanish does not.
void check_zero(const Case& subject, Comparison& comparison, long k) {
    const auto index = static_cast<std::size_t>(k);
    comparison.zero("squared norm of h_" + std::to_string(k + 1) + ", claimed to collapse",
                    subject.bounds().feature_norm_squared(index),
                    feature_scale(subject.configuration(), index));
}

void check_positive(const Case& subject, Comparison& comparison, long k) {
    const std::string name = "squared norm of h_" + std::to_string(k + 1) + ", claimed not to collapse";
    if (certainly_positive(subject.bounds().feature_norm_squared(static_cast<std::size_t>(k)))) {
        comparison.exact(name, true, "");
    } else {
        comparison.undecided(name);
    }
}

// (17) with sqrt(lW lH): K_A R + K_B >= (K-1)/(N K sqrt(lW lH)), both sides positive, squared.
Observation minority_with_root(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    const std::vector<Group> both = groups(configuration);
    if (both.size() != 2) {
        return {};
    }
    Comparison comparison(subject);
    const Rational K(configuration.classes()), total(configuration.samples());
    const Rational left =
        K * total * (Rational(both[1].count, both[0].count) * both[1].size() + both[0].size());
    const bool claimed = left * left * configuration.lambda_w * configuration.lambda_h >= (K - 1) * (K - 1);
    for (const long k : both[0].members) {
        claimed ? check_zero(subject, comparison, k) : check_positive(subject, comparison, k);
    }
    return comparison.observation();
}

// (18) with the smallest count.
Observation complete_by_smallest(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    const Rational K(configuration.classes()), total(configuration.samples());
    const long long smallest = *std::min_element(configuration.counts.begin(), configuration.counts.end());
    if (total * total / smallest < (K - 1) / (K * configuration.lambda_w * configuration.lambda_h)) {
        return {};
    }
    Comparison comparison(subject);
    for (long k = 0; k < configuration.classes(); ++k) {
        check_zero(subject, comparison, k);
    }
    return comparison.observation();
}

// The theorem for the squared loss: classifiers orthogonal, as the features are.
Observation orthogonal_classifiers(const Case& subject) {
    Comparison comparison(subject);
    const Enclosure scale = classifier_scale(subject);
    for (long k = 0; k < subject.configuration().classes(); ++k) {
        for (long j = 0; j < k; ++j) {
            comparison.zero("inner product of " + classifier_names(j, k),
                            subject.bounds().classifier_inner(k, j), scale);
        }
    }
    return comparison.observation();
}

}  // namespace

std::vector<Claim> corollary_misreadings() {
    const char* everywhere = "as for the statement that it misreads";
    return {
        {
            .id = "misread.eq14",
            .source = "(14) as scanned",
            .statement = R"(\frac{\|h_i\|^2}{\|h_j\|^2} = \sqrt{\frac{n_j}{n_i}\frac{M_i}{M_j}})",
            .domain = everywhere,
            .kind = Kind::misreading,
            .check = ratio_inside_root,
        },
        {
            .id = "misread.eq15",
            .source = "(15) misread",
            .statement =
                R"(\cos(w_{major},w'_{major}) = 1 - \frac{K^2\sqrt{n_A}M_A}{K^2\sqrt{n_A}M_A - K\sqrt{n_A}M_A - K_A\sqrt{n_A}M_A + K_A\sqrt{n_B}M_B})",
            .domain = everywhere,
            .kind = Kind::misreading,
            .check = groups_swapped,
        },
        {
            .id = "misread.eq17",
            .source = "(17) misread",
            .statement =
                R"(h_{minor} = 0 \iff R \ge \frac{1}{K_A}\left(\frac{K-1}{N K\sqrt{\lambda_W\lambda_H}} - K_B\right))",
            .domain = everywhere,
            .kind = Kind::misreading,
            .check = minority_with_root,
        },
        {
            .id = "misread.eq18",
            .source = "(18) misread",
            .statement = R"(\frac{N^2}{n_{\min}} \ge \frac{K-1}{K\lambda_W\lambda_H} \implies (W,H) = (0,0))",
            .domain = everywhere,
            .kind = Kind::misreading,
            .check = complete_by_smallest,
        },
        {
            .id = "misread.theorem-for-mse",
            .source = "Theorem 1 misread",
            .statement = R"(w_k^\top w_j = 0, \quad k \ne j)",
            .domain = everywhere,
            .kind = Kind::misreading,
            .check = orthogonal_classifiers,
        },
    };
}

}  // namespace ncverify::properties
