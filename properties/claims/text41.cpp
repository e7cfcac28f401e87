// What section 4.1 says in prose of the classifiers' norms and cosines, on the closed form.
#include "properties/claims/domains.hpp"
#include "properties/claims/groups.hpp"
#include "properties/claims/names.hpp"
#include "properties/claims/sections.hpp"
#include "theory/exact_values.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

Observation balanced_cosines(const Case& subject) {
    const Configuration configuration = balanced_neighbour(subject.configuration());
    if (completely_collapsed(configuration)) {
        return {};
    }
    Comparison comparison(subject);
    const theory::ClosedForm form = subject.theorem(configuration);
    const Enclosure claimed = Enclosure(-1) / Enclosure(configuration.classes() - 1);
    for (long k = 0; k < configuration.classes(); ++k) {
        for (long j = 0; j < k; ++j) {
            comparison.equal("cosine of " + classifier_names(j, k), form.classifier_cosine(k, j).value(),
                             claimed, Enclosure(1));
        }
    }
    return comparison.observation();
}

enum class Direction { rising, falling };

// The norm does not fall with the count, or does not rise; exact ties are no exception to either.
template <Direction Way>
Observation norm_order(const Case& subject) {
    Comparison comparison(subject);
    const auto& form = subject.closed_form();
    for (const auto& [small, large, tied] : neighbours(groups(subject.configuration()))) {
        const std::string name = "squared norms of " + classifier_names(small, large);
        if (tied) {
            comparison.exact(name, true, "");
            continue;
        }
        const Enclosure below = form.classifier_inner(small, small),
                        above = form.classifier_inner(large, large);
        if (Way == Direction::rising) {
            comparison.at_most(name, below, above, above);
        } else {
            comparison.at_most(name, above, below, above);
        }
    }
    return comparison.observation();
}

// The larger class has the larger norm, strictly exactly where K >= 3 and it has not collapsed.
Observation norm_rising_corrected(const Case& subject) {
    Comparison comparison(subject);
    const auto& form = subject.closed_form();
    for (const auto& [small, large, tied] : neighbours(groups(subject.configuration()))) {
        const std::string name = "squared norms of " + classifier_names(small, large);
        const Enclosure below = form.classifier_inner(small, small),
                        above = form.classifier_inner(large, large);
        if (tied) {
            comparison.equal(name, below, above,
                             completely_collapsed(subject.configuration()) ? Enclosure(1) : above);
        } else {
            comparison.below(name, below, above, above);
        }
    }
    return comparison.observation();
}

/// Two classes of neighbouring counts, n_small < n_large, and a third.
struct Triple {
    long small, large, third;
    bool tied;  ///< both of the first two collapsed: their cosines with the third are equal exactly
};

// Classes of one count are interchangeable, so one of each count stands for all, a second one where the third
// class has the same count. Neighbouring counts suffice for an order.
std::vector<Triple> triples(const Configuration& configuration) {
    const std::vector<Group> sorted = groups(configuration);
    std::vector<Triple> result;
    for (const Group& third : sorted) {
        std::vector<std::size_t> others;
        for (std::size_t g = 0; g < sorted.size(); ++g) {
            if (&sorted[g] != &third || third.size() > 1) {
                others.push_back(g);
            }
        }
        for (std::size_t a = 0; a + 1 < others.size(); ++a) {
            const Group &small = sorted[others[a]], &large = sorted[others[a + 1]];
            result.push_back({.small = small.members[&small == &third ? 1 : 0],
                              .large = large.members[&large == &third ? 1 : 0],
                              .third = third.members[0],
                              .tied = large.collapsed});
        }
    }
    return result;
}

std::string cosine_names(const Triple& triple) {
    return "cosines of " + classifier_names(triple.large, triple.third) + ", and of " +
           classifier_names(triple.small, triple.third);
}

// Where one count only is above the threshold, cosines can be rational and equal (K = 6 with three classes
// above it).
bool rational_tie(const Configuration& configuration, const Triple& triple) {
    const auto large = theory::rational_cosine(configuration, triple.large, triple.third);
    return large && large == theory::rational_cosine(configuration, triple.small, triple.third);
}

Observation cosine_decreasing(const Case& subject) {
    if (completely_collapsed(subject.configuration())) {
        return {};
    }
    Comparison comparison(subject);
    const auto& form = subject.closed_form();
    for (const Triple& triple : triples(subject.configuration())) {
        const std::string name = cosine_names(triple);
        if (triple.tied || rational_tie(subject.configuration(), triple)) {
            comparison.exact(name, true, "");
            continue;
        }
        comparison.at_most(name, form.classifier_cosine(triple.large, triple.third).value(),
                           form.classifier_cosine(triple.small, triple.third).value(), Enclosure(1));
    }
    return comparison.observation();
}

// As a function of a_i = sqrt(n_i) M_i, the others' sum S - a_i fixed or not, only S and a_j enter:
// (S - K(a_i + a_j)) / sqrt(K(K-2) a_i + S) falls exactly where (K-2)(a_j - a_i) < S.
Observation cosine_corrected(const Case& subject) {
    if (completely_collapsed(subject.configuration())) {
        return {};
    }
    Comparison comparison(subject);
    const auto& form = subject.closed_form();
    const Enclosure factor(subject.configuration().classes() - 2);
    for (const Triple& triple : triples(subject.configuration())) {
        const std::string name = cosine_names(triple);
        const auto rising = [&](long i) {
            return factor * (form.weights[static_cast<std::size_t>(triple.third)] -
                             form.weights[static_cast<std::size_t>(i)]);
        };
        const Enclosure large = form.classifier_cosine(triple.large, triple.third).value(),
                        small = form.classifier_cosine(triple.small, triple.third).value();
        if (triple.tied) {
            comparison.equal(name, large, small, Enclosure(1));
        } else if (certainly_at_most(rising(triple.small), form.weight_sum)) {
            comparison.below(name, large, small, Enclosure(1));
        } else if (certainly_at_most(form.weight_sum, rising(triple.large))) {
            comparison.below(name, small, large, Enclosure(1));
        }
    }
    return comparison.observation();
}

std::vector<Demand> differing_counts() {
    return without(whole_domain(), {balanced()});
}

}  // namespace

std::vector<Claim> text41_claims() {
    const char* third =
        "three classes i, k, j, not all of the configuration collapsed; lambda_W, lambda_H > 0";
    const auto cosine_demands = without(whole_domain(), {balanced(), two_classes(), all_collapsed()});
    return {
        {
            .id = "text41.balanced",
            .source = "after Proposition 1",
            .statement = R"(n_1 = \dots = n_K \implies \cos(w_k,w_j) = -\frac{1}{K-1})",
            .domain = "balanced counts that have not collapsed, lambda_W, lambda_H > 0",
            .check = balanced_cosines,
            .reading =
                "unbalanced cases are tried with all counts set to the largest, lambda_H scaled so that "
                "T/n_max stays; in complete collapse no cosine is defined: not applicable",
            .demands = without(whole_domain(), {all_collapsed()}),
        },
        {
            .id = "text41.norm.decreasing",
            .source = "section 4.1, first paragraph",
            .statement = R"(n_i > n_k \implies \|w_i\| \le \|w_k\|)",
            .domain = any_counts,
            .check = norm_order<Direction::falling>,
            .reading =
                "'negatively correlated': of two classes the larger does not have the larger norm (the "
                "strict reading fails all the sooner)",
            .demands = differing_counts(),
        },
        {
            .id = "text41.norm.decreasing.corrected",
            .source = "ours, in place of section 4.1, first paragraph",
            .statement =
                R"(n_i > n_k \implies \|w_i\| \ge \|w_k\|,\ \text{equal exactly where } K = 2 \text{ or } M_i = 0)",
            .domain = any_counts,
            .kind = Kind::extension,
            .check = norm_rising_corrected,
            .reading =
                "by Proposition 1, ||w_k||^2 grows linearly in a_k = sqrt(n_k) M_k, with a factor K (K-2) "
                ">= 0, and a_k increases with n_k; after Proposition 1 the paper says so itself",
            .demands = differing_counts(),
        },
        {
            .id = "text41.cosine.decreasing",
            .source = "section 4.1, first paragraph",
            .statement = R"(n_i > n_k \implies \cos(w_i,w_j) \le \cos(w_k,w_j), \quad j \ne i,k)",
            .domain = third,
            .check = cosine_decreasing,
            .reading = "'negatively correlated': not larger; in complete collapse no cosine is defined: "
                       "not applicable",
            .demands = cosine_demands,
        },
        {
            .id = "text41.cosine.decreasing.corrected",
            .source = "ours, in place of section 4.1, first paragraph",
            .statement =
                R"(a_m = \sqrt{n_m}M_m,\ n_i > n_k,\ M_i > 0:\ (K-2)(a_j-a_k) \le \sum_m a_m \implies \cos(w_i,w_j) < \cos(w_k,w_j);\ (K-2)(a_j-a_i) \ge \sum_m a_m \implies \cos(w_i,w_j) > \cos(w_k,w_j))",
            .domain = third,
            .kind = Kind::extension,
            .check = cosine_corrected,
            .reading =
                "the cosine is S - K (a_i + a_j), S the sum of all a_m, over the two norms; "
                "where a_j dominates it is negative, and the growth of ||w_i|| with n_i outweighs that of "
                "the numerator, so that it rises; where M_i = M_k = 0 the cosines are equal",
            .demands = cosine_demands,
        },
        {
            .id = "text41.norm.increasing",
            .source = "after Proposition 1",
            .statement = R"(n_i > n_k \implies \|w_i\| \ge \|w_k\|)",
            .domain = any_counts,
            .check = norm_order<Direction::rising>,
            .reading = "'positively correlated': of two classes the larger does not have the smaller norm; "
                       "text41.norm.decreasing.corrected says where the norms are equal",
            .demands = differing_counts(),
        },
    };
}

}  // namespace ncverify::properties
