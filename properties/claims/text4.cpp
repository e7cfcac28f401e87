// What section 4 says in prose after Theorem 1: the shape of the features and of the logits.
#include <set>

#include "properties/claims/domains.hpp"
#include "properties/claims/groups.hpp"
#include "properties/claims/minimiser_checks.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

// Non-negative vectors are orthogonal exactly where their supports are disjoint. Every global minimiser has
// products as small as its certificate says; the solver's own point shows the supports themselves.
Observation orthogonal_frame(const Case& subject) {
    Comparison comparison(subject);
    check_orthogonality(subject, comparison);
    const PointInvariants* found = subject.found();
    if (!subject.certified() || found == nullptr) {
        comparison.undecided("the supports of the features");
        return comparison.observation();
    }
    std::set<Eigen::Index> used;
    for (Eigen::Index k = 0; k < found->means().cols(); ++k) {
        for (Eigen::Index i = 0; i < found->means().rows(); ++i) {
            const Enclosure& entry = found->means()(i, k);
            if (!is_exact_zero(entry)) {
                const std::string coordinate = "coordinate " + std::to_string(i + 1);
                comparison.exact("sign in " + coordinate, !certainly_negative(entry),
                                 coordinate + " is negative");
                comparison.exact("owner of " + coordinate, used.insert(i).second,
                                 coordinate + " is used by two classes");
            }
        }
    }
    return comparison.observation();
}

// Z = t S with t > 0 would make the own logits of all classes equal.
Observation not_seli(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    const std::vector<Group> sorted = groups(configuration);
    if (sorted.size() < 2) {
        return {};
    }
    Comparison comparison(subject);
    const char* name = "own logits of a smallest and a largest class";
    if (completely_collapsed(configuration)) {
        for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
            comparison.zero("own logit", subject.bounds().logit_own(k), Enclosure(1));
        }
        return comparison.observation();
    }
    const auto largest = static_cast<std::size_t>(sorted.back().members[0]);
    const Enclosure own_small =
        subject.bounds().logit_own(static_cast<std::size_t>(sorted.front().members[0]));
    const Enclosure own_large = subject.bounds().logit_own(largest);
    const Enclosure apart = abs(own_large - own_small);
    comparison.below(name, Enclosure(0), apart, margin_scale(subject, largest));
    return comparison.observation();
}

// M/sqrt(n) as a function of n turns where log((K-1)(r-1)) = r/(r-1), r = sqrt(n)/c: left minus right rises
// in r, so halving an interval that holds the root encloses it. In samples: n = c^2 r^2.
Enclosure turning_point(const Configuration& configuration) {
    const Enclosure others(configuration.classes() - 1), one(1);
    const auto rising = [&](const Enclosure& r) { return log(others * (r - one)) - r / (r - one); };
    Enclosure low = one + one / others, high = low;  // M = 0 at `low`
    do {
        high *= Enclosure(2);
    } while (!certainly_positive(rising(high)));
    for (int step = 0; step < 60; ++step) {
        const Enclosure middle = ((low + high) / Enclosure(2)).midpoint(), value = rising(middle);
        if (contains_zero(value)) {
            break;
        }
        (certainly_positive(value) ? high : low) = middle;
    }
    const Enclosure root = Enclosure::hull(low, high);
    return from_rational<Enclosure>(configuration.c_squared()) * root * root;
}

// A witness: two classes, both above the threshold, of which the larger has certainly the longer mean.
Observation longer_mean(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    const std::vector<Group> sorted = groups(configuration);
    for (std::size_t g = 0; g + 1 < sorted.size(); ++g) {
        if (sorted[g].collapsed) {
            continue;
        }
        const auto norm = [&](const Group& group) {
            return subject.bounds().feature_norm_squared(static_cast<std::size_t>(group.members[0]));
        };
        const Enclosure smaller = norm(sorted[g]), larger = norm(sorted[g + 1]);
        if (certainly_less(smaller, larger)) {
            Comparison comparison(subject);
            comparison.exact("||h||^2", true, "");
            constexpr long shown = 15;
            comparison.show("samples of the smaller class", std::to_string(sorted[g].count));
            comparison.show("its squared feature norm", smaller.text(shown));
            comparison.show("samples of the larger class", std::to_string(sorted[g + 1].count));
            comparison.show("its squared feature norm, longer", larger.text(shown));
            comparison.show("M/sqrt(n) rises below n =", turning_point(configuration).text(shown));
            return comparison.observation();
        }
    }
    return {};
}

}  // namespace

std::vector<Claim> text4_claims() {
    return {
        {
            .id = "text4.gof",
            .source = "after Theorem 1",
            .statement = R"(h_k^\top h_l = 0,\ k \ne l, \quad h_k \ge 0: \text{ disjoint supports (GOF)})",
            .domain = enough_coordinates,
            .check = orthogonal_frame,
            .reading = "lengths may differ but need not; zero vectors are orthogonal to all",
        },
        {
            .id = "text4.seli",
            .source = "after Theorem 1",
            .statement =
                R"(Z = W H \ne t\,(I_K - \tfrac{1}{K} 1_K 1_K^\top) \text{ for every } t > 0 \text{ (class means)})",
            .domain = "counts that are not all equal, lambda_W, lambda_H > 0, d >= K",
            .check = not_seli,
            .reading = "the SELI geometry is the matrix up to a positive factor; "
                       "Z = 0, in complete collapse, does not have it (with a factor zero allowed, "
                       "complete collapse would be a counterexample)",
            .demands = without(whole_domain(), {balanced()}),
        },
    };
}

std::vector<Claim> feature_monotone_claims() {
    return {
        {
            .id = "text41.feature.monotone",
            .source = "after Corollary 2",
            .statement = R"(\text{for some configuration } n_i > n_j \text{ and } \|h_i\| > \|h_j\| > 0)",
            .domain = "some K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K",
            .check = longer_mean,
            .reading = "witnesses with h_j = 0 are not counted",
            .existence = true,
            .demands = {},
        },
    };
}

}  // namespace ncverify::properties
