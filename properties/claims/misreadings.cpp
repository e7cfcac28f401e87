// Misreadings: wrong formulas close to right ones. Each is a control that the suite must refute.
#include "properties/claims/minimiser_checks.hpp"
#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "properties/proof_terms.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

// c = N sqrt((K-1)/K) lW lH: the root over the first factor only, as scanned.
Observation constant_as_scanned(const Case& subject) {
    Comparison comparison(subject);
    const Configuration& configuration = subject.configuration();
    const Rational share(configuration.classes() - 1, configuration.classes());
    const Rational scanned_squared = Rational(configuration.samples() * configuration.samples()) * share *
                                     configuration.lambda_w * configuration.lambda_w *
                                     configuration.lambda_h * configuration.lambda_h;
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        const Enclosure ratio = sqrt(from_rational<Enclosure>(configuration.counts[k] / scanned_squared));
        const Enclosure argument = Enclosure(configuration.classes() - 1) * (ratio - Enclosure(1));
        const Enclosure margin = certainly_less(Enclosure(1), argument) ? log(argument) : Enclosure(0);
        comparison.equal(of_class("margin", k), subject.bounds().margin(k), margin, margin_scale(subject, k));
    }
    return comparison.observation();
}

// (9) with M_k inside the root.
Observation margin_inside_root(const Case& subject) {
    Comparison comparison(subject);
    for (std::size_t k = 0; k < subject.configuration().counts.size(); ++k) {
        const Enclosure scale = feature_scale(subject.configuration(), k);
        comparison.equal(of_class("squared feature norm", k), subject.bounds().feature_norm_squared(k),
                         scale * sqrt(subject.closed_form().classes[k].margin),
                         scale * margin_scale(subject, k));
    }
    return comparison.observation();
}

// (10) without the factors sqrt(n_k).
Observation relation_without_counts(const Case& subject) {
    Comparison comparison(subject);
    const Configuration& configuration = subject.configuration();
    const std::vector<Enclosure> column(configuration.counts.size(), classifier_factor(configuration));
    check_relation(subject, comparison, "distance of the classifier from (10) as misread", column);
    return comparison.observation();
}

// (11) with K and K-1 exchanged.
Observation logit_swapped(const Case& subject) {
    Comparison comparison(subject);
    const Enclosure K(subject.configuration().classes());
    for (std::size_t k = 0; k < subject.configuration().counts.size(); ++k) {
        comparison.equal(of_class("own logit", k), subject.bounds().logit_own(k),
                         K / (K - Enclosure(1)) * subject.closed_form().classes[k].margin,
                         margin_scale(subject, k));
    }
    return comparison.observation();
}

// Proposition 1 with the sum over all m, k included.
Observation norm_with_full_sum(const Case& subject) {
    Comparison comparison(subject);
    const Configuration& configuration = subject.configuration();
    const Enclosure p = classifier_factor(configuration) / Enclosure(configuration.classes());
    for (long k = 0; k < configuration.classes(); ++k) {
        const auto index = static_cast<std::size_t>(k);
        const Enclosure extra =
            p * root_count(configuration, index) * subject.closed_form().classes[index].margin;
        comparison.equal("squared norm of " + classifier_name(k), subject.bounds().classifier_inner(k, k),
                         subject.closed_form().classes[index].classifier_norm_squared + extra,
                         classifier_scale(subject));
    }
    return comparison.observation();
}

// (37) with lH/lW.
Observation c3_inverted(const Case& subject) {
    Comparison comparison(subject, "by the closed form");
    const ProofTerms terms = subject.terms();
    Enclosure features(0), classifiers(0);
    for (std::size_t k = 0; k < terms.counts.size(); ++k) {
        features += terms.counts[k] * subject.closed_form().classes[k].feature_norm_squared;
        classifiers += subject.closed_form().classes[k].classifier_norm_squared;
    }
    if (is_exact_zero(features)) {
        return {};
    }
    const Enclosure product = terms.classes * terms.others;
    const Enclosure misread = terms.lambda_h / terms.lambda_w * product;
    comparison.equal("c_3^2", product * features / classifiers, misread, misread);
    return comparison.observation();
}

// The last line of the chain before (40) with n_k x, as scanned.
Observation constant_with_count(const Case& subject) {
    Comparison comparison(subject, "as (27) defines it");
    Random random = subject.random(39);
    const ProofTerms terms = subject.terms();
    for (std::size_t k = 0; k < terms.counts.size(); ++k) {
        const Enclosure exponent = log_uniform(random, -6, 1);  // growth sqrt(n_k) x
        const Enclosure t = exp(exponent) / terms.others, one(1);
        comparison.equal(of_class("c_{2,k}", k), second_constant(terms, t),
                         exponent * terms.roots[k] / (one + t) + log1p(one / t), one);
    }
    return comparison.observation();
}

}  // namespace

std::vector<Claim> misreading_claims() {
    const char* everywhere = "as for the statement that it misreads";
    return {
        {
            .id = "misread.eq6",
            .source = "(6) as scanned",
            .statement = R"(c = N\sqrt{\tfrac{K-1}{K}}\,\lambda_W\lambda_H \text{ in } M_k)",
            .domain = everywhere,
            .kind = Kind::misreading,
            .check = constant_as_scanned,
        },
        {
            .id = "misread.eq9",
            .source = "(9) misread",
            .statement = R"(\|h_k\|^2 = \sqrt{\frac{K-1}{K}\frac{\lambda_W}{\lambda_H}\frac{1}{n_k}M_k})",
            .domain = everywhere,
            .kind = Kind::misreading,
            .check = margin_inside_root,
        },
        {
            .id = "misread.eq10",
            .source = "(10) misread",
            .statement =
                R"(w_k = \sqrt{\frac{1}{K(K-1)}}\sqrt{\frac{\lambda_H}{\lambda_W}}\left(K h_k - \sum_m h_m\right))",
            .domain = everywhere,
            .kind = Kind::misreading,
            .check = relation_without_counts,
        },
        {
            .id = "misread.eq11",
            .source = "(11) misread",
            .statement = R"((W h_k)_k = \frac{K}{K-1} M_k)",
            .domain = everywhere,
            .kind = Kind::misreading,
            .check = logit_swapped,
        },
        {
            .id = "misread.prop1",
            .source = "Proposition 1 misread",
            .statement =
                R"(\|w_k\|^2 = \frac{1}{K\sqrt{K(K-1)}}\sqrt{\frac{\lambda_H}{\lambda_W}}\left((K-1)^2\sqrt{n_k}M_k + \sum_{m}\sqrt{n_m}M_m\right))",
            .domain = everywhere,
            .kind = Kind::misreading,
            .check = norm_with_full_sum,
        },
        {
            .id = "misread.eq37",
            .source = "(37) misread",
            .statement = R"(c_3^2 = \frac{\lambda_H}{\lambda_W}K(K-1))",
            .domain = everywhere,
            .kind = Kind::misreading,
            .check = c3_inverted,
            .any_instance = true,
            .demands = without(whole_domain(), {all_collapsed()}),
        },
        {
            .id = "misread.step4",
            .source = "before (40) as scanned",
            .statement =
                R"(c_{2,k} = \frac{\sqrt{\frac{\lambda_H}{\lambda_W}\frac{K}{K-1}}\,n_k x}{1+t}+\log\frac{1+t}{t})",
            .domain = everywhere,
            .kind = Kind::misreading,
            .check = constant_with_count,
            .any_instance = true,
        },
    };
}

}  // namespace ncverify::properties
