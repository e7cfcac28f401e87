// With W = s V, h_k = u_k / (s sqrt(n_k)), s = (lH/lW)^(1/4), problem (4) over sqrt(lW lH) is
//
//     F(V,U) = sum_k g_k sqrt(n_k) CE(V u_k / sqrt(n_k), k) + (||V||^2 + ||U||^2)/2,
//     g_k = sqrt(n_k)/(N sqrt(lW lH)).
//
// Turning: where coordinates i in I serve class k alone, a rotation of these coordinates changes neither V
// u_k nor the norms, and takes u_k to (|u_k|, 0, ..). The other rotated columns of V then only add to the
// norm, so that on the points with these zeros F is at least its value with one coordinate for the class,
// reached where they vanish. Hence a strict minimum x of the turned problem is a local minimum of F on the
// points with the same zeros; and where the gradient at the zeros is positive, of F: moving zeros up costs a
// first order that no second order pays for.
//
// Box: let the Hessian of F be at least m throughout the box of half-width r around x, and |grad F(x)| = g.
// Then F(y) >= F(x) - g |y-x| + m |y-x|^2 / 2, so F > F(x) on the sphere of radius r where r > 2g/m, and
// inside there is a minimum, at most 2g/m away, with F(x) - g^2/(2m) <= F <= F(x).
#include "certificates/local_minimum.hpp"

#include <vector>

#include "certificates/arb_matrix.hpp"
#include "certificates/scaled_hessian.hpp"

namespace ncverify::certificates {

namespace {

bool is_zero(const Enclosure& value) {
    return arb_is_zero(value.data()) != 0;
}

// The box of half-width `radius` around the point; zeros stay.
Turned widened(Turned turned, const Enclosure& radius) {
    const auto widen = [&](Enclosure& value) {
        if (!is_zero(value)) {
            value = Enclosure::hull(value - radius, value + radius);
        }
    };
    for (Enclosure& value : turned.features.reshaped()) {
        widen(value);
    }
    for (Enclosure& value : turned.classifier.reshaped()) {
        value = Enclosure::hull(value - radius, value + radius);
    }
    return turned;
}

Enclosure power_of_two(long exponent) {
    Enclosure value(1);
    arb_mul_2exp_si(value.data(), value.data(), exponent);
    return value;
}

Enclosure loss(const Turned& at) {
    Enclosure value(0);
    for (const Enclosure& entry : at.classifier.reshaped()) {
        value += entry * entry / Enclosure(2);
    }
    for (const Enclosure& entry : at.features.reshaped()) {
        value += entry * entry / Enclosure(2);
    }
    for (Eigen::Index k = 0; k < at.classifier.rows(); ++k) {
        Vector<Enclosure> logits = Vector<Enclosure>::Constant(at.classifier.rows(), Enclosure(0));
        for (Eigen::Index i = 0; i < at.classifier.cols(); ++i) {
            for (Eigen::Index m = 0; m < at.classifier.rows(); ++m) {
                logits[m] += at.classifier(m, i) * at.features(i, k) / at.root_count[k];
            }
        }
        value += at.pull[k] * at.root_count[k] * cross_entropy(logits, k);
    }
    return value;
}

}  // namespace

LocalMinimum local_minimum(const Configuration& configuration, const EnclosedPoint& point) {
    LocalMinimum result;
    Turned turned;
    result.reason = point.negative.empty() ? turn(configuration, point, turned) : "a feature is negative";
    if (!result.reason.empty()) {
        return result;
    }
    const auto [gradient, hessian, multipliers] = derivatives(turned);
    Enclosure squares(0);
    for (const Enclosure& entry : gradient) {
        squares += entry * entry;
    }
    const Enclosure steepest = sqrt_of_nonnegative(squares).upper();
    // m = 2^-1, 2^-2, ..: the first that the Hessian at the point allows, and a box wide enough for it.
    constexpr long smallest_curvature = 40;
    long exponent = 1;
    while (exponent <= smallest_curvature && !exceeds(hessian, power_of_two(-exponent))) {
        ++exponent;
    }
    if (exponent > smallest_curvature) {
        result.reason = "the Hessian was not proven positive definite";
        return result;
    }
    const Enclosure least = power_of_two(-exponent - 1);
    const Enclosure radius = (Enclosure(4) * steepest / least).upper();
    const Turned box = widened(turned, radius);
    for (const Enclosure& feature : box.features.reshaped()) {
        if (!is_zero(feature) && !certainly_positive(feature)) {
            result.reason = "a positive feature was not told from zero";
            return result;
        }
    }
    const Derivatives around = derivatives(box);
    if (!exceeds(around.hessian, least)) {
        result.reason = "the gradient at the point is too large";
        return result;
    }
    for (const Enclosure& multiplier : around.multipliers) {
        if (!certainly_positive(multiplier)) {
            result.reason = "the gradient at a zero feature was not proven positive";
            return result;
        }
    }
    const Enclosure top = loss(turned);
    result.value = turned.unit * Enclosure::hull(top - steepest * steepest / (Enclosure(2) * least), top);
    result.distance = (Enclosure(2) * steepest / least).upper();
    result.proven = true;
    return result;
}

}  // namespace ncverify::certificates
