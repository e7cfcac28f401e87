// Beyond the paper: subset designs, with equal counts and vanishing decays.
#include <algorithm>

#include "properties/claims/sections.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

// A design: the classes are the q-subsets of d coordinates.
struct Design {
    long dimension, size;
};

// C(d, q) where it is at most `most`, else `most` + 1.
long binomial(long d, long q, long most) {
    long result = 1;
    for (long j = 1; j <= q; ++j) {
        result = result * (d - q + j) / j;  // C(d-q+j, j), exactly
        if (result > most) {
            return most + 1;
        }
    }
    return result;
}

// All (d, q) with C(d, q) = K and 1 <= q < d; d = K first.
std::vector<Design> designs(long classes) {
    std::vector<Design> result;
    for (long d = classes; d >= 2; --d) {
        for (long q = 1; q < d; ++q) {
            if (binomial(d, std::min(q, d - q), classes) == classes) {
                result.push_back({d, q});
            }
        }
    }
    return result;
}

// h_k the indicator of class k's subset, the columns of W those of H less their means.
FeasiblePoint design_point(const Design& design, long classes) {
    std::vector<bool> member(static_cast<std::size_t>(design.dimension), false);
    std::fill(member.begin(), member.begin() + design.size, true);
    FeasiblePoint point{"the design", Matrix<Enclosure>(classes, design.dimension),
                        Matrix<Enclosure>(design.dimension, classes)};
    const Enclosure mean = Enclosure(design.size) / Enclosure(design.dimension);
    for (long k = 0; k < classes; ++k) {
        for (long i = 0; i < design.dimension; ++i) {
            const Enclosure entry(member[static_cast<std::size_t>(i)] ? 1 : 0);
            point.features(i, k) = entry;
            point.classifier(k, i) = entry - mean;
        }
        std::prev_permutation(member.begin(), member.end());
    }
    return point;
}

Enclosure norm(const Matrix<Enclosure>& matrix) {
    Enclosure sum(0);
    for (const Enclosure& entry : matrix.reshaped()) {
        sum += entry * entry;
    }
    return sqrt_of_nonnegative(sum);
}

// What the point comes to in the limit problem, scaled so that its least margin is 1 and ||W|| = ||H||:
// ||W|| ||H|| / least margin. Not finite where that is not positive.
Enclosure value_of(const FeasiblePoint& point) {
    const Matrix<Enclosure> logits = point.classifier.lazyProduct(point.features);
    std::optional<Enclosure> least;
    for (Eigen::Index k = 0; k < logits.cols(); ++k) {
        for (Eigen::Index m = 0; m < logits.rows(); ++m) {
            if (m != k) {
                const Enclosure margin = logits(k, k) - logits(m, k);
                if (!least || certainly_less(margin.lower(), least->lower())) {
                    least = margin;
                }
            }
        }
    }
    return norm(point.classifier) * norm(point.features) / *least;
}

Enclosure claimed_value(const Design& design, long classes) {
    return Enclosure(classes) * Enclosure(design.size) *
           sqrt(Enclosure(design.dimension - design.size) / Enclosure(design.dimension));
}

// sqrt(K(K-1)), whatever d: sum_k (K/(K-1)) (w_k - mean w).h_k >= K, and the left side is at most
// sqrt(K/(K-1)) ||W|| ||H||, as non-negative features have non-negative products.
Enclosure bound_of(long classes) {
    return sqrt(Enclosure(classes) * Enclosure(classes - 1));
}

Observation subset_designs(const Case& subject, bool at_most_half) {
    const long classes = subject.configuration().classes();
    Comparison comparison(subject, "in the limit problem");
    for (const Design& design : designs(classes)) {
        if (at_most_half && 2 * design.size > design.dimension) {
            continue;
        }
        const std::string name =
            "d = " + std::to_string(design.dimension) + ", q = " + std::to_string(design.size);
        const Enclosure claimed = claimed_value(design, classes);
        comparison.equal("value of the design, " + name,
                         value_of(subject.drawn(design_point(design, classes))), claimed, claimed);
        if (design.dimension == classes) {
            // A coordinate for each class: q = 1 is there too, and nothing is below it.
            const Enclosure best = value_of(subject.drawn(design_point({classes, 1}, classes)));
            comparison.equal("the minimum, " + name, Enclosure::hull(bound_of(classes), best), claimed,
                             claimed);
        } else {
            comparison.at_most("a proven bound, " + name, bound_of(classes), claimed, claimed);
        }
    }
    return comparison.observation();
}

}  // namespace

std::vector<Claim> subset_claims() {
    const std::string problem =
        "the limit of problem (4) for vanishing decays, with equal counts, up to sqrt(n): minimise (||W||^2 + "
        "||H||^2)/2 over H >= 0 with (w_k - w_m).h_k >= 1 for all m != k; of the case only K enters; a proof "
        "where d = K, by the bound sqrt(K(K-1)) and neural collapse (q = 1), which reaches it; where d < K "
        "only that the design has this value, and that the bound is not above it";
    const std::string sizes = R"(\lambda_W\lambda_H \to 0,\ K = \tbinom{d}{q},\ n_1 = \dots = n_K,\ )";
    const std::vector<Demand> demands = {{two_classes(), 0.02}};
    return {
        {
            .id = "bottleneck.subsets",
            .source = "ours, a conjecture",
            .statement =
                sizes +
                R"(1 \le q < d:\ \min \tfrac12(\|W\|^2 + \|H\|^2) = Kq\sqrt{1 - q/d} \text{ in the limit problem})",
            .domain = "every K = C(d, q), 1 <= q < d, equal counts",
            .kind = Kind::extension,
            .check = [](const Case& subject) { return subset_designs(subject, false); },
            .reading = problem,
            .demands = demands,
        },
        {
            .id = "bottleneck.subsets.corrected",
            .source = "ours",
            .statement =
                sizes +
                R"(2q \le d:\ \min \tfrac12(\|W\|^2 + \|H\|^2) \le Kq\sqrt{1 - q/d} \text{ in the limit problem, with equality where } d = K)",
            .domain = "every K = C(d, q), 2q <= d, equal counts",
            .kind = Kind::extension,
            .check = [](const Case& subject) { return subset_designs(subject, true); },
            .reading =
                "the subsets of more than half of the coordinates are not better than their complements, and for "
                "q = d - 1 >= 2 neural collapse is; that there is equality where d < K stays a conjecture, and no "
                "claim; " +
                problem,
            .demands = demands,
        },
    };
}

}  // namespace ncverify::properties
