#include "certificates/scaled_hessian.hpp"

#include "certificates/arb_matrix.hpp"

namespace ncverify::certificates {

namespace {

bool is_zero(const Enclosure& value) {
    return arb_is_zero(value.data()) != 0;
}

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

}  // namespace

Turned scaled_constants(const Configuration& configuration) {
    const long classes = configuration.classes();
    Turned turned;
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
    return turned;
}

std::string turn(const Configuration& configuration, const EnclosedPoint& point, Turned& turned) {
    const long classes = configuration.classes();
    turned = scaled_constants(configuration);
    const Enclosure scale =
        sqrt(sqrt(from_rational<Enclosure>(configuration.lambda_h / configuration.lambda_w)));
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

}  // namespace ncverify::certificates
