// Step 4 of the proof of Theorem 1: the bound as a sum of functions of one variable, and their minima.
#include "properties/claims/domains.hpp"
#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "properties/proof_terms.hpp"
#include "theory/closed_form.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

constexpr const char* at_a_drawn_x = "at a drawn x";

// A value and its derivative with respect to x.
struct Jet {
    Enclosure value, slope;
};
Jet operator+(const Jet& a, const Jet& b) {
    return {a.value + b.value, a.slope + b.slope};
}
Jet operator*(const Jet& a, const Jet& b) {
    return {a.value * b.value, a.slope * b.value + a.value * b.slope};
}
Jet operator*(const Enclosure& a, const Jet& b) {
    return {a * b.value, a * b.slope};
}
Jet constant(const Enclosure& value) {
    return {value, Enclosure(0)};
}
Jet inverse(const Jet& a) {
    return {Enclosure(1) / a.value, -a.slope / (a.value * a.value)};
}
Jet exp(const Jet& a) {
    const Enclosure value = exp(a.value);
    return {value, value * a.slope};
}
Jet log(const Jet& a) {
    return {log(a.value), a.slope / a.value};
}
Jet log1p(const Jet& a) {
    return {log1p(a.value), a.slope / (Enclosure(1) + a.value)};
}

// The t of (39): exp(growth sqrt(n_k) x) / (K-1).
Jet odds(const ProofTerms& terms, std::size_t k, const Jet& x) {
    return (Enclosure(1) / terms.others) * exp((terms.growth * terms.roots[k]) * x);
}

// g(x) as (39) defines it.
Jet defined_bound(const ProofTerms& terms, std::size_t k, const Jet& x) {
    const Jet t = odds(terms, k, x), one = constant(Enclosure(1));
    const Jet share = inverse(one + t);
    const Jet entropy = share * log(terms.others * (one + t)) + t * share * log1p(inverse(t));
    const Enclosure first = -terms.growth * terms.counts[k] * terms.roots[k] / terms.samples;
    return first * (x * share) + (terms.counts[k] / terms.samples) * entropy +
           (terms.lambda_h * terms.counts[k]) * x;
}

// g(x) as simplified before (40).
Jet simplified_bound(const ProofTerms& terms, std::size_t k, const Jet& x) {
    return (terms.counts[k] / terms.samples) *
               log1p(terms.others * exp((-terms.growth * terms.roots[k]) * x)) +
           (terms.lambda_h * terms.counts[k]) * x;
}

// g'(x) as (40) states it.
Enclosure stated_slope(const ProofTerms& terms, std::size_t k, const Enclosure& x) {
    const Enclosure rate = terms.growth * terms.roots[k];
    return terms.lambda_h * terms.counts[k] -
           terms.counts[k] / terms.samples * rate / (Enclosure(1) + exp(rate * x) / terms.others);
}

// x with growth sqrt(n_k) x log-uniform in 10^low .. 10^high, exact.
Enclosure drawn(const ProofTerms& terms, std::size_t k, Random& random, double low, double high) {
    return (log_uniform(random, low, high) / (terms.growth * terms.roots[k])).midpoint();
}

Observation identity(const Case& subject) {
    Comparison comparison(subject, at_a_drawn_x);
    Random random = subject.random(39);
    const ProofTerms terms = subject.terms();
    const std::size_t k = below_size(random, terms.counts.size());
    const Enclosure one(1);
    for (const Enclosure& x :
         {Enclosure(0), drawn(terms, k, random, -20, 0), drawn(terms, k, random, 0, 3)}) {
        const Enclosure t = odds(terms, k, constant(x)).value, share = one / (one + t);
        const Enclosure rest = log1p(one / t), first = log(terms.others * (one + t)) * share;
        const Enclosure last = terms.growth * terms.roots[k] * x * share + rest;
        comparison.equal("c_{2,k}, first line", first + t * share * rest, last, last);
        comparison.equal("c_{2,k}, second line", first - share * rest + rest, last, last);
        comparison.equal("c_{2,k}, third line", log(terms.others * t) * share + rest, last, last);
        const Enclosure simple = simplified_bound(terms, k, constant(x)).value;
        comparison.equal("g(x) of (39)", defined_bound(terms, k, constant(x)).value, simple, simple);
    }
    return comparison.observation();
}

Observation derivative(const Case& subject) {
    Comparison comparison(subject, at_a_drawn_x);
    Random random = subject.random(40);
    const ProofTerms terms = subject.terms();
    const std::size_t k = below_size(random, terms.counts.size());
    const Enclosure scale =
        terms.lambda_h * terms.counts[k] + terms.growth * terms.counts[k] * terms.roots[k] / terms.samples;
    for (const Enclosure& x : {Enclosure(0), drawn(terms, k, random, -20, 3)}) {
        const Jet at{x, Enclosure(1)};
        const Enclosure stated = stated_slope(terms, k, x);
        comparison.equal("derivative of (39)", defined_bound(terms, k, at).slope, stated, scale);
        comparison.equal("derivative of g as simplified", simplified_bound(terms, k, at).slope, stated,
                         scale);
    }
    return comparison.observation();
}

// (41), (42), the sign of x*, and the sign of g' elsewhere.
Observation minimiser(const Case& subject) {
    Comparison comparison(subject, at_a_drawn_x);
    Random random = subject.random(42);
    const Configuration& configuration = subject.configuration();
    const ProofTerms terms = subject.terms(configuration);
    const std::size_t chosen[] = {below_size(random, terms.counts.size()),
                                  below_size(random, terms.counts.size())};
    for (const std::size_t k : chosen) {
        const std::string of = " of class " + std::to_string(k + 1);
        const Enclosure slope_scale = terms.lambda_h * terms.counts[k],
                        unit = feature_scale(configuration, k);
        const bool positive = !theory::collapsed(configuration, static_cast<long>(k));
        const bool defined = configuration.counts[k] > configuration.c_squared();
        if (defined) {
            const Enclosure best = unit * (log(terms.others) + log(terms.roots[k] / terms.c - Enclosure(1)));
            comparison.equal("g'(x*)" + of, stated_slope(terms, k, best), Enclosure(0), slope_scale);
            const Enclosure t = exp(terms.growth * terms.roots[k] * best) / terms.others;
            comparison.equal("c_1 of (41)" + of, terms.roots[k] / (Enclosure(1) + t), terms.c, terms.c);
            if (positive) {
                comparison.below("0 < x*" + of, Enclosure(0), best, unit);
                const Enclosure away = fraction(random);
                comparison.below("g' < 0 below x*" + of, stated_slope(terms, k, best * away), Enclosure(0),
                                 slope_scale);
                comparison.below("g' > 0 above x*" + of, Enclosure(0),
                                 stated_slope(terms, k, best * (Enclosure(1) + away)), slope_scale);
            } else {
                comparison.at_most("x* <= 0" + of, best, Enclosure(0), unit);
            }
        }
        if (!positive) {
            comparison.below("g' > 0 on x > 0" + of, Enclosure(0),
                             stated_slope(terms, k, drawn(terms, k, random, -20, 3)), slope_scale);
        }
    }
    return comparison.observation();
}

Enclosure lower_bound(const Configuration& configuration, const ProofTerms& terms) {
    Enclosure sum(0);
    for (std::size_t k = 0; k < terms.counts.size(); ++k) {
        sum += class_bound(terms, k, best_norm(configuration, terms, k));
    }
    return sum;
}

Observation fourth_step(const Case& subject) {
    Comparison comparison(subject, "at the solver's point");
    Random random = subject.random(4);
    const Configuration& configuration = subject.configuration();
    const ProofTerms terms = subject.terms(configuration);
    const auto columns = feature_columns(configuration, Formulation::class_means);
    const Enclosure bound = lower_bound(configuration, terms);
    const auto check = [&](const FeasiblePoint& tried) {
        const FeasiblePoint point = subject.drawn(tried);
        const Enclosure loss = lower_loss(configuration, terms, point);
        comparison.at_most("L1 >= sum g(x_k*), " + point.name, bound, loss, loss);
    };
    check(random_point(configuration, columns, random));
    check(perturbed(aligned_point(configuration, columns, random), perturbation_size(random), random));
    for (const FeasiblePoint& point : subject.critical_points()) {
        check(point);
    }
    if (subject.certified()) {
        const FeasiblePoint& best = subject.critical_points().front();
        // L1 <= L0, which exceeds the minimum by at most the gap.
        comparison.close("L1", lower_loss(configuration, terms, best), bound, bound, subject.bounds().gap());
        check(perturbed(best, perturbation_size(random), random));
    }
    return comparison.observation();
}

// The display at the end of Step 4. The first two terms of xi cancel at c_1 = c for every x.
void check_constants(const Case& subject, Comparison& comparison, bool collapsed_too) {
    const Configuration& configuration = subject.configuration();
    const ProofTerms terms = subject.terms(configuration);
    comparison.equal("c_1/N sqrt(lH/lW K/(K-1)) at c_1 = c", terms.c / terms.samples * terms.growth,
                     terms.lambda_h, terms.lambda_h);
    for (std::size_t k = 0; k < terms.counts.size(); ++k) {
        const std::string name = of_class("(n_k/N) c_{2,k}", k);
        const bool collapsed = theory::collapsed(configuration, static_cast<long>(k));
        const bool defined = configuration.counts[k] > configuration.c_squared();
        const Enclosure share = terms.counts[k] / terms.samples;
        const Enclosure least = class_bound(terms, k, best_norm(configuration, terms, k));
        const Enclosure t = terms.roots[k] / terms.c - Enclosure(1);
        if (!defined && collapsed_too) {
            comparison.exact(of_class("t_k", k), false,
                             "sqrt(n_k)/c - 1 is not positive: c_{2,k} is not defined");
        } else if (defined && (collapsed_too || !collapsed)) {
            comparison.equal(name,
                             share * (log(terms.others * t) / (Enclosure(1) + t) + log1p(Enclosure(1) / t)),
                             least, share);
        } else if (defined) {
            comparison.at_most(name, share * second_constant(terms, t), least, share);
        }
    }
}

template <bool CollapsedToo>
Observation constants(const Case& subject) {
    Comparison comparison(subject, "with t_k = sqrt(n_k)/c - 1");
    check_constants(subject, comparison, CollapsedToo);
    return comparison.observation();
}

}  // namespace

std::vector<Claim> proof_step_4_claims() {
    const char* every_x = "every K >= 2, counts >= 1, lambda_W, lambda_H > 0; every x >= 0";
    return {
        {
            .id = "proof.step4.identity",
            .source = "Step 4, before (40)",
            .statement =
                R"(c_{2,k} = \frac{1}{1+t}\log((K-1)t)+\log\frac{1+t}{t} = \frac{\sqrt{\frac{\lambda_H}{\lambda_W}\frac{K}{K-1}}\sqrt{n_k}\,x}{1+t}+\log\frac{1+t}{t}, \quad g(x) = \frac{n_k}{N}\log\Big(1+(K-1)e^{-\sqrt{\frac{K}{K-1}}\sqrt{\frac{\lambda_H}{\lambda_W}}\sqrt{n_k}x}\Big)+\lambda_H n_k x)",
            .domain = every_x,
            .check = identity,
            .reading = "sqrt(n_k) x in the last numerator, as (39) needs; the scan has n_k x (misread.step4)",
        },
        {
            .id = "proof.eq40",
            .source = "(40)",
            .statement =
                R"(g'(x) = -\frac{n_k}{N}\frac{\sqrt{\frac{K}{K-1}}\sqrt{\frac{\lambda_H}{\lambda_W}}\sqrt{n_k}}{1+\frac{1}{K-1}\exp(\sqrt{\frac{K}{K-1}}\sqrt{\frac{\lambda_H}{\lambda_W}}\sqrt{n_k}x)}+\lambda_H n_k)",
            .domain = every_x,
            .check = derivative,
            .reading = "differentiated in enclosures from (39) and from its simplified form",
        },
        {
            .id = "proof.eq42",
            .source = "(41),(42) and after",
            .statement =
                R"(g'(x^*) = 0,\ c_1 = c \text{ at } x^* = \sqrt{\tfrac{K-1}{K}\tfrac{\lambda_W}{\lambda_H}\tfrac{1}{n_k}}\Big(\log(K-1)+\log\big(\tfrac{\sqrt{n_k}}{c}-1\big)\Big);\ x^*>0 \iff \tfrac{N}{\sqrt{n_k}}\sqrt{\lambda_W\lambda_H}<\sqrt{\tfrac{K-1}{K}},\ \text{else } g'>0 \text{ on } x>0)",
            .domain = every_x,
            .check = minimiser,
            .reading =
                "c = N sqrt((K-1)/K lambda_W lambda_H), one root; x* is claimed where its logarithm is "
                "defined",
        },
        {
            .id = "proof.step4",
            .source = "Step 4",
            .statement = R"(\mathcal{L}_1(W,H) \ge \sum_k g(x_k^*))",
            .domain = every_point,
            .check = fourth_step,
            .reading = "at every point, and with equality at the solver's certified point; "
                       "x_k* = 0 where (42) is not positive",
        },
        {
            .id = "proof.step4.constants",
            .source = "end of Step 4",
            .statement =
                R"(\xi(c_1 = c, x_1,\dots,x_K) = \sum_k\frac{n_k}{N}c_{2,k} = \sum_k g(x_k^*) \quad (t_k = \sqrt{n_k}/c_1-1))",
            .domain = any_counts,
            .check = constants<true>,
            .any_instance = true,
            .reading =
                "term by term, as the sums are over separate classes; x_k* = 0 where (42) is not positive",
        },
        {
            .id = "proof.step4.constants.corrected",
            .source = "end of Step 4, corrected",
            .statement =
                R"(\frac{n_k}{N}c_{2,k} = g(x_k^*) \text{ where } n_k > T;\ \frac{n_k}{N}c_{2,k} \le g(0) \text{ where } c^2 < n_k \le T;\ c_{2,k} \text{ undefined where } n_k \le c^2)",
            .domain = any_counts,
            .kind = Kind::extension,
            .check = constants<false>,
            .any_instance = true,
            .reading =
                "the constants belong to t_k = sqrt(n_k)/c - 1, which (27) needs positive: "
                "for n_k <= c^2 it is not, and for collapsed classes above, x_k* = 0 is not where (28) is "
                "an equality. Theorem 1 does hold there (thm1.collapse); "
                "this way to it covers only classes that do not collapse",
        },
    };
}

}  // namespace ncverify::properties
