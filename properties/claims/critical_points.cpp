// What the proof says of critical points of L1: Lemma 1, the bounds (36) and (38), Lemma 2.
#include <algorithm>

#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "properties/proof_terms.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

constexpr const char* critical = "at a critical point";

Enclosure inner_product(const Matrix<Enclosure>& a, const Matrix<Enclosure>& b) {
    Enclosure sum(0);
    for (Eigen::Index i = 0; i < a.size(); ++i) {
        if (!is_exact_zero(a.data()[i])) {
            sum += a.data()[i] * b.data()[i];
        }
    }
    return sum;
}

// Lemma 1. At every point lW ||W||^2 - lH sum n_k ||h_k||^2 = <W, dL1/dW> - <H, dL1/dH>, which the conditions
// for a critical point make zero, with H >= 0 as well. Of an approximate one the two sides may differ by what
// its gradients leave: ||W|| ||dL1/dW|| and the entries of H times those of dL1/dH.
Observation equal_ridges(const Case& subject) {
    Comparison comparison(subject, critical);
    const Configuration& configuration = subject.configuration();
    const ProofTerms terms = subject.terms(configuration);
    for (const FeasiblePoint& point : subject.critical_points()) {
        const Enclosure of_w = terms.lambda_w * squared_norm(point.classifier),
                        of_h = terms.lambda_h * weighted_features(terms, point.features);
        const Enclosure scale = terms.lambda_w * terms.classes * classifier_scale(subject);
        const Gradient<Enclosure> slope = lower_gradient(configuration, terms, point);
        Enclosure left = sqrt_of_nonnegative(squared_norm(point.classifier) * squared_norm(slope.classifier));
        for (Eigen::Index i = 0; i < point.features.size(); ++i) {
            left += abs(point.features.data()[i] * slope.features.data()[i]);
        }
        comparison.close("lambda_W ||W||^2, " + point.name, of_w, of_h, scale, left);
        comparison.equal(
            "<W, dL1/dW> - <H, dL1/dH>, " + point.name,
            inner_product(point.classifier, slope.classifier) - inner_product(point.features, slope.features),
            of_w - of_h, scale);
    }
    return comparison.observation();
}

// g, c_1-dependent terms and ridge of one critical point.
struct PointTerms {
    std::vector<Enclosure> exponent;
    Enclosure loss;      // g(WH)
    Enclosure features;  // sum n_k x_k
};
PointTerms point_terms(const Configuration& configuration, const ProofTerms& terms,
                       const FeasiblePoint& point) {
    PointTerms result;
    result.exponent = exponents(terms, feature_columns(configuration, Formulation::class_means), point);
    result.loss = mean_loss(terms, result.exponent);
    result.features = weighted_features(terms, point.features);
    return result;
}

Observation bound_36(const Case& subject) {
    Comparison comparison(subject, critical);
    Random random = subject.random(36);
    const Configuration& configuration = subject.configuration();
    const ProofTerms terms = subject.terms(configuration);
    for (const FeasiblePoint& point : subject.critical_points()) {
        const PointTerms at = point_terms(configuration, terms, point);
        const Enclosure c1 = (terms.least_root * fraction(random)).midpoint();
        const Enclosure best = sqrt(terms.lambda_w / terms.lambda_h * terms.classes * terms.others);
        const Enclosure factor = terms.samples * terms.others / c1, constant = second_constants(terms, c1);
        const Enclosure two(2);
        for (const Enclosure& c3 : {best, best * log_uniform(random, -6, 6)}) {
            const Enclosure right =
                -(c3 * terms.lambda_h / (two * terms.lambda_w) + terms.classes * terms.others / (two * c3)) *
                at.features;
            comparison.at_most("(36), " + point.name, right, factor * (at.loss - constant),
                               factor * (at.loss + constant) - right);
        }
    }
    return comparison.observation();
}

// The right-hand side of (38).
struct Bound38 {
    Enclosure value, scale;
};
Bound38 bound_38(const ProofTerms& terms, const PointTerms& at, const Enclosure& c1) {
    const Enclosure first = c1 / terms.samples * terms.growth * at.features,
                    constant = second_constants(terms, c1);
    return {constant - first, at.loss + first + constant};
}

// (38) at one c_1 for each critical point; `factor` draws c_1 / min sqrt(n_k).
Observation lower_bound_38(const Case& subject, Enclosure (*factor)(Random&)) {
    Comparison comparison(subject, critical);
    Random random = subject.random(38);
    const Configuration& configuration = subject.configuration();
    const ProofTerms terms = subject.terms(configuration);
    for (const FeasiblePoint& point : subject.critical_points()) {
        const Enclosure share = factor(random);
        if (!certainly_less(share, Enclosure(1))) {
            comparison.exact("c_1 / min sqrt(n_k)", false,
                             "c_1 = " + share.text(6) +
                                 " min sqrt(n_k): no t_k > 0 has c_1 = sqrt(n_k)/(1+t_k), "
                                 "and c_{2,k} is not defined");
            continue;
        }
        const PointTerms at = point_terms(configuration, terms, point);
        const Bound38 bound = bound_38(terms, at, (terms.least_root * share).midpoint());
        comparison.at_most("(38), " + point.name, bound.value, at.loss, bound.scale);
    }
    return comparison.observation();
}

Observation any_c1(const Case& subject) {
    return lower_bound_38(subject, [](Random& random) { return log_uniform(random, -3, 1); });
}
Observation admissible_c1(const Case& subject) {
    return lower_bound_38(subject, [](Random& random) {
        return random.next() % 2 == 0 ? fraction(random) : log_uniform(random, -12, -0.01);
    });
}

enum class Holds { yes, no, unclear };

// Whether a number is zero, as far as an approximate critical point can tell: yes below 10^-digits, no where
// it is certainly above that.
Holds vanishes(const Enclosure& relative, long digits) {
    const Enclosure limit = exp(-Enclosure(digits) * log(Enclosure(10)));
    return certainly_at_most(abs(relative), limit) ? Holds::yes
           : certainly_less(limit, abs(relative))  ? Holds::no
                                                   : Holds::unclear;
}
Holds both(Holds a, Holds b) {
    return a == Holds::no || b == Holds::no ? Holds::no : a == Holds::yes ? b : Holds::unclear;
}

// (44), (45), and (46) with its t_k that of (28); (47) apart.
Holds shape_holds(const Case& subject, const ProofTerms& terms, const FeasiblePoint& point,
                  const PointTerms& at) {
    const long digits = subject.key.digits;
    const Enclosure all = scale_or_one(squared_norm(feature_sum(terms, point.features)));
    Holds holds = vanishes((all - at.features) / all, digits);  // (33): equality exactly at (44)
    if (is_exact_zero(at.features)) {
        holds = Holds::yes;
    }
    const Matrix<Enclosure> hats = hat_features(terms, point.features);
    const Enclosure factor = classifier_factor(subject.configuration());
    Enclosure defect(0);
    for (Eigen::Index m = 0; m < hats.cols(); ++m) {
        for (Eigen::Index i = 0; i < hats.rows(); ++i) {
            const Enclosure entry = point.classifier(m, i) + factor * hats(i, m);
            defect += entry * entry;
        }
    }
    holds = both(holds, vanishes(sqrt_of_nonnegative(defect / classifier_scale(subject)), digits));
    for (std::size_t k = 0; k < at.exponent.size(); ++k) {
        const Enclosure stated =
            terms.growth * terms.roots[k] * squared_norm(point.features.col(static_cast<Eigen::Index>(k)));
        holds = both(holds, vanishes((at.exponent[k] + stated) / at_least_one(stated), digits));
    }
    return holds;
}

// Lemma 2. Where (47) fails for classes k and l, their own c_1 (at which (27) with (28) is an equality) lie
// at a < b. For c_1 <= (a+b)/2 the class of b leaves a gap in (27) of at least that at (a+b)/2, as its
// right-hand side is concave in c_1; for c_1 above, so does the class of a (or its c_{2,k} is not defined).
// So the smaller of the two gaps, weighted, bounds the gap of (38) for every c_1 at once.
Observation attained(const Case& subject) {
    Comparison comparison(subject, critical);
    Random random = subject.random(2);
    const Configuration& configuration = subject.configuration();
    const ProofTerms terms = subject.terms(configuration);
    const Enclosure one(1);
    for (const FeasiblePoint& point : subject.critical_points()) {
        const PointTerms at = point_terms(configuration, terms, point);
        std::vector<Enclosure> own;  // c_1 of each class
        for (std::size_t k = 0; k < at.exponent.size(); ++k) {
            own.push_back(terms.roots[k] / (one + exp(-at.exponent[k]) / terms.others));
        }
        // By midpoints: any two classes would do.
        const auto ends = std::minmax_element(own.begin(), own.end(), [](const auto& a, const auto& b) {
            return arf_cmp(arb_midref(a.data()), arb_midref(b.data())) < 0;
        });
        const Enclosure low = *ends.first, high = *ends.second;
        const auto k = static_cast<std::size_t>(ends.first - own.begin()),
                   l = static_cast<std::size_t>(ends.second - own.begin());
        const Holds shape = shape_holds(subject, terms, point, at),
                    common = vanishes((high - low) / high, subject.key.digits);
        if (both(shape, common) == Holds::yes) {
            const Bound38 bound = bound_38(terms, at, low);
            // The conditions were asked for to 10^-digits, a few for each class.
            const Enclosure allowance =
                terms.classes * bound.scale * exp(-Enclosure(subject.key.digits) * log(Enclosure(10)));
            comparison.close("g(WH), against (38) where (44)-(47) hold, " + point.name, at.loss, bound.value,
                             bound.scale, allowance);
        } else if (both(shape, common) == Holds::unclear) {
            comparison.undecided("whether (44)-(47) hold, " + point.name);
        } else {
            const Enclosure drawn = (terms.least_root * fraction(random)).midpoint();
            const Bound38 bound = bound_38(terms, at, drawn);
            comparison.below("(38) where (44)-(47) fail, " + point.name, bound.value, at.loss, bound.scale);
            if (common == Holds::no) {
                const Enclosure middle = (low + high) / Enclosure(2);
                const auto gap = [&](std::size_t j) {
                    const Enclosure beta = middle / terms.roots[j];
                    return log_term(terms, at.exponent[j]) - beta * at.exponent[j] -
                           second_constant(terms, one / beta - one);
                };
                comparison.below("the gap of (38) at any c_1 up to the middle, " + point.name, Enclosure(0),
                                 gap(l), one);
                if (certainly_less(middle, terms.roots[k])) {
                    comparison.below("the gap of (38) at any c_1 above the middle, " + point.name,
                                     Enclosure(0), gap(k), one);
                }
            }
        }
    }
    return comparison.observation();
}

}  // namespace

std::vector<Claim> critical_point_claims() {
    const char* everywhere =
        "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K; every critical point of L1";
    const std::string reading =
        "critical: stationary subject to H >= 0; tried at the solver's point, at zero, "
        "and at stationary points with dead classes";
    return {
        {
            .id = "lemma1",
            .source = "Lemma 1 (43)",
            .statement = R"(\|W\|_F^2 = \frac{\lambda_H}{\lambda_W}\sum_k n_k\|h_k\|^2)",
            .domain = everywhere,
            .check = equal_ridges,
            .reading = reading,
        },
        {
            .id = "proof.eq36",
            .source = "(36)",
            .statement =
                R"(\frac{N(K-1)}{c_1}\Big[g(WH)-\sum_k\tfrac{n_k}{N}c_{2,k}\Big] \ge -\frac{c_3\lambda_H}{2\lambda_W}\sum_k n_kx_k-\frac{K(K-1)}{2c_3}\sum_k n_kx_k)",
            .domain = everywhere,
            .check = bound_36,
            .reading = reading + "; for every c_3 > 0 and 0 < c_1 < min sqrt(n_k)",
        },
        {
            .id = "proof.eq38",
            .source = "(38)",
            .statement =
                R"(g(WH) \ge \frac{-c_1}{N}\sqrt{\frac{\lambda_H}{\lambda_W}\frac{K}{K-1}}\sum_k n_kx_k+\sum_k\frac{n_k}{N}c_{2,k} \quad \forall c_1>0)",
            .domain = everywhere,
            .check = any_c1,
            .reading = reading + "; c_{2,k} is that of t_k = sqrt(n_k)/c_1 - 1, which (27) needs positive",
        },
        {
            .id = "proof.eq38.corrected",
            .source = "(38), corrected",
            .statement =
                R"(g(WH) \ge \frac{-c_1}{N}\sqrt{\frac{\lambda_H}{\lambda_W}\frac{K}{K-1}}\sum_k n_kx_k+\sum_k\frac{n_k}{N}c_{2,k} \quad \forall c_1 \in (0, \min_k\sqrt{n_k}))",
            .domain = everywhere,
            .kind = Kind::extension,
            .check = admissible_c1,
            .reading =
                "(27) holds for t_k > 0, and t_k = sqrt(n_k)/c_1 - 1 is positive for every class only where "
                "c_1 < min sqrt(n_k); " +
                reading,
        },
        {
            .id = "lemma2",
            .source = "Lemma 2",
            .statement = R"(\text{(38) is attained for some } c_1 \iff \text{(44)-(47) hold})",
            .domain = everywhere,
            .check = attained,
            .reading = reading + "; c_1 in (0, min sqrt(n_k)), where (38) is defined",
        },
    };
}

}  // namespace ncverify::properties
