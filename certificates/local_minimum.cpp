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

#include <arb_mat.h>

#include <vector>

namespace ncverify::certificates {

namespace {

bool is_zero(const Enclosure& value) {
    return arb_is_zero(value.data()) != 0;
}

// The turned problem: V is K x d', U is d' x K, with d' coordinates that serve several classes or one.
struct Turned {
    Matrix<Enclosure> classifier, features;
    Vector<Enclosure> pull;        // g_k
    Vector<Enclosure> root_count;  // sqrt(n_k)
    Enclosure unit;                // sqrt(lW lH): L0 = unit F
};

std::string turn(const Configuration& configuration, const EnclosedPoint& point, Turned& turned) {
    const long classes = configuration.classes();
    const Enclosure scale =
        sqrt(sqrt(from_rational<Enclosure>(configuration.lambda_h / configuration.lambda_w)));
    turned.unit = sqrt(from_rational<Enclosure>(configuration.lambda_w * configuration.lambda_h));
    turned.root_count = Vector<Enclosure>(classes);
    turned.pull = Vector<Enclosure>(classes);
    for (long k = 0; k < classes; ++k) {
        turned.root_count[k] =
            sqrt(Enclosure(static_cast<long>(configuration.counts[static_cast<std::size_t>(k)])));
        turned.pull[k] = turned.root_count[k] /
                         (from_rational<Enclosure>(Rational(configuration.samples())) * turned.unit);
        if (configuration.weighted()) {
            turned.pull[k] *= weight_value<Enclosure>(configuration.weights[static_cast<std::size_t>(k)]);
        }
    }
    std::vector<Vector<Enclosure>> columns, rows;
    std::vector<std::ptrdiff_t> own(static_cast<std::size_t>(classes),
                                    -1);  // the coordinate of a class's own
    for (Eigen::Index i = 0; i < point.classifier.cols(); ++i) {
        long users = 0, user = -1;
        Vector<Enclosure> row(classes);
        for (long k = 0; k < classes; ++k) {
            row[k] = point.features(i, k) * scale * turned.root_count[k];
            if (!is_zero(point.features(i, k))) {
                ++users;
                user = k;
            }
        }
        if (users == 0) {
            return "coordinate " + std::to_string(i + 1) + " is unused";
        }
        Vector<Enclosure> column(classes);
        for (long m = 0; m < classes; ++m) {
            column[m] = point.classifier(m, i) / scale;
        }
        std::ptrdiff_t& first = own[static_cast<std::size_t>(user)];
        if (users == 1 && first >= 0) {
            const auto place = static_cast<std::size_t>(first);
            const Enclosure a = rows[place][user], b = row[user], length = sqrt(a * a + b * b);
            for (long m = 0; m < classes; ++m) {
                columns[place][m] = (a * columns[place][m] + b * column[m]) / length;
            }
            rows[place][user] = length;
            continue;
        }
        if (users == 1) {
            first = static_cast<std::ptrdiff_t>(rows.size());
        }
        columns.push_back(column);
        rows.push_back(row);
    }
    const auto dimension = static_cast<Eigen::Index>(rows.size());
    turned.classifier = Matrix<Enclosure>(classes, dimension);
    turned.features = Matrix<Enclosure>(dimension, classes);
    for (Eigen::Index i = 0; i < dimension; ++i) {
        turned.classifier.col(i) = columns[static_cast<std::size_t>(i)];
        turned.features.row(i) = rows[static_cast<std::size_t>(i)].transpose();
    }
    return "";
}

// The variables: all of V, then the features that are not zero.
struct Derivatives {
    Vector<Enclosure> gradient;          // in the variables
    Matrix<Enclosure> hessian;           // of these
    std::vector<Enclosure> multipliers;  // the gradient at the zero features
};

// diag(p) - p p^T of class k's probabilities p, from its residual p - e_k.
Matrix<Enclosure> softmax_curvature(const Vector<Enclosure>& residual, Eigen::Index k) {
    const Eigen::Index classes = residual.size();
    Matrix<Enclosure> curvature(classes, classes);
    for (Eigen::Index m = 0; m < classes; ++m) {
        for (Eigen::Index l = 0; l < classes; ++l) {
            const Enclosure own = residual[m] + Enclosure(m == k ? 1 : 0),
                            other = residual[l] + Enclosure(l == k ? 1 : 0);
            curvature(m, l) = m == l ? own * (Enclosure(1) - own) : -own * other;
        }
    }
    return curvature;
}

Derivatives derivatives(const Turned& at) {
    const Eigen::Index classes = at.classifier.rows(), dimension = at.classifier.cols();
    Matrix<Eigen::Index> place = Matrix<Eigen::Index>::Constant(dimension, classes, -1);
    Eigen::Index size = classes * dimension;
    for (Eigen::Index k = 0; k < classes; ++k) {
        for (Eigen::Index i = 0; i < dimension; ++i) {
            if (!is_zero(at.features(i, k))) {
                place(i, k) = size++;
            }
        }
    }
    const auto of_v = [&](Eigen::Index m, Eigen::Index i) { return i * classes + m; };
    Derivatives result;
    result.gradient = Vector<Enclosure>::Constant(size, Enclosure(0));
    result.hessian = Matrix<Enclosure>::Constant(size, size, Enclosure(0));
    for (Eigen::Index i = 0; i < dimension; ++i) {
        for (Eigen::Index m = 0; m < classes; ++m) {
            result.gradient[of_v(m, i)] = at.classifier(m, i);
            result.hessian(of_v(m, i), of_v(m, i)) = Enclosure(1);
        }
    }
    for (Eigen::Index k = 0; k < classes; ++k) {
        Vector<Enclosure> logits = Vector<Enclosure>::Constant(classes, Enclosure(0));
        std::vector<Eigen::Index> support;
        for (Eigen::Index i = 0; i < dimension; ++i) {
            if (place(i, k) >= 0) {
                support.push_back(i);
                for (Eigen::Index m = 0; m < classes; ++m) {
                    logits[m] += at.classifier(m, i) * at.features(i, k) / at.root_count[k];
                }
            }
        }
        const Vector<Enclosure> residual = softmax_residual(logits, k);
        const Matrix<Enclosure> curvature = softmax_curvature(residual, k);
        Matrix<Enclosure> along(dimension, classes);  // (curvature V)^T
        for (Eigen::Index i = 0; i < dimension; ++i) {
            Enclosure slope(0);
            for (Eigen::Index m = 0; m < classes; ++m) {
                slope += at.pull[k] * residual[m] * at.classifier(m, i);
                along(i, m) = Enclosure(0);
                for (Eigen::Index l = 0; l < classes; ++l) {
                    along(i, m) += curvature(m, l) * at.classifier(l, i);
                }
            }
            if (place(i, k) < 0) {
                result.multipliers.push_back(slope);
                continue;
            }
            result.gradient[place(i, k)] = slope + at.features(i, k);
            result.hessian(place(i, k), place(i, k)) += Enclosure(1);
        }
        const Enclosure steep = at.pull[k] / at.root_count[k];
        for (const Eigen::Index i : support) {
            for (Eigen::Index m = 0; m < classes; ++m) {
                result.gradient[of_v(m, i)] += at.pull[k] * residual[m] * at.features(i, k);
            }
            for (const Eigen::Index j : support) {
                for (Eigen::Index m = 0; m < classes; ++m) {
                    result.hessian(place(i, k), place(j, k)) += steep * at.classifier(m, i) * along(j, m);
                    Enclosure mixed = steep * along(j, m) * at.features(i, k);
                    if (i == j) {
                        mixed += at.pull[k] * residual[m];
                    }
                    result.hessian(of_v(m, i), place(j, k)) += mixed;
                    result.hessian(place(j, k), of_v(m, i)) += mixed;
                    for (Eigen::Index l = 0; l < classes; ++l) {
                        result.hessian(of_v(m, i), of_v(l, j)) +=
                            steep * curvature(m, l) * at.features(i, k) * at.features(j, k);
                    }
                }
            }
        }
    }
    return result;
}

// Whether the Hessian minus `least` times the identity is positive definite, by Arb's Cholesky.
bool exceeds(const Matrix<Enclosure>& hessian, const Enclosure& least) {
    arb_mat_t matrix;
    arb_mat_init(matrix, hessian.rows(), hessian.cols());
    for (Eigen::Index i = 0; i < hessian.rows(); ++i) {
        for (Eigen::Index j = 0; j < hessian.cols(); ++j) {
            arb_set(arb_mat_entry(matrix, i, j), hessian(i, j).data());
        }
        arb_sub(arb_mat_entry(matrix, i, i), arb_mat_entry(matrix, i, i), least.data(),
                Enclosure::precision());
    }
    const bool positive = arb_mat_cho(matrix, matrix, Enclosure::precision()) != 0;
    arb_mat_clear(matrix);
    return positive;
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
