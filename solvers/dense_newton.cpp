#include "solvers/dense_newton.hpp"

#include <Eigen/Cholesky>
#include <cmath>

#include "problem/cancellation.hpp"
#include "problem/processor_clock.hpp"
#include "solvers/dense_problem.hpp"

namespace ncverify::solvers {

namespace {

using Real = Multiprecision;

constexpr long most_variables = 1200;
constexpr int most_steps = 200;
constexpr double used_feature = 1e-6;  // relative to the largest: a guess at zeros; the multipliers test it

Real largest(const Vector<Real>& values) {
    Real result(0);
    for (Eigen::Index i = 0; i < values.size(); ++i) {
        result = std::max(result, Real(abs(values[i])));
    }
    return result;
}

// Levenberg's method at the working precision until the gradient is below `target`; false where it stalls.
bool descend_to(const DenseProblem& problem, DensePoint& point, const Real& target) {
    DenseEvaluation here = evaluate(problem, point);
    const Real unit = pow(Real(10), 4 - static_cast<long>(Real::thread_default_precision()));
    Real damping_factor(1);
    for (int step = 0; step < most_steps; ++step) {
        give_up_if_cancelled();
        const DenseVariables variables = free_variables(point, here.gradient, target);
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
            DensePoint next = moved(point, variables, factor.solve(gradient));
            DenseEvaluation there = evaluate(problem, next);
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

DensePoint at_working_precision(const DensePoint& point) {
    DensePoint result = point;
    for (Matrix<Real>* matrix : {&result.v, &result.u}) {
        for (Eigen::Index i = 0; i < matrix->size(); ++i) {
            matrix->data()[i] = ncverify::at_working_precision(matrix->data()[i]);
        }
    }
    return result;
}

// The point in the variables of problem (4),
// with its first-order defect over all of U, coordinates left out too.
Minimizer finish(const Configuration& configuration, const DenseProblem& problem, const DensePoint& point,
                 const std::vector<long>& used, long digits) {
    Minimizer result;
    result.digits = digits;
    result.classifier = Matrix<Real>::Constant(problem.classes, configuration.dimension, Real(0));
    result.columns = problem.classes;
    result.missing_weight.resize(problem.classes);
    const auto clock = ProcessorClock::now();
    const DenseEvaluation here = evaluate(problem, point);
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

std::optional<Minimizer> refine_dense(const Configuration& configuration, const ScaledPoint& point,
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
    DensePoint current;
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
