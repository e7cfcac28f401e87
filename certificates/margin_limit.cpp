#include "certificates/margin_limit.hpp"

#include "certificates/cones.hpp"

namespace ncverify::certificates {

namespace {

// sum_km L_km of a leaf, where its multipliers satisfy every cone's inequalities.
std::optional<Rational> leaf_sum(const ConeInequality& inequality, const Integer& unit,
                                 const std::vector<Cone>& cones, const ConeNode& leaf, std::string& reason) {
    const std::vector<std::vector<Integer>> rows = probability_rows(leaf);
    if (rows.empty()) {
        reason = "multipliers that add up to more than the unit";
        return std::nullopt;
    }
    for (std::size_t i = 0; i < cones.size(); ++i) {
        if (!inequality.supports(cones[i], rows, leaf.bits)) {
            reason = "the inequalities fail on the cone of coordinate " + std::to_string(i + 1);
            return std::nullopt;
        }
    }
    Integer sum = 0;
    for (std::size_t k = 0; k < rows.size(); ++k) {
        for (std::size_t m = 0; m < rows.size(); ++m) {
            sum += m == k ? Integer(0) : rows[k][m];
        }
    }
    return Rational(sum * unit, Integer(1) << static_cast<unsigned>(leaf.bits));
}

}  // namespace

std::optional<Rational> margin_limit_bound(long classes, long dimension, const Integer& unit,
                                           const std::vector<ConeTree>& trees, std::string& reason) {
    // One sample a class and N^2 lW lH = 1/unit^2: then the inequality of `supports` is the one above.
    const std::string decay = to_string(Rational(Integer(1), unit * classes));
    const Configuration equal = make_configuration(
        std::vector<long long>(static_cast<std::size_t>(classes), 1), decay, decay, dimension);
    reason = missing_chambers(equal, trees);
    if (!reason.empty()) {
        return std::nullopt;
    }
    const ConeInequality inequality(equal);
    std::optional<Rational> least;
    for (std::size_t number = 0; number < trees.size(); ++number) {
        const bool all =
            walk_leaves(trees[number], [&](const std::vector<Cone>& cones, const ConeNode& leaf) {
                const std::optional<Rational> sum = leaf_sum(inequality, unit, cones, leaf, reason);
                if (sum && (!least || *sum < *least)) {
                    least = sum;
                }
                return sum.has_value();
            });
        if (!all) {
            reason = "tree " + std::to_string(number + 1) + ": " + reason;
            return std::nullopt;
        }
    }
    return least;
}

std::optional<Enclosure> margin_limit_value(const Matrix<Enclosure>& classifier,
                                            const Matrix<Enclosure>& features) {
    const auto norm = [](const Matrix<Enclosure>& matrix) {
        Enclosure sum(0);
        for (const Enclosure& entry : matrix.reshaped()) {
            sum += entry * entry;
        }
        return sqrt_of_nonnegative(sum);
    };
    for (const Enclosure& entry : features.reshaped()) {
        if (!certainly_at_most(Enclosure(0), entry)) {
            return std::nullopt;
        }
    }
    const Matrix<Enclosure> logits = classifier.lazyProduct(features);
    std::optional<Enclosure> least;
    for (Eigen::Index k = 0; k < logits.cols(); ++k) {
        for (Eigen::Index m = 0; m < logits.rows(); ++m) {
            const Enclosure margin = logits(k, k) - logits(m, k);
            if (!is_finite(margin)) {
                return std::nullopt;  // and not passed over by the comparison
            }
            if (m != k && (!least || certainly_less(margin.lower(), least->lower()))) {
                least = margin;
            }
        }
    }
    if (!least || !certainly_positive(*least)) {
        return std::nullopt;
    }
    return norm(classifier) * norm(features) / *least;
}

}  // namespace ncverify::certificates
