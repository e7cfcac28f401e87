#include "certificates/tree_check.hpp"

#include "certificates/decimal.hpp"
#include "problem/progress.hpp"

namespace ncverify::certificates {

namespace {

constexpr long guard_digits = 30;
constexpr long leaf_digits = 40;  // entropies and boxes: their width is of no account

// sum_k omega_k n_k/N Ent(p_k).
Enclosure entropy(const Configuration& configuration, const Matrix<Enclosure>& probabilities) {
    Enclosure total(0);
    for (Eigen::Index k = 0; k < probabilities.rows(); ++k) {
        const auto index = static_cast<std::size_t>(k);
        Enclosure sum(0);
        for (Eigen::Index m = 0; m < probabilities.cols(); ++m) {
            const Enclosure& p = probabilities(k, m);
            if (arb_is_zero(p.data()) == 0) {
                sum -= p * log(p);
            }
        }
        const Enclosure omega =
            configuration.weighted() ? weight_value<Enclosure>(configuration.weights[index]) : Enclosure(1);
        total += omega * from_integer<Enclosure>(configuration.counts[index]) * sum;
    }
    return total / from_integer<Enclosure>(configuration.samples());
}

Matrix<Enclosure> enclosed(const std::vector<std::vector<Integer>>& rows, long bits) {
    const auto size = static_cast<Eigen::Index>(rows.size());
    const Integer unit = Integer(1) << static_cast<unsigned>(bits);
    Matrix<Enclosure> result(size, size);
    for (Eigen::Index k = 0; k < size; ++k) {
        for (Eigen::Index m = 0; m < size; ++m) {
            result(k, m) = from_rational<Enclosure>(
                Rational(rows[static_cast<std::size_t>(k)][static_cast<std::size_t>(m)], unit));
        }
    }
    return result;
}

}  // namespace

std::optional<Enclosure> leaf_bound(const Configuration& configuration, const ConeInequality& inequality,
                                    const DifferentiatedPoint& point, const std::vector<Cone>& cones,
                                    const ConeNode& leaf, std::string& reason) {
    const std::vector<std::vector<Integer>> rows = probability_rows(leaf);
    if (rows.empty()) {
        reason = "probabilities that add up to more than one";
        return std::nullopt;
    }
    for (std::size_t i = 0; i < cones.size(); ++i) {
        if (!inequality.supports(cones[i], rows, leaf.bits)) {
            reason = "the inequalities fail on the cone of coordinate " + std::to_string(i + 1);
            return std::nullopt;
        }
    }
    Enclosure below, bound;
    {
        const PrecisionScope scope(leaf_digits);
        const Matrix<Enclosure> probabilities = enclosed(rows, leaf.bits);
        bound = entropy(configuration, probabilities);
        if (!leaf.image) {
            return bound;
        }
        const std::optional<DifferentiatedPoint> image = image_of(configuration, point, *leaf.image);
        if (!image) {
            reason = "an image of the point under what is no symmetry";
            return std::nullopt;
        }
        const std::optional<Enclosure> depth =
            deepest_below(configuration, *image, cones, probabilities, bound);
        if (!depth) {
            reason = "the loss is not proven convex around the point";
            return std::nullopt;
        }
        below = *depth;
    }
    return point.loss - below.upper();
}

Bounds evaluate_bounds(const TreeCertificate& certificate) {
    const Configuration& configuration = certificate.claim.configuration;
    Bounds bounds;
    const EnclosedPoint enclosed = enclosed_point(certificate.claim);
    if (!enclosed.negative.empty()) {
        bounds.reason = enclosed.negative;
        return bounds;
    }
    bounds.reason = missing_chambers(configuration, certificate.trees);
    if (!bounds.reason.empty()) {
        return bounds;
    }
    const DifferentiatedPoint point = differentiated_point(configuration, enclosed);
    const ConeInequality inequality(configuration);
    bounds.upper = point.loss;
    Enclosure least = point.loss.lower();
    std::size_t number = 0;
    for (const ConeTree& tree : certificate.trees) {
        note_progress("the trees",
                      static_cast<double>(number++) / static_cast<double>(certificate.trees.size()));
        const bool all = walk_leaves(tree, [&](const std::vector<Cone>& cones, const ConeNode& leaf) {
            std::string why;
            std::optional<Enclosure> bound = leaf_bound(configuration, inequality, point, cones, leaf, why);
            if (bound && !is_finite(*bound)) {
                bound.reset();  // of which no comparison below would say anything
                why = "no bound";
            }
            if (!bound) {
                bounds.reason = "tree " + std::to_string(number) + ", node " +
                                std::to_string(&leaf - tree.nodes.data() + 1) + ": " + why;
                return false;
            }
            if (certainly_less(bound->lower(), least)) {
                least = bound->lower();
            }
            return true;
        });
        if (!all) {
            return bounds;
        }
    }
    bounds.lower = least;
    bounds.relative_gap = (bounds.upper - bounds.lower) / bounds.lower;
    bounds.feasible = true;
    return bounds;
}

CheckResult check(const TreeCertificate& certificate) {
    CheckResult result;
    const Certificate& claim = certificate.claim;
    result.digits = claim.digits + guard_digits;
    const PrecisionScope scope(result.digits);
    result.bounds = evaluate_bounds(certificate);
    const Bounds& bounds = result.bounds;
    if (!bounds.feasible) {
        result.reason = bounds.reason;
        return result;
    }
    const long shown = claim.digits + 2;
    result.upper_bound = outward(bounds.upper, shown, true);
    result.lower_bound = outward_nonnegative(bounds.lower, shown);
    result.gap = outward(bounds.upper - bounds.lower, 6, true);
    const auto claimed = [](const std::string& text) { return enclosed(parse_decimal(text, "certificate")); };
    if (!certainly_positive(bounds.lower)) {
        result.reason = "the lower bound is zero: no relative gap";
        return result;
    }
    result.relative_gap = outward(bounds.relative_gap, 6, true);
    if (!certainly_at_most(bounds.upper, claimed(claim.upper_bound))) {
        result.reason = "the loss is not proven to be at most the claimed upper bound";
    } else if (!certainly_at_most(claimed(claim.lower_bound), bounds.lower)) {
        result.reason = "the trees do not prove the claimed lower bound";
    } else if (!certainly_at_most(bounds.relative_gap, claimed(certificate.gap))) {
        result.reason = "the relative gap is not proven to be as small as claimed";
    }
    result.proven = result.reason.empty();
    return result;
}

}  // namespace ncverify::certificates
