// Beyond the paper: the dual bound, the gap's identity, and how many coordinates a minimiser needs.
#include <cmath>

#include "certificates/check.hpp"
#include "certificates/gap_terms.hpp"
#include "properties/claims/domains.hpp"
#include "properties/claims/dual_points.hpp"
#include "properties/claims/groups.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

constexpr const char* any_dimension_text = "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= 1";

// Every second case: a point costs K exponentials per column.
bool tried(const Case& subject, std::uint64_t part) {
    return split_seed(subject.key.seed, part) % 2 == 0;
}

// The best slopes, all of them a little beyond their limits: beta^2 n > c^2, although beta < 1 for classes
// above the threshold.
std::vector<Rational> too_steep(const Configuration& configuration) {
    constexpr long digits = 30;
    std::vector<Rational> slopes = certificates::best_slopes(configuration, digits);
    for (std::size_t k = 0; k < slopes.size(); ++k) {
        if (theory::collapsed(configuration, static_cast<long>(k))) {
            slopes[k] = 1 + configuration.c_squared() / configuration.counts[k];
        } else {
            slopes[k] *= Rational(1'000'001, 1'000'000);
        }
    }
    return slopes;
}

Observation dual_bound(const Case& subject) {
    if (!tried(subject, 0xb0)) {
        return {};
    }
    const Configuration& configuration = subject.configuration();
    Comparison comparison(subject);
    const SampledPoint point = sampled_point(subject, 0xb1);
    comparison.exact("feasible slopes", certificates::infeasible_slope(configuration, point.slopes).empty(),
                     "a slope within its limits is refused");
    comparison.exact(
        "infeasible slopes",
        !certificates::infeasible_slope(configuration, subject.drawn(too_steep(configuration))).empty(),
        "a slope beyond its limit is let through");
    const Enclosure loss =
        objective(configuration, point.columns, point.point.classifier, point.point.features);
    comparison.at_most("D(beta) and L0(W,H)", subject.dual_value(configuration, point.slopes), loss, loss);
    return comparison.observation();
}

Observation identity(const Case& subject) {
    if (!tried(subject, 0xb2)) {
        return {};
    }
    const Configuration& configuration = subject.configuration();
    Comparison comparison(subject);
    const SampledPoint point = sampled_point(subject, 0xb3);
    const Enclosure loss =
        objective(configuration, point.columns, point.point.classifier, point.point.features);
    const certificates::GapTerms terms = subject.gap_terms(point.columns, point.slopes, point.point);
    comparison.equal("L0(W,H) - D(beta), and the sum of the five terms,",
                     loss - subject.dual_value(configuration, point.slopes), terms.sum(), loss);
    for (const auto& [name, term] :
         {std::pair{"logits term", &terms.logits}, std::pair{"classifier term", &terms.classifier},
          std::pair{"orthogonality term", &terms.orthogonality},
          std::pair{"within-class term", &terms.within_class},
          std::pair{"collapsed classes' term", &terms.collapsed}}) {
        comparison.at_most(std::string("zero and the ") + name, Enclosure(0), *term, loss);
    }
    if (configuration.dimension >= configuration.classes()) {
        // Each term is at most the gap, of which this is the certified bound for every global minimiser.
        comparison.zero("every term at every global minimiser", subject.bounds().gap(),
                        subject.bounds().minimum());
    }
    Observation observation = comparison.observation();
    observation.slack.reset();  // the terms are squares: nothing to walk towards
    return observation;
}

// D at beta_k = min(c/sqrt(n_k), (K-1)/K), which is log K for classes at or below the threshold.
Enclosure best_dual_value(const Configuration& configuration) {
    const Enclosure classes(configuration.classes()), one(1);
    Enclosure sum(0);
    for (const Group& group : groups(configuration)) {
        Enclosure bracket = log(classes);
        if (!group.collapsed) {
            const Enclosure beta = sqrt(from_rational<Enclosure>(configuration.c_squared() / group.count));
            bracket = -(one - beta) * log1p(-beta) - beta * log(beta / (classes - one));
        }
        sum += Enclosure(static_cast<long>(group.count)) * Enclosure(group.size()) * bracket;
    }
    return sum / from_rational<Enclosure>(Rational(configuration.samples()));
}

Observation dual_gap(const Case& subject) {
    Comparison comparison(subject);
    const Enclosure best = best_dual_value(subject.configuration());
    comparison.equal("global minimum, and D at the best slopes,", subject.bounds().minimum(), best, best);
    return comparison.observation();
}

// With fewer coordinates than classes above the threshold: suppose a point within 10^-digits of D. Its gap
// implies bounds on the norms of the class means (below) and on their products (above). Of d + 1 non-negative
// vectors two have their largest entry in one coordinate, and these have h.h' >= ||h|| ||h'|| / d. Where the
// bounds exclude that, the supposed point does not exist, and as the minimum is attained it is higher.
Observation too_few_coordinates(const Case& subject, const std::vector<long>& alive) {
    const Configuration& configuration = subject.configuration();
    Comparison comparison(subject);
    const long digits = resolved_digits();
    const std::vector<Rational> slopes = certificates::best_slopes(configuration, digits);
    Integer power = 1;
    mpz_ui_pow_ui(power.backend().data(), 10, static_cast<unsigned long>(digits));
    const Enclosure supposed = best_dual_value(configuration) *
                               (Enclosure(1) + from_rational<Enclosure>(Rational(Integer(1), power)));
    const certificates::ImpliedBounds implied = subject.implications(
        configuration, slopes, supposed.upper(), subject.dual_value(configuration, slopes));
    const Enclosure dimension(static_cast<long>(configuration.dimension));
    for (const long k : alive) {
        for (const long j : alive) {
            if (j >= k) {
                break;
            }
            const std::string name =
                "h_" + std::to_string(j + 1) + " and h_" + std::to_string(k + 1) + " in one coordinate";
            const Enclosure lengths = sqrt(implied.classes[static_cast<std::size_t>(k)].feature_norm_squared *
                                           implied.classes[static_cast<std::size_t>(j)].feature_norm_squared);
            if (certainly_less(dimension * implied.feature_inner(k, j).upper(), lengths)) {
                comparison.exact(name, true, "");
            } else {
                comparison.undecided(name);
            }
        }
    }
    return comparison.observation();
}

Observation dimension_needed(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    std::vector<long> alive;
    for (long k = 0; k < configuration.classes(); ++k) {
        if (!theory::collapsed(configuration, k)) {
            alive.push_back(k);
        }
    }
    return configuration.dimension < static_cast<long long>(alive.size())
               ? too_few_coordinates(subject, alive)
               : dual_gap(subject);
}

// In class j's coordinate i (of any point whose gap is g) v_m = kappa (K delta_mj - 1) beta_j n_j h_ji, so
// dL/dh_ki = (n_k/N)(sum_m P_mk w_mi - w_ki) = (n_k/N) K kappa beta_j n_j P_jk h_ji up to twice the
// classifier defect: coefficients are compared, and the rest is zero.
Observation multipliers(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    Comparison comparison(subject);
    const MinimiserBounds bounds = subject.bounds();
    const Enclosure K(configuration.classes()), others = K - Enclosure(1);
    const Enclosure q = classifier_factor(configuration);
    const Enclosure kappa =
        Enclosure(1) /
        from_rational<Enclosure>(Rational((configuration.classes() - 1) * configuration.samples()) *
                                 configuration.lambda_w);
    std::vector<Enclosure> certified, claimed;  // P_jk, and p_k
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        const Enclosure other = exp(bounds.logit_other(k)), own = exp(bounds.logit_own(k));
        certified.push_back(other / (own + others * other));
        const Enclosure odds = exp(-subject.closed_form().classes[k].margin);
        claimed.push_back(odds / (Enclosure(1) + others * odds));
    }
    for (std::size_t j = 0; j < configuration.counts.size(); ++j) {
        if (theory::collapsed(configuration, static_cast<long>(j))) {
            continue;
        }
        const Enclosure steep = q * root_count(configuration, j);
        const Enclosure weight =
            kappa * bounds.slopes()[j] * Enclosure(static_cast<long>(configuration.counts[j]));
        const Enclosure length = sqrt(bounds.feature_norm_squared(j));
        comparison.zero("distance of W from V(H) in the coordinates of class " + std::to_string(j + 1),
                        Enclosure(2) * bounds.classifier_defect(), steep * length);
        for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
            if (k != j) {
                comparison.equal("multiplier of class " + std::to_string(k + 1) +
                                     " in a coordinate of class " + std::to_string(j + 1) +
                                     ", over n_k/N K h_ji,",
                                 weight * certified[k], claimed[k] * steep, steep);
            }
        }
    }
    return comparison.observation();
}

}  // namespace

Claim weighted_identity_claim() {
    return {
        .id = "weights.identity",
        .source = "ours",
        .statement =
            R"(L_0(W,H) - D(\beta) = \text{logits} + \text{classifier} + \text{orthogonality} + \text{within-class} + \text{collapsed},\ \text{each} \ge 0,\ \text{all } 0 \text{ at every global minimiser (with weights)})",
        .domain = any_dimension_text,
        .kind = Kind::extension,
        .check = identity,
        .any_instance = true,
        .families = unweighted_instances | weighted_instances,
        .reading =
            "random points and slopes; the last part for d >= K, by the certified gap; omega_k before the "
            "bracket of the logits term, omega_m beta_m for beta_m in the others",
        .demands = weighted_domain(),
    };
}

std::vector<Claim> beyond_claims() {
    std::vector<Demand> any_dimension = whole_domain();
    any_dimension.push_back({few_coordinates(), 0.03});
    return {
        {
            .id = "beyond.dual.bound",
            .source = "ours",
            .statement = R"(L_0(W,H) \ge D(\beta), \quad 0 \le \beta_k < 1,\ \beta_k^2 n_k \le c^2)",
            .domain = any_dimension_text,
            .kind = Kind::extension,
            .check = dual_bound,
            .any_instance = true,
            .reading = "random points and slopes, near the minimum and far from it",
            .demands = any_dimension,
        },
        {
            .id = "beyond.identity",
            .source = "ours",
            .statement =
                R"(L_0(W,H) - D(\beta) = \text{logits} + \text{classifier} + \text{orthogonality} + \text{within-class} + \text{collapsed},\ \text{each} \ge 0,\ \text{all } 0 \text{ at every global minimiser})",
            .domain = any_dimension_text,
            .kind = Kind::extension,
            .check = identity,
            .any_instance = true,
            .reading = "random points and slopes; the last part for d >= K, by the certified gap",
            .demands = any_dimension,
        },
        {
            .id = "beyond.dual.gap",
            .source = "ours",
            .statement = R"(\min L_0 = D(\beta), \quad \beta_k = \min(c/\sqrt{n_k}, (K-1)/K))",
            .domain = enough_coordinates,
            .kind = Kind::extension,
            .check = dual_gap,
        },
        {
            .id = "beyond.dimension",
            .source = "ours",
            .statement =
                R"(d \ge \#\{k : M_k > 0\} \iff \min L_0 = D(\beta),\ \text{else } \min L_0 > D(\beta))",
            .domain = any_dimension_text,
            .kind = Kind::extension,
            .check = dimension_needed,
            .any_instance = true,
            .reading = "the best slopes; with enough coordinates the solver's certified minimum, "
                       "with fewer a proof that no point comes within 10^-digits of D",
            .demands = any_dimension,
        },
        {
            .id = "beyond.multipliers",
            .source = "ours",
            .statement =
                R"(\frac{\partial L}{\partial h_{k,i}} = \frac{n_k}{N}\, p_k K q \sqrt{n_j}\, h_{j,i},\ p_k = \frac{e^{-M_k}}{1+(K-1)e^{-M_k}},\ q = \frac{\sqrt{\lambda_H/\lambda_W}}{\sqrt{K(K-1)}},\ i \text{ owned by } j \ne k)",
            .domain = "class-means form, at every global minimiser, d >= K, some class above its threshold",
            .kind = Kind::extension,
            .check = multipliers,
            .demands = without(whole_domain(), {all_collapsed()}),
        },
    };
}

}  // namespace ncverify::properties
