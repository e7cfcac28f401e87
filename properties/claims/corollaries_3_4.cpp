// Corollary 3 (angles in two groups) and Corollary 4 (minority and complete collapse).
#include <algorithm>

#include "properties/claims/domains.hpp"
#include "properties/claims/groups.hpp"
#include "properties/claims/minimiser_checks.hpp"
#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

constexpr const char* two_counts =
    "two groups: K_A >= 1 classes of n_A samples and K_B >= 1 of n_B < n_A, lambda_W, lambda_H > 0, d >= K";

// The closed form (15) or (16) for the pairs within `group`, `other` being the other group.
Enclosure claimed_cosine(const Case& subject, const Group& group, const Group& other) {
    const Enclosure K(subject.configuration().classes()), rest(other.size());
    const Enclosure& own = subject.closed_form().weights[static_cast<std::size_t>(group.members[0])];
    const Enclosure& others = subject.closed_form().weights[static_cast<std::size_t>(other.members[0])];
    const Enclosure squared = K * K * own;
    return Enclosure(1) - squared / (squared - K * own - rest * own + rest * others);
}

// All pairs inside the majority group (Major) or the minority group.
template <bool Major>
Observation group_cosines(const Case& subject) {
    const std::vector<Group> both = groups(subject.configuration());
    if (both.size() != 2 || both[Major ? 1 : 0].size() < 2 || completely_collapsed(subject.configuration())) {
        return {};
    }
    const Group& group = both[Major ? 1 : 0];
    Comparison comparison(subject);
    const Enclosure claimed = claimed_cosine(subject, group, both[Major ? 0 : 1]);
    for (std::size_t a = 0; a < group.members.size(); ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            comparison.equal("cosine of " + classifier_names(group.members[b], group.members[a]),
                             certified_cosine(subject, group.members[b], group.members[a]), claimed,
                             Enclosure(1));
        }
    }
    return comparison.observation();
}

Observation cosine_order(const Case& subject) {
    const std::vector<Group> both = groups(subject.configuration());
    if (both.size() != 2 || both[0].size() < 2 || both[1].size() < 2 ||
        completely_collapsed(subject.configuration())) {
        return {};
    }
    Comparison comparison(subject);
    comparison.below("cosines of majority and of minority classifiers",
                     certified_cosine(subject, both[1].members[0], both[1].members[1]),
                     certified_cosine(subject, both[0].members[0], both[0].members[1]), Enclosure(1));
    return comparison.observation();
}

Observation same_angles(const Case& subject) {
    if (completely_collapsed(subject.configuration())) {
        return {};
    }
    Comparison comparison(subject);
    for (const Group& group : groups(subject.configuration())) {
        if (group.size() < 3) {
            continue;
        }
        const Enclosure first = certified_cosine(subject, group.members[0], group.members[1]);
        for (std::size_t a = 2; a < group.members.size(); ++a) {
            for (std::size_t b = 0; b < a; ++b) {
                comparison.equal("cosine of " + classifier_names(group.members[b], group.members[a]),
                                 certified_cosine(subject, group.members[b], group.members[a]), first,
                                 Enclosure(1));
            }
        }
    }
    return comparison.observation();
}

// Corollary 4, both directions: the exact rational threshold against the certified mean.
Observation threshold(const Case& subject) {
    Comparison comparison(subject);
    for (long k = 0; k < subject.configuration().classes(); ++k) {
        check_collapse(
            subject, comparison, k,
            subject.configuration().counts[static_cast<std::size_t>(k)] <= subject.closed_form().threshold);
    }
    return comparison.observation();
}

Observation shared_classifier(const Case& subject) {
    Comparison comparison(subject);
    std::vector<long> collapsed;
    for (long k = 0; k < subject.configuration().classes(); ++k) {
        if (theory::collapsed(subject.configuration(), k)) {
            collapsed.push_back(k);
        }
    }
    const auto inner = [&](long k, long j) { return subject.bounds().classifier_inner(k, j); };
    for (std::size_t a = 1; a < collapsed.size(); ++a) {
        const long k = collapsed[a], first = collapsed[0];
        comparison.zero("squared distance of " + classifier_names(first, k),
                        inner(k, k) - Enclosure(2) * inner(k, first) + inner(first, first),
                        classifier_scale(subject));
    }
    return comparison.observation();
}

// (17) in rationals, decided for the counts as they are; where it holds the minority must be collapsed, and
// where it does not, it must not be.
Observation minority_collapse(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    const std::vector<Group> both = groups(configuration);
    if (both.size() != 2) {
        return {};
    }
    Comparison comparison(subject);
    const Rational K(configuration.classes()), ratio(both[1].count, both[0].count);
    const Rational limit =
        (K - 1) / (Rational(configuration.samples()) * K * configuration.lambda_w * configuration.lambda_h);
    const bool claimed = ratio >= (limit - both[0].size()) / both[1].size();
    for (const long k : both[0].members) {
        check_collapse(subject, comparison, k, claimed);
    }
    return comparison.observation();
}

// (18) in rationals with n_A the largest count; where it holds, W = 0 and H = 0.
Observation complete_collapse(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    const Rational K(configuration.classes()), total(configuration.samples());
    const long long largest = *std::max_element(configuration.counts.begin(), configuration.counts.end());
    if (total * total / largest < (K - 1) / (K * configuration.lambda_w * configuration.lambda_h)) {
        return {};
    }
    Comparison comparison(subject);
    for (long k = 0; k < configuration.classes(); ++k) {
        check_collapse(subject, comparison, k, true);
        comparison.zero("squared norm of " + classifier_name(k), subject.bounds().classifier_inner(k, k),
                        classifier_scale(subject));
    }
    return comparison.observation();
}

}  // namespace

std::vector<Claim> corollary3_claims() {
    auto same_demands =
        without(whole_domain(), {two_classes(), all_distinct(), all_collapsed(), at_threshold()});
    same_demands.push_back({at_threshold(), 0.01});
    const char* undefined = "in complete collapse no cosine is defined: not applicable";
    const char* pairs =
        "two groups: K_A classes of n_A samples and K_B of n_B < n_A, at least two in the group concerned, "
        "not all collapsed; lambda_W, lambda_H > 0, d >= K";
    const char* both =
        "two groups: K_A >= 2 classes of n_A samples and K_B >= 2 of n_B < n_A, not all collapsed; "
        "lambda_W, lambda_H > 0, d >= K";
    return {
        {
            .id = "cor3.major",
            .source = "Corollary 3 (15)",
            .statement =
                R"(\cos(w_{major},w'_{major}) = 1 - \frac{K^2\sqrt{n_A}M_A}{K^2\sqrt{n_A}M_A - K\sqrt{n_A}M_A - K_B\sqrt{n_A}M_A + K_B\sqrt{n_B}M_B})",
            .domain = pairs,
            .check = group_cosines<true>,
            .reading = undefined,
            .demands = two_group_domain(),
        },
        {
            .id = "cor3.minor",
            .source = "Corollary 3 (16)",
            .statement =
                R"(\cos(w_{minor},w'_{minor}) = 1 - \frac{K^2\sqrt{n_B}M_B}{K^2\sqrt{n_B}M_B - K\sqrt{n_B}M_B - K_A\sqrt{n_B}M_B + K_A\sqrt{n_A}M_A})",
            .domain = pairs,
            .check = group_cosines<false>,
            .reading = undefined,
            .demands = two_group_domain(),
        },
        {
            .id = "cor3.order",
            .source = "Corollary 3",
            .statement = R"(\cos(w_{major},w'_{major}) < \cos(w_{minor},w'_{minor}))",
            .domain = both,
            .check = cosine_order,
            .reading = undefined,
            .demands = two_group_domain(),
        },
        {
            .id = "cor3.same",
            .source = "after Corollary 3",
            .statement = R"(n_i = n_j = n_k \implies \cos(w_i,w_j) = \cos(w_j,w_k) = \cos(w_i,w_k))",
            .domain = "every configuration with three classes of one count that has not collapsed completely",
            .check = same_angles,
            .reading = "said of two groups; tried with any number of groups, pairs within one being compared",
            .demands = same_demands,
        },
    };
}

std::vector<Claim> corollary4_claims() {
    return {
        {
            .id = "cor4.threshold",
            .source = "Corollary 4",
            .statement = R"(n_k \le N^2\frac{K}{K-1}\lambda_W\lambda_H \iff h_k = 0)",
            .domain = enough_coordinates,
            .check = threshold,
        },
        {
            .id = "cor4.equal",
            .source = "Corollary 4",
            .statement = R"(n_k, n_{k'} \le N^2\frac{K}{K-1}\lambda_W\lambda_H \implies w_k = w_{k'})",
            .domain = "at least two classes at or below their threshold",
            .check = shared_classifier,
            .demands = without(whole_domain(), {none_collapsed(), two_classes()}),
        },
        {
            .id = "cor4.minority",
            .source = "Corollary 4 (17)",
            .statement =
                R"(h_{minor} = 0 \iff R = \frac{n_A}{n_B} \ge \frac{1}{K_A}\left(\frac{K-1}{N K\lambda_W\lambda_H} - K_B\right))",
            .domain = two_counts,
            .check = minority_collapse,
            .reading =
                "the paper says that (17) suffices and calls the threshold exact; "
                "tried in both directions, with R > 1 and collapse meaning h_k = 0 for the classes of the "
                "smaller count",
            .demands = two_group_domain(),
        },
        {
            .id = "cor4.complete",
            .source = "Corollary 4 (18)",
            .statement = R"(\frac{N^2}{n_{\max}} \ge \frac{K-1}{K\lambda_W\lambda_H} \implies (W,H) = (0,0))",
            .domain = "configurations of any counts that satisfy the condition, d >= K",
            .check = complete_collapse,
            .reading = "n_A is the largest count, whatever the number of groups",
            .demands = {{two_classes(), 0.02},
                        {balanced(), 0.04},
                        {two_groups(), 0.05},
                        {at_threshold(), 0.02},
                        {spare_coordinates(), 0.20}},
        },
    };
}

}  // namespace ncverify::properties
