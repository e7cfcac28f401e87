// Steps 2 and 3 of the proof of Theorem 1: tangents of the logarithm, Cauchy-Schwarz, and non-negativity, at
// random points, near equality, and in their cases of equality.
#include "properties/claims/domains.hpp"
#include "properties/claims/sections.hpp"
#include "properties/proof_terms.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

// Both sides of (27) for one class.
struct TangentBound {
    Enclosure left, right, scale;
};
TangentBound tangent_bound(const ProofTerms& terms, std::size_t k, const Enclosure& x, const Enclosure& t) {
    const Enclosure sum = terms.others * x;  // sum_m z_k^(m) - K z_k^(k)
    const Enclosure c1 = terms.roots[k] / (Enclosure(1) + t);
    TangentBound bound;
    bound.left = log_term(terms, x);
    bound.right = c1 / terms.others * sum / terms.roots[k] + second_constant(terms, t);
    bound.scale = bound.left + abs(bound.right);
    return bound;
}

Observation tangents(const Case& subject) {
    Comparison comparison(subject, at_a_drawn_point);
    Random random = subject.random(27);
    const ProofTerms terms = subject.terms();
    for (int draw = 0; draw < 4; ++draw) {
        const std::size_t k = below_size(random, terms.counts.size());
        const Enclosure x = random_sign(random) * log_uniform(random, -6, draw % 2 == 0 ? 6 : 1);
        const Enclosure t = draw < 2 ? log_uniform(random, -12, 12)
                                     : exp(-x) / terms.others * (Enclosure(1) + perturbation_size(random));
        const TangentBound bound = tangent_bound(terms, k, x, t);
        comparison.at_most("(27)", bound.right, bound.left, bound.scale);
    }
    return comparison.observation();
}

Observation tangent_equality(const Case& subject) {
    Comparison comparison(subject, at_a_drawn_point);
    Random random = subject.random(28);
    const ProofTerms terms = subject.terms();
    const std::size_t k = below_size(random, terms.counts.size());
    const Enclosure x = random_sign(random) * log_uniform(random, -6, 1.5);
    const Enclosure best = Enclosure(1) / (terms.others * exp(x));
    const TangentBound at = tangent_bound(terms, k, x, best);
    comparison.equal("left side of (27) at the t_k of (28)", at.left, at.right, at.scale);
    const Enclosure close = best * (Enclosure(1) + random_sign(random) * perturbation_size(random));
    for (const Enclosure& t : {close, log_uniform(random, -6, 6)}) {
        if (!contains_zero(t - best)) {
            const TangentBound off = tangent_bound(terms, k, x, t);
            comparison.below("(27) at another t_k than that of (28)", off.right, off.left, off.scale);
        }
    }
    return comparison.observation();
}

// (29), and (30) with its case of equality (31).
Observation cauchy_schwarz(const Case& subject) {
    Comparison comparison(subject, at_a_drawn_point);
    Random random = subject.random(30);
    const Configuration& configuration = subject.configuration();
    const ProofTerms terms = subject.terms(configuration);
    const auto columns = feature_columns(configuration, Formulation::class_means);
    for (int kind = 0; kind < 3; ++kind) {
        FeasiblePoint point = subject.drawn(random_point(configuration, columns, random));
        const Matrix<Enclosure> hats = hat_features(terms, point.features);
        const Enclosure c3 = log_uniform(random, -6, 6);
        if (kind > 0) {  // (31), and close to it
            const Enclosure factor =
                kind == 1 ? -Enclosure(1) / c3 : -(Enclosure(1) + perturbation_size(random)) / c3;
            for (Eigen::Index m = 0; m < hats.cols(); ++m) {
                for (Eigen::Index i = 0; i < hats.rows(); ++i) {
                    point.classifier(m, i) = hats(i, m) * factor;
                }
            }
        }
        Enclosure inner(0);
        bool differ = false;
        for (Eigen::Index m = 0; m < hats.cols(); ++m) {
            for (Eigen::Index i = 0; i < hats.rows(); ++i) {
                inner += point.classifier(m, i) * hats(i, m);
                differ = differ || !contains_zero(c3 * point.classifier(m, i) + hats(i, m));
            }
        }
        const Enclosure squares =
            c3 / Enclosure(2) * squared_norm(point.classifier) + squared_norm(hats) / (Enclosure(2) * c3);
        const Enclosure scale = scale_or_one(squares);
        if (differ) {
            comparison.below("the Cauchy-Schwarz step of (30), c_3 w_m + hat h_m not all zero", -squares,
                             inner, scale);
        } else {
            comparison.equal("the Cauchy-Schwarz step of (30) where (31) holds", inner, -squares, scale);
        }
        const Enclosure c1 = (terms.least_root * fraction(random)).midpoint();
        const Enclosure loss = mean_loss(terms, exponents(terms, columns, point));
        const Enclosure constant = second_constants(terms, c1), factor = terms.samples * terms.others / c1;
        const Enclosure whole = factor * (loss + constant) + squares;
        comparison.at_most("(29)", inner, factor * (loss - constant), whole);
        comparison.at_most("(30)", -squares, factor * (loss - constant), whole);
    }
    return comparison.observation();
}

// Class means whose supports are disjoint, nearly so, or random.
std::vector<FeasiblePoint> feature_points(const Case& subject, Random& random) {
    const auto columns = feature_columns(subject.configuration(), Formulation::class_means);
    const FeasiblePoint aligned = aligned_point(subject.configuration(), columns, random);
    std::vector<FeasiblePoint> points{random_point(subject.configuration(), columns, random), aligned,
                                      perturbed(aligned, perturbation_size(random), random)};
    for (FeasiblePoint& point : points) {
        point = subject.drawn(std::move(point));
    }
    return points;
}

bool share_a_coordinate(const Matrix<Enclosure>& features) {
    for (Eigen::Index i = 0; i < features.rows(); ++i) {
        long used = 0;
        for (Eigen::Index k = 0; k < features.cols(); ++k) {
            used += certainly_positive(features(i, k)) ? 1 : 0;
        }
        if (used > 1) {
            return true;
        }
    }
    return false;
}

Observation expansion(const Case& subject) {
    Comparison comparison(subject, at_a_drawn_point);
    Random random = subject.random(32);
    const ProofTerms terms = subject.terms();
    for (const FeasiblePoint& point : feature_points(subject, random)) {
        const Enclosure norms = terms.classes * terms.classes * weighted_features(terms, point.features);
        comparison.equal("(32)", squared_norm(hat_features(terms, point.features)),
                         norms - terms.classes * squared_norm(feature_sum(terms, point.features)),
                         scale_or_one(norms));
    }
    return comparison.observation();
}

// `smaller` <= `larger`, with equality exactly at orthogonal features: as features are non-negative, exactly
// where no two share a coordinate.
void compare_orthogonal(Comparison& comparison, const std::string& name, const FeasiblePoint& point,
                        const Enclosure& smaller, const Enclosure& larger) {
    if (share_a_coordinate(point.features)) {
        comparison.below(name + ", features not orthogonal", smaller, larger, larger);
    } else {
        comparison.equal(name + ", features orthogonal", smaller, larger, scale_or_one(larger));
    }
}

Observation non_negative_sum(const Case& subject) {
    Comparison comparison(subject, at_a_drawn_point);
    Random random = subject.random(33);
    const ProofTerms terms = subject.terms();
    for (const FeasiblePoint& point : feature_points(subject, random)) {
        compare_orthogonal(comparison, "(33)", point, weighted_features(terms, point.features),
                           squared_norm(feature_sum(terms, point.features)));
    }
    return comparison.observation();
}

Observation centred_norms(const Case& subject) {
    Comparison comparison(subject, at_a_drawn_point);
    Random random = subject.random(34);
    const ProofTerms terms = subject.terms();
    for (const FeasiblePoint& point : feature_points(subject, random)) {
        compare_orthogonal(comparison, "(34)", point, squared_norm(hat_features(terms, point.features)),
                           terms.classes * terms.others * weighted_features(terms, point.features));
    }
    return comparison.observation();
}

}  // namespace

std::vector<Claim> proof_step_2_3_claims() {
    return {
        {
            .id = "proof.eq27",
            .source = "(27)",
            .statement =
                R"(\log\Big(1+(K-1)e^{x_k}\Big) \ge \frac{c_{1,k}}{K-1}\frac{\sum_m z_k^{(m)}-Kz_k^{(k)}}{\sqrt{n_k}} + c_{2,k} \quad \forall t_k > 0)",
            .domain = every_point,
            .check = tangents,
            .reading = "x_k = (sum_m z_k^(m) - K z_k^(k))/(K-1), any real number; "
                       "c_{1,k}, c_{2,k} as defined after (27)",
        },
        {
            .id = "proof.eq28",
            .source = "(28)",
            .statement = R"(\text{equality in (27) exactly at } t_k = \big[(K-1)e^{x_k}\big]^{-1})",
            .domain = every_point,
            .check = tangent_equality,
            .reading = "among t_k > 0",
        },
        {
            .id = "proof.eq30",
            .source = "(29)-(31)",
            .statement =
                R"(\frac{N(K-1)}{c_1}\Big[g(WH)-\sum_k\tfrac{n_k}{N}c_{2,k}\Big] \ge \sum_m w_m\hat h_m \ge -\tfrac{c_3}{2}\|W\|_F^2-\tfrac{1}{2c_3}\sum_m\|\hat h_m\|^2, \text{ equality in the last exactly at } c_3w_m=-\hat h_m)",
            .domain = every_point,
            .check = cauchy_schwarz,
            .reading = "for every c_3 > 0 and every c_1 that some t_k > 0 reach: 0 < c_1 < min sqrt(n_k)",
        },
        {
            .id = "proof.eq32",
            .source = "(32)",
            .statement =
                R"(\sum_m\|\hat h_m\|^2 = K^2\sum_m\|\sqrt{n_m}h_m\|^2 - K\|\sum_k\sqrt{n_k}h_k\|^2)",
            .domain = every_point,
            .check = expansion,
        },
        {
            .id = "proof.eq33",
            .source = "(33)",
            .statement =
                R"(\|\sum_k\sqrt{n_k}h_k\|^2 \ge \sum_k\|\sqrt{n_k}h_k\|^2, \text{ equality exactly at } h_k^\top h_l=0)",
            .domain = every_point,
            .check = non_negative_sum,
        },
        {
            .id = "proof.eq34",
            .source = "(34)",
            .statement =
                R"(\sum_m\|\hat h_m\|^2 \le K(K-1)\sum_k n_k\|h_k\|^2, \text{ equality exactly at } h_k^\top h_l=0)",
            .domain = every_point,
            .check = centred_norms,
        },
    };
}

}  // namespace ncverify::properties
