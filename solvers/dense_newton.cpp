#include "solvers/dense_newton.hpp"

#include <Eigen/Cholesky>
#include <cmath>

#include "problem/processor_clock.hpp"

namespace ncverify::solvers {

namespace {

using Real = Multiprecision;

constexpr long most_variables = 1200;
constexpr int most_steps = 200;
constexpr double used_feature =
    1e-6;  // relative to the largest: a guess at what is zero, tested by the multipliers

/// Where the free entries of V and U stand in the vector of variables.
struct Variables {
    std::vector<std::pair<long, long>> classifier;  ///< (m, i) of V
    std::vector<std::pair<long, long>> features;    ///< (i, k) of U
    long size() const { return static_cast<long>(classifier.size() + features.size()); }
};

struct DenseProblem {
    long classes = 0, dimension = 0;
    Vector<Real> gamma, root;
};

struct Point {
    Matrix<Real> v, u;
};

DenseProblem dense_problem(const Configuration& configuration, long dimension) {
    DenseProblem problem{configuration.classes(), dimension, Vector<Real>(configuration.classes()),
                         Vector<Real>(configuration.classes())};
    for (long k = 0; k < problem.classes; ++k) {
        problem.gamma[k] = sqrt(from_rational<Real>(gamma_squared(configuration, k)));
        problem.root[k] = sqrt(Real(configuration.counts[static_cast<std::size_t>(k)]));
    }
    return problem;
}

/// F and its gradient; the columns of `residuals` are softmax - e_k.
struct Evaluation {
    Real value;
    Point gradient;
    Matrix<Real> residuals;
};

Evaluation evaluate(const DenseProblem& problem, const Point& point) {
    Evaluation result{(point.v.squaredNorm() + point.u.squaredNorm()) / 2, point,
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

Vector<Real> free_part(const Point& point, const Variables& variables) {
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

Matrix<Real> hessian_of(const DenseProblem& problem, const Point& point, const Matrix<Real>& residuals,
                        const Variables& variables) {
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

Point moved(Point point, const Variables& variables, const Vector<Real>& step) {
    long row = 0;
    for (const auto& [m, i] : variables.classifier) {
        point.v(m, i) -= step[row++];
    }
    for (const auto& [i, k] : variables.features) {
        point.u(i, k) = std::max(Real(0), Real(point.u(i, k) - step[row++]));
    }
    return point;
}

Real largest(const Vector<Real>& values) {
    Real result(0);
    for (Eigen::Index i = 0; i < values.size(); ++i) {
        result = std::max(result, Real(abs(values[i])));
    }
    return result;
}

// Free: every entry of V, and of U what is positive or wants to be.
Variables free_variables(const Point& point, const Point& gradient, const Real& target) {
    Variables variables;
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

// Levenberg's method at the working precision until the gradient is below `target`; false where it stalls.
bool descend_to(const DenseProblem& problem, Point& point, const Real& target) {
    Evaluation here = evaluate(problem, point);
    const Real unit = pow(Real(10), 4 - static_cast<long>(Real::thread_default_precision()));
    Real damping_factor(1);
    for (int step = 0; step < most_steps; ++step) {
        const Variables variables = free_variables(point, here.gradient, target);
        const Vector<Real> gradient = free_part(here.gradient, variables);
        const Real size = largest(gradient);
        if (size < target) {
            return true;
        }
        Matrix<Real> hessian = hessian_of(problem, point, here.residuals, variables);
        for (Eigen::Index a = 0; a < hessian.rows(); ++a) {
            hessian(a, a) += damping_factor * size;
        }
        const Eigen::LLT<Matrix<Real>> factor(hessian);
        bool improved = false;
        if (factor.info() == Eigen::Success) {
            Point next = moved(point, variables, factor.solve(gradient));
            Evaluation there = evaluate(problem, next);
            // Far away F must fall; close by it cannot be seen to, and the gradient must.
            const bool lower = there.value < here.value * (1 - unit);
            const bool level = there.value <= here.value * (1 + unit);
            if (lower || (level && largest(free_part(there.gradient,
                                                     free_variables(next, there.gradient, target))) < size)) {
                improved = true;
                point = std::move(next);
                here = std::move(there);
            }
        }
        damping_factor = improved ? std::max(Real(1), Real(damping_factor / 8)) : Real(damping_factor * 8);
    }
    return false;
}

Point at_working_precision(const Point& point) {
    Point result = point;
    for (Matrix<Real>* matrix : {&result.v, &result.u}) {
        for (Eigen::Index i = 0; i < matrix->size(); ++i) {
            matrix->data()[i] = ncverify::at_working_precision(matrix->data()[i]);
        }
    }
    return result;
}

// The point in the variables of problem (4),
// with its first-order defect over all of U, coordinates left out too.
Minimizer finish(const Configuration& configuration, const DenseProblem& problem, const Point& point,
                 const std::vector<long>& used, long digits) {
    Minimizer result;
    result.digits = digits;
    result.classifier = Matrix<Real>::Constant(problem.classes, configuration.dimension, Real(0));
    result.columns = problem.classes;
    result.missing_weight.resize(problem.classes);
    const auto clock = ProcessorClock::now();
    const Evaluation here = evaluate(problem, point);
    result.evaluation_seconds = seconds_since(clock);
    const Real stretch = sqrt(sqrt(from_rational<Real>(configuration.lambda_h / configuration.lambda_w)));
    Real defect(0);
    for (long k = 0; k < problem.classes; ++k) {
        result.missing_weight[k] = -here.residuals(k, k);
        for (std::size_t c = 0; c < used.size(); ++c) {
            const auto i = static_cast<long>(c);
            result.classifier(k, used[c]) = stretch * point.v(k, i);
            if (point.u(i, k) > 0) {
                result.features.push_back({used[c], k, point.u(i, k) / (stretch * problem.root[k])});
            }
            defect = std::max(
                {defect, Real(abs(here.gradient.v(k, i))),
                 point.u(i, k) > 0 ? Real(abs(here.gradient.u(i, k))) : Real(-here.gradient.u(i, k))});
        }
    }
    result.kkt_residual_log10 =
        defect > 0 ? static_cast<double>(log10(defect)) : -static_cast<double>(digits);
    return result;
}

}  // namespace

std::optional<Minimizer> refine_dense(const Configuration& configuration, const BalancedPoint& point,
                                      long digits) {
    const double threshold = used_feature * point.features.maxCoeff();
    std::vector<long> used;
    for (Eigen::Index i = 0; i < point.features.rows(); ++i) {
        if (point.features.row(i).maxCoeff() > threshold) {
            used.push_back(i);
        }
    }
    const auto dimension = static_cast<long>(used.size());
    if (2 * configuration.classes() * dimension > most_variables) {
        return std::nullopt;
    }
    Point current;
    {
        const PrecisionScope scope(32);
        current.v = Matrix<Real>::Constant(configuration.classes(), dimension, Real(0));
        current.u = Matrix<Real>::Constant(dimension, configuration.classes(), Real(0));
        for (long i = 0; i < dimension; ++i) {
            for (long k = 0; k < configuration.classes(); ++k) {
                current.v(k, i) = Real(point.classifier(k, used[static_cast<std::size_t>(i)]));
                const double feature = point.features(used[static_cast<std::size_t>(i)], k);
                current.u(i, k) = Real(feature > threshold ? feature : 0.0);
            }
        }
    }
    for (long working = 32;; working = std::min(2 * working, digits)) {
        const PrecisionScope scope(working);
        current = at_working_precision(current);
        const DenseProblem problem = dense_problem(configuration, dimension);
        // Rounding leaves about gamma K units in the last place;
        // the last stage is asked for what can be reached.
        const long slack = 6 + static_cast<long>(std::log10(static_cast<double>(configuration.classes())));
        const Real target = problem.gamma.maxCoeff() * pow(Real(10), -(working - slack));
        if (!descend_to(problem, current, target)) {
            return std::nullopt;
        }
        if (working == digits) {
            return finish(configuration, problem, current, used, digits);
        }
    }
}

}  // namespace ncverify::solvers
