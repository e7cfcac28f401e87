#include "solvers/dense_problem.hpp"

#include "solvers/scaled_problem.hpp"

namespace ncverify::solvers {

namespace {
using Real = Multiprecision;
}

DenseProblem dense_problem(const Configuration& configuration, long dimension) {
    DenseProblem problem{configuration.classes(), dimension, Vector<Real>(configuration.classes()),
                         Vector<Real>(configuration.classes())};
    for (long k = 0; k < problem.classes; ++k) {
        problem.gamma[k] = sqrt(from_rational<Real>(gamma_squared(configuration, k)));
        problem.root[k] = sqrt(Real(configuration.counts[static_cast<std::size_t>(k)]));
    }
    return problem;
}

DenseEvaluation evaluate(const DenseProblem& problem, const DensePoint& point) {
    DenseEvaluation result{(point.v.squaredNorm() + point.u.squaredNorm()) / 2, point,
                           Matrix<Real>(problem.classes, problem.classes)};
    for (long k = 0; k < problem.classes; ++k) {
        const Vector<Real> logits = (point.v * point.u.col(k)) / problem.root[k];
        result.residuals.col(k) = softmax_residual(logits, k);
        result.value += problem.root[k] * problem.gamma[k] * cross_entropy(logits, k);
        const Vector<Real> scaled = result.residuals.col(k) * problem.gamma[k];
        result.gradient.v += scaled * point.u.col(k).transpose();
        result.gradient.u.col(k) += point.v.transpose() * scaled;
    }
    return result;
}

DenseVariables free_variables(const DensePoint& point, const DensePoint& gradient, const Real& target) {
    DenseVariables variables;
    for (Eigen::Index i = 0; i < point.v.cols(); ++i) {
        for (Eigen::Index m = 0; m < point.v.rows(); ++m) {
            variables.classifier.emplace_back(m, i);
        }
    }
    for (Eigen::Index k = 0; k < point.u.cols(); ++k) {
        for (Eigen::Index i = 0; i < point.u.rows(); ++i) {
            if (point.u(i, k) > 0 || gradient.u(i, k) < -target) {
                variables.features.emplace_back(i, k);
            }
        }
    }
    return variables;
}

Vector<Real> free_part(const DensePoint& point, const DenseVariables& variables) {
    Vector<Real> values(variables.size());
    long row = 0;
    for (const auto& [m, i] : variables.classifier) {
        values[row++] = point.v(m, i);
    }
    for (const auto& [i, k] : variables.features) {
        values[row++] = point.u(i, k);
    }
    return values;
}

DensePoint moved(DensePoint point, const DenseVariables& variables, const Vector<Real>& step) {
    long row = 0;
    for (const auto& [m, i] : variables.classifier) {
        point.v(m, i) -= step[row++];
    }
    for (const auto& [i, k] : variables.features) {
        point.u(i, k) = std::max(Real(0), Real(point.u(i, k) - step[row++]));
    }
    return point;
}

Matrix<Real> hessian_of(const DenseProblem& problem, const DensePoint& point, const Matrix<Real>& residuals,
                        const DenseVariables& variables) {
    const long n = variables.size(), first = static_cast<long>(variables.classifier.size());
    Matrix<Real> hessian = Matrix<Real>::Identity(n, n);
    for (long k = 0; k < problem.classes; ++k) {
        Vector<Real> p = residuals.col(k);
        p[k] += 1;
        const Real weight = problem.gamma[k] / problem.root[k];
        Matrix<Real> curvature = (-weight) * (p * p.transpose());  // of the data term in the logits
        for (long m = 0; m < problem.classes; ++m) {
            curvature(m, m) += weight * p[m];
        }
        const Matrix<Real> cross = curvature * point.v;  // K x d
        const Matrix<Real> inner = point.v.transpose() * cross;
        for (long a = 0; a < first; ++a) {
            const auto [m, i] = variables.classifier[static_cast<std::size_t>(a)];
            if (point.u(i, k) == 0) {
                continue;
            }
            for (long b = 0; b <= a; ++b) {
                const auto [l, j] = variables.classifier[static_cast<std::size_t>(b)];
                if (point.u(j, k) != 0) {
                    hessian(a, b) += curvature(m, l) * point.u(i, k) * point.u(j, k);
                }
            }
        }
        for (long a = first; a < n; ++a) {
            const auto [i, owner] = variables.features[static_cast<std::size_t>(a - first)];
            if (owner != k) {
                continue;
            }
            for (long b = 0; b < first; ++b) {
                const auto [m, j] = variables.classifier[static_cast<std::size_t>(b)];
                hessian(a, b) += point.u(j, k) * cross(m, i);
                if (i == j) {
                    hessian(a, b) += problem.gamma[k] * residuals(m, k);
                }
            }
            for (long b = first; b <= a; ++b) {
                const auto [j, other] = variables.features[static_cast<std::size_t>(b - first)];
                if (other == k) {
                    hessian(a, b) += inner(i, j);
                }
            }
        }
    }
    return hessian;  // the lower triangle
}

}  // namespace ncverify::solvers
