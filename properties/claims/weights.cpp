// Beyond the paper: class weights. Theorem 1, Proposition 1 and Corollary 4 with omega_k (docs/model.md,
// Class weights), and what they say of the usual choices.
#include "certificates/check.hpp"
#include "properties/claims/minimiser_checks.hpp"
#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

constexpr unsigned all_weights = unweighted_instances | weighted_instances;
constexpr const char* weighted_problem =
    "every K >= 2, counts >= 1, weights > 0, lambda_W, lambda_H > 0, d >= K; all weights 1 included";

Enclosure omega(const Configuration& configuration, std::size_t k) {
    return configuration.weighted() ? weight_value<Enclosure>(configuration.weights[k]) : Enclosure(1);
}

// Whether class k is at or below its threshold: omega_k^2 n_k <= N^2 K/(K-1) lW lH, in rationals.
bool collapses(const Configuration& configuration, std::size_t k) {
    const Integer total = configuration.samples();
    const Rational limit =
        Rational(total * total * configuration.classes(), Integer(configuration.classes() - 1)) *
        configuration.lambda_w * configuration.lambda_h;
    const Rational squared = configuration.weighted() ? configuration.weights[k].squared : Rational(1);
    return squared * configuration.counts[k] <= limit;
}

// D at beta_k = min(c/(omega_k sqrt(n_k)), (K-1)/K), which is log K for classes at or below the threshold.
Enclosure best_dual_value(const Configuration& configuration) {
    const Enclosure classes(configuration.classes()), one(1);
    Enclosure sum(0);
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        const Enclosure count(static_cast<long>(configuration.counts[k])), weight = omega(configuration, k);
        Enclosure bracket = log(classes);
        if (!collapses(configuration, k)) {
            const Enclosure beta =
                sqrt(from_rational<Enclosure>(configuration.c_squared() / configuration.counts[k])) / weight;
            bracket = -(one - beta) * log1p(-beta) - beta * log(beta / (classes - one));
        }
        sum += weight * count * bracket;
    }
    return sum / from_rational<Enclosure>(Rational(configuration.samples()));
}

Observation minimum(const Case& subject) {
    Comparison comparison(subject);
    const Enclosure best = best_dual_value(subject.configuration()), found = subject.bounds().minimum();
    comparison.equal("global minimum, and D at the best slopes,", found, best, best);
    comparison.equal("global minimum, and the closed form's loss,", found, subject.closed_form().minimum_loss,
                     best);
    return comparison.observation();
}

Observation structure(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    Comparison comparison(subject);
    check_orthogonality(subject, comparison);
    check_feature_norms(subject, comparison);
    check_closed_form_relation(subject, comparison);
    check_logits(subject, comparison);
    check_margins(subject, comparison);
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        comparison.zero(of_class("spread of the features in every form", k),
                        subject.bounds().within_class_spread(k), sqrt(squared_length_scale(subject, k)));
    }
    // Every sixteenth: a minimiser in N feature vectors costs more than one in K.
    if (configuration.weighted() && split_seed(subject.key.seed, 0xa1) % 16 == 0) {
        check_equal_features(subject, few_samples(configuration), comparison);
    }
    Observation observation = comparison.observation();
    observation.slack.reset();
    return observation;
}

Observation collapse(const Case& subject) {
    Comparison comparison(subject);
    for (std::size_t k = 0; k < subject.configuration().counts.size(); ++k) {
        check_collapse(subject, comparison, static_cast<long>(k), collapses(subject.configuration(), k));
    }
    Observation observation = comparison.observation();
    observation.slack.reset();
    return observation;
}

Observation classifiers(const Case& subject) {
    Comparison comparison(subject);
    check_classifier_norms(subject, comparison);
    check_classifier_products(subject, comparison);
    check_classifier_cosines(subject, comparison);
    return comparison.observation();
}

// omega_k^2 n_k is the same for all classes.
Observation inverse_root(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    if (!weights_inverse_root().contains(configuration)) {
        return {};
    }
    Comparison comparison(subject);
    for (std::size_t k = 1; k < configuration.counts.size(); ++k) {
        comparison.equal(of_class("margin", k) + ", against class 1,", subject.bounds().margin(k),
                         subject.bounds().margin(0), margin_scale(subject, 0));
        comparison.exact(of_class("collapse", k), collapses(configuration, k) == collapses(configuration, 0),
                         "one class collapses and another does not");
    }
    const bool all = collapses(configuration, 0);
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        check_collapse(subject, comparison, static_cast<long>(k), all);
    }
    Observation observation = comparison.observation();
    observation.slack.reset();
    return observation;
}

// omega_k n_k is the same for all classes: the larger class has the smaller margin and collapses first.
Observation inverse(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    if (!weights_inverse().contains(configuration)) {
        return {};
    }
    Comparison comparison(subject);
    const auto& counts = configuration.counts;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        for (std::size_t k = 0; k < counts.size(); ++k) {
            if (counts[i] <= counts[k]) {
                continue;
            }
            const std::string name = "margins of class " + std::to_string(i + 1) + " and the smaller class " +
                                     std::to_string(k + 1);
            comparison.exact("collapse of " + name,
                             collapses(configuration, i) || !collapses(configuration, k),
                             "a smaller class collapses before a larger one");
            if (collapses(configuration, k)) {
                comparison.at_most(name + ", both zero,", subject.bounds().margin(i),
                                   subject.bounds().margin(k), margin_scale(subject, k));
            } else {
                comparison.below(name, subject.bounds().margin(i), subject.bounds().margin(k),
                                 margin_scale(subject, k));
            }
        }
    }
    Observation observation = comparison.observation();
    observation.slack.reset();
    return observation;
}

// The weights that the certified margins ask for are those that the problem has.
Observation design(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    Comparison comparison(subject);
    bool any = false;
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        if (collapses(configuration, k)) {
            continue;  // M_k = 0: many weights do that
        }
        any = true;
        const Enclosure c_over_root =
            sqrt(from_rational<Enclosure>(configuration.c_squared() / configuration.counts[k]));
        const Enclosure asked = c_over_root * (Enclosure(1) + exp(subject.bounds().margin(k)) /
                                                                  Enclosure(configuration.classes() - 1));
        comparison.equal(of_class("weight for the margin", k), asked, omega(configuration, k),
                         omega(configuration, k));
    }
    return any ? comparison.observation() : Observation{};
}

// What they say of the usual choices.
std::vector<Claim> usual_choices() {
    return {
        {
            .id = "weights.inverse.sqrt",
            .source = "ours",
            .statement =
                R"(\omega_k \propto 1/\sqrt{n_k} \implies M_1 = \dots = M_K, \text{ and all classes collapse at once})",
            .domain =
                "omega_k^2 n_k the same for all classes; every K >= 2, counts >= 1, lambda_W, lambda_H > 0, "
                "d >= K",
            .kind = Kind::extension,
            .check = inverse_root,
            .families = weighted_instances,
            .demands = {{none_collapsed(), 0.05}, {all_collapsed(), 0.05}},
        },
        {
            .id = "weights.inverse",
            .source = "ours",
            .statement =
                R"(\omega_k \propto 1/n_k,\ n_i > n_k \implies M_i \le M_k,\ M_i < M_k \text{ where } M_k > 0: \text{ the largest class collapses first})",
            .domain =
                "omega_k n_k the same for all classes; every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K",
            .kind = Kind::extension,
            .check = inverse,
            .families = weighted_instances,
            .demands = {{none_collapsed(), 0.05}, {some_collapsed(), 0.05}},
        },
    };
}

// What is the paper's, with weights.
std::vector<Claim> theorem_with_weights() {
    const auto demands = weighted_domain();
    return {
        {
            .id = "weights.minimum",
            .source = "ours",
            .statement =
                R"(\min_{W, H \ge 0} \tfrac1N\sum_k \omega_k \sum_i CE(W h_{k,i}, k) + \tfrac{\lambda_W}{2}\|W\|^2 + \tfrac{\lambda_H}{2}\|H\|^2 = D(\beta),\ \beta_k = \min\Big(\frac{c}{\omega_k\sqrt{n_k}}, \frac{K-1}{K}\Big))",
            .domain = weighted_problem,
            .kind = Kind::extension,
            .check = minimum,
            .families = all_weights,
            .reading =
                "D(beta) = (1/N) sum_k omega_k n_k bracket_k; and the loss of the closed form with weights",
            .demands = demands,
        },
        {
            .id = "weights.structure",
            .source = "ours, Theorem 1 with weights",
            .statement =
                R"(\text{(a)-(e) of Theorem 1 with } M_k = \max\Big(0, \log\big((K-1)(\omega_k\sqrt{n_k}/c - 1)\big)\Big) \text{ at every global minimiser})",
            .domain = weighted_problem,
            .kind = Kind::extension,
            .check = structure,
            .families = all_weights,
            .reading =
                "(a) by the bound that holds in the samples form too, and in every sixteenth weighted case "
                "on a minimiser with a feature vector for each of at most 4 samples a class",
            .demands = demands,
        },
        {
            .id = "weights.collapse",
            .source = "ours, Corollary 4 with weights",
            .statement = R"(h_k = 0 \iff \omega_k^2 n_k \le N^2\frac{K}{K-1}\lambda_W\lambda_H)",
            .domain = weighted_problem,
            .kind = Kind::extension,
            .check = collapse,
            .families = all_weights,
            .demands = demands,
        },
        {
            .id = "weights.classifiers",
            .source = "ours, Proposition 1 with weights",
            .statement =
                R"(\|w_k\|^2, w_k^\top w_j, \cos(w_k,w_j) \text{ as in Proposition 1, with the weighted } M_k)",
            .domain = weighted_problem,
            .kind = Kind::extension,
            .check = classifiers,
            .families = all_weights,
            .demands = demands,
        },
        weighted_identity_claim(),
        {
            .id = "weights.design",
            .source = "ours",
            .statement =
                R"(\omega_k = \frac{c}{\sqrt{n_k}}\Big(1 + \frac{e^{m_k}}{K-1}\Big) \implies M_k = m_k > 0)",
            .domain = weighted_problem,
            .kind = Kind::extension,
            .check = design,
            .families = all_weights,
            .reading =
                "read backwards: the weights of the problem are those that the certified margins ask for, "
                "class by class above the threshold; the map is strictly monotone",
            .demands = demands,
        },
    };
}

}  // namespace

std::vector<Claim> weights_claims() {
    std::vector<Claim> claims = theorem_with_weights();
    const std::vector<Claim> choices = usual_choices();
    claims.insert(claims.end() - 1, choices.begin(), choices.end());  // the design last
    return claims;
}

}  // namespace ncverify::properties
