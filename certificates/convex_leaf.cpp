#include "certificates/convex_leaf.hpp"

#include <algorithm>
#include <vector>

#include "certificates/leaf_box.hpp"

namespace ncverify::certificates {

namespace {

// W and the features that are free to move, on a box: where each stands among the variables.
struct Variables {
    Eigen::Index classes = 0, dimension = 0;
    std::vector<std::pair<Eigen::Index, Eigen::Index>> features;  // (coordinate, class)

    Eigen::Index weights() const { return classes * dimension; }
    Eigen::Index size() const { return weights() + static_cast<Eigen::Index>(features.size()); }
};

// softmax(W h_k) on the box, column k.
Matrix<Enclosure> softmax(const PointBox& box) {
    const Eigen::Index classes = box.classifier.rows(), dimension = box.classifier.cols();
    Matrix<Enclosure> result(classes, classes);
    for (Eigen::Index k = 0; k < classes; ++k) {
        for (Eigen::Index m = 0; m < classes; ++m) {
            Enclosure sum(1);
            for (Eigen::Index j = 0; j < classes; ++j) {
                if (j == m) {
                    continue;
                }
                Enclosure difference(0);
                for (Eigen::Index i = 0; i < dimension; ++i) {
                    difference += (box.classifier(j, i) - box.classifier(m, i)) * box.features(i, k);
                }
                sum += exp(difference);
            }
            result(m, k) = Enclosure(1) / sum;
        }
    }
    return result;
}

struct ClassConstants {
    Enclosure share, ridge;  // omega_k n_k / N and lH n_k
};

ClassConstants constants(const Configuration& configuration, Eigen::Index k) {
    const auto index = static_cast<std::size_t>(k);
    const auto count = from_integer<Enclosure>(configuration.counts[index]);
    const Enclosure omega =
        configuration.weighted() ? weight_value<Enclosure>(configuration.weights[index]) : Enclosure(1);
    return {omega * count / from_integer<Enclosure>(configuration.samples()),
            from_rational<Enclosure>(configuration.lambda_h) * count};
}

// Features that are zero at the point, and whose derivative is positive on all of the box: the loss is least
// where they are zero. They are set so; the others are variables.
Variables free_variables(const Configuration& configuration, const DifferentiatedPoint& point,
                         PointBox& box) {
    const Eigen::Index classes = box.classifier.rows(), dimension = box.classifier.cols();
    const Matrix<Enclosure> p = softmax(box);
    Variables variables{classes, dimension, {}};
    for (Eigen::Index k = 0; k < classes; ++k) {
        const ClassConstants here = constants(configuration, k);
        for (Eigen::Index i = 0; i < dimension; ++i) {
            bool absent = arb_is_zero(point.features(i, k).data()) != 0;
            if (absent) {
                Enclosure slope(0);
                for (Eigen::Index m = 0; m < classes; ++m) {
                    slope += p(m, k) * (box.classifier(m, i) - box.classifier(k, i));
                }
                slope = slope * here.share + here.ridge * box.features(i, k);
                absent = certainly_positive(slope);
            }
            if (!absent) {
                variables.features.emplace_back(i, k);
            }
        }
    }
    Matrix<Enclosure> kept = Matrix<Enclosure>::Constant(dimension, classes, Enclosure(0));
    for (const auto& [i, k] : variables.features) {
        kept(i, k) = box.features(i, k);
    }
    box.features = kept;
    return variables;
}

// The Hessian of the loss in W and the free features, on the box.
Matrix<Enclosure> hessian(const Configuration& configuration, const PointBox& box,
                          const Variables& variables) {
    const Eigen::Index classes = variables.classes, dimension = variables.dimension;
    const Matrix<Enclosure> softmaxes = softmax(box);
    Matrix<Enclosure> result = Matrix<Enclosure>::Constant(variables.size(), variables.size(), Enclosure(0));
    const auto add = [&result](Eigen::Index a, Eigen::Index b, const Enclosure& value) {
        result(a, b) += value;
        if (a != b) {
            result(b, a) += value;
        }
    };
    const auto lambda_w = from_rational<Enclosure>(configuration.lambda_w);
    for (Eigen::Index a = 0; a < variables.weights(); ++a) {
        result(a, a) += lambda_w;
    }
    for (Eigen::Index k = 0; k < classes; ++k) {
        const ClassConstants here = constants(configuration, k);
        const Vector<Enclosure> p = softmaxes.col(k), h = box.features.col(k);
        // share p_m (delta_ml - p_l) h_i h_j, by m = a/d, i = a%d and so on.
        for (Eigen::Index a = 0; a < variables.weights(); ++a) {
            for (Eigen::Index b = 0; b <= a; ++b) {
                const Eigen::Index m = a / dimension, l = b / dimension;
                const Enclosure curvature = p(m) * ((m == l ? Enclosure(1) : Enclosure(0)) - p(l));
                add(a, b, here.share * curvature * h(a % dimension) * h(b % dimension));
            }
        }
        const Vector<Enclosure> mean = box.classifier.transpose() * p;
        for (std::size_t f = 0; f < variables.features.size(); ++f) {
            const auto [i, label] = variables.features[f];
            if (label != k) {
                continue;
            }
            const Eigen::Index row = variables.weights() + static_cast<Eigen::Index>(f);
            for (Eigen::Index b = 0; b < variables.weights(); ++b) {
                const Eigen::Index m = b / dimension, j = b % dimension;
                Enclosure value = h(j) * p(m) * (box.classifier(m, i) - mean(i));
                if (i == j) {
                    value += p(m) - (m == k ? Enclosure(1) : Enclosure(0));
                }
                add(row, b, here.share * value);
            }
            for (std::size_t g = 0; g <= f; ++g) {
                const auto [j, other] = variables.features[g];
                if (other != k) {
                    continue;
                }
                Enclosure covariance(0);
                for (Eigen::Index m = 0; m < classes; ++m) {
                    covariance += p(m) * (box.classifier(m, i) - mean(i)) * (box.classifier(m, j) - mean(j));
                }
                add(row, variables.weights() + static_cast<Eigen::Index>(g),
                    here.share * covariance + (f == g ? here.ridge : Enclosure(0)));
            }
        }
    }
    return result;
}

// Cholesky's method on the middle of the scaled matrix, less what the entries' radii can take from it:
// x'Ex >= -sum_a x_a^2 sum_b |E_ab| for a symmetric E. Of the enclosures, which rounding may have made
// different, those below the diagonal count.
bool positive_definite(Matrix<Enclosure> matrix) {
    const Eigen::Index size = matrix.rows();
    Vector<Enclosure> scale(size);
    for (Eigen::Index a = 0; a < size; ++a) {
        const Enclosure diagonal = matrix(a, a).midpoint();
        if (!certainly_positive(diagonal)) {
            return false;
        }
        scale(a) = (Enclosure(1) / sqrt(diagonal)).midpoint();
    }
    for (Eigen::Index a = 0; a < size; ++a) {
        for (Eigen::Index b = 0; b < size; ++b) {
            matrix(a, b) = matrix(a, b) * scale(a) * scale(b);
        }
    }
    Matrix<Enclosure> factor = matrix;
    for (Eigen::Index a = 0; a < size; ++a) {
        Enclosure radii(0);
        for (Eigen::Index b = 0; b < size; ++b) {
            const Enclosure& entry = matrix(std::max(a, b), std::min(a, b));
            radii += entry.radius();
            factor(a, b) = entry.midpoint();
        }
        factor(a, a) -= radii;
    }
    for (Eigen::Index j = 0; j < size; ++j) {
        for (Eigen::Index a = j; a < size; ++a) {
            for (Eigen::Index q = 0; q < j; ++q) {
                factor(a, j) -= factor(a, q) * factor(j, q);
            }
            if (a == j) {
                if (!certainly_positive(factor(j, j))) {
                    return false;
                }
                factor(j, j) = sqrt(factor(j, j));
            } else {
                factor(a, j) /= factor(j, j);
            }
        }
    }
    return true;
}

Enclosure magnitude(const Enclosure& x) {
    return abs(x).upper();
}

}  // namespace

DifferentiatedPoint differentiated_point(const Configuration& configuration, const EnclosedPoint& point) {
    const auto columns = feature_columns(configuration, Formulation::class_means);
    Gradient<Enclosure> slopes = gradient(configuration, columns, point.classifier, point.features);
    return {point.classifier, point.features, std::move(slopes.classifier), std::move(slopes.features),
            objective(configuration, columns, point.classifier, point.features)};
}

std::optional<DifferentiatedPoint> image_of(const Configuration& configuration,
                                            const DifferentiatedPoint& point, const PointImage& image) {
    DifferentiatedPoint result = point;
    for (std::size_t k = 0; k < image.classes.size(); ++k) {
        const auto from = static_cast<std::size_t>(image.classes[k]);
        if (configuration.counts[k] != configuration.counts[from] ||
            configuration.weighted_count(k) != configuration.weighted_count(from)) {
            return std::nullopt;
        }
        for (std::size_t i = 0; i < image.coordinates.size(); ++i) {
            const auto a = static_cast<Eigen::Index>(k), b = static_cast<Eigen::Index>(i);
            const auto source = static_cast<Eigen::Index>(from);
            const Eigen::Index coordinate = image.coordinates[i];
            result.classifier(a, b) = point.classifier(source, coordinate);
            result.classifier_gradient(a, b) = point.classifier_gradient(source, coordinate);
            result.features(b, a) = point.features(coordinate, source);
            result.feature_gradient(b, a) = point.feature_gradient(coordinate, source);
        }
    }
    return result;
}

std::optional<Enclosure> deepest_below(const Configuration& configuration, const DifferentiatedPoint& point,
                                       const std::vector<Cone>& cones, const Matrix<Enclosure>& probabilities,
                                       const Enclosure& entropy) {
    const Enclosure gap = positive_part(point.loss - entropy).upper();
    std::optional<PointBox> box = leaf_box(configuration, cones, probabilities, gap, point.loss.upper());
    if (!box) {
        return std::nullopt;
    }
    if (box->empty) {
        return Enclosure(0);
    }
    const PointBox around = *box;
    for (Eigen::Index k = 0; k < point.classifier.rows(); ++k) {
        for (Eigen::Index i = 0; i < point.classifier.cols(); ++i) {
            box->classifier(k, i) = Enclosure::hull(around.classifier(k, i), point.classifier(k, i));
            box->features(i, k) = Enclosure::hull(around.features(i, k), point.features(i, k));
        }
    }
    const Variables variables = free_variables(configuration, point, *box);
    if (!positive_definite(hessian(configuration, *box, variables))) {
        return std::nullopt;
    }
    // Convex: L0(x) >= L0(point) + gradient.(x - point).
    Enclosure below(0);
    for (Eigen::Index k = 0; k < variables.classes; ++k) {
        for (Eigen::Index i = 0; i < variables.dimension; ++i) {
            below += magnitude(point.classifier_gradient(k, i)) *
                     magnitude(around.classifier(k, i) - point.classifier(k, i));
        }
    }
    for (const auto& [i, k] : variables.features) {
        const bool absent = arb_is_zero(point.features(i, k).data()) != 0;
        // From zero a feature can only grow: no loss where the derivative is not negative.
        const Enclosure slope = absent ? positive_part(-point.feature_gradient(i, k)).upper()
                                       : magnitude(point.feature_gradient(i, k));
        below += slope * magnitude(around.features(i, k) - point.features(i, k));
    }
    return below;
}

}  // namespace ncverify::certificates
