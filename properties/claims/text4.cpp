// What section 4 says in prose after Theorem 1: the shape of the features and of the logits.
#include <set>

#include "properties/claims/groups.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "properties/compare.hpp"

namespace ncverify::properties {

namespace {

// Non-negative vectors are orthogonal exactly where their supports are disjoint. Every global minimiser has
// products as small as its certificate says; the solver's own point shows the supports themselves.
Observation orthogonal_frame(const Case& subject) {
    Comparison comparison(subject);
    const Configuration& configuration = subject.key.configuration;
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        for (std::size_t j = 0; j < k; ++j) {
            const Enclosure scale = sqrt(feature_scale(configuration, k) * margin_scale(subject, k) *
                                         feature_scale(configuration, j) * margin_scale(subject, j));
            comparison.zero("h_" + std::to_string(k + 1) + " . h_" + std::to_string(j + 1),
                            subject.bounds().feature_inner(static_cast<long>(k), static_cast<long>(j)),
                            scale);
        }
    }
    const CertifiedSolution& solved = subject.solution();
    if (solved.solution.status != "certified") {
        comparison.undecided("the supports of the features");
        return comparison.observation();
    }
    std::set<long> used;
    for (const solvers::Feature& feature : solved.solution.minimizer.features) {
        const std::string name = "coordinate " + std::to_string(feature.coordinate + 1);
        comparison.exact(name, feature.value >= 0, "negative");
        comparison.exact(name, feature.value == 0 || used.insert(feature.coordinate).second,
                         "used by two classes");
    }
    return comparison.observation();
}

// Z = t S with t > 0 would make the own logits of all classes equal.
Observation not_seli(const Case& subject) {
    const Configuration& configuration = subject.key.configuration;
    const std::vector<Group> sorted = groups(configuration);
    if (sorted.size() < 2) {
        return {};
    }
    Comparison comparison(subject);
    const char* name = "own logits of a smallest and a largest class";
    if (completely_collapsed(configuration)) {
        for (const auto& bound : subject.bounds().classes) {
            comparison.zero("own logit", bound.logit_own, Enclosure(1));
        }
        return comparison.observation();
    }
    const auto largest = static_cast<std::size_t>(sorted.back().members[0]);
    const Enclosure& own_small =
        subject.bounds().classes[static_cast<std::size_t>(sorted.front().members[0])].logit_own;
    const Enclosure& own_large = subject.bounds().classes[largest].logit_own;
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
    const Configuration& configuration = subject.key.configuration;
    const std::vector<Group> sorted = groups(configuration);
    for (std::size_t g = 0; g + 1 < sorted.size(); ++g) {
        if (sorted[g].collapsed) {
            continue;
        }
        const auto norm = [&](const Group& group) {
            return subject.bounds().classes[static_cast<std::size_t>(group.members[0])].feature_norm_squared;
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
    const Kind claim = Kind::claim;
    const char* everywhere = "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K";
    return {
        {"text4.gof", "after Theorem 1",
         R"(h_k^\top h_l = 0,\ k \ne l, \quad h_k \ge 0: \text{ disjoint supports (GOF)})", everywhere, claim,
         orthogonal_frame, false, "lengths may differ but need not; zero vectors are orthogonal to all"},
        {"text4.seli", "after Theorem 1",
         R"(Z = W H \ne t\,(I_K - \tfrac{1}{K} 1_K 1_K^\top) \text{ for every } t > 0 \text{ (class means)})",
         "counts that are not all equal, lambda_W, lambda_H > 0, d >= K", claim, not_seli, false,
         "the SELI geometry is the matrix up to a positive factor; Z = 0, in complete collapse, does not "
         "have it (with a factor zero allowed, complete collapse would be a counterexample)",
         false, without(whole_domain(), {balanced()})},
    };
}

std::vector<Claim> feature_monotone_claims() {
    return {{"text41.feature.monotone",
             "after Corollary 2",
             R"(\text{for some configuration } n_i > n_j \text{ and } \|h_i\| > \|h_j\| > 0)",
             "some K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K",
             Kind::claim,
             longer_mean,
             false,
             "witnesses with h_j = 0 are not counted",
             true,
             {}}};
}

}  // namespace ncverify::properties
