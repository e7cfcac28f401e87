#include "solvers/scaled_problem.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/evaluations.hpp"

namespace ncverify::solvers {

namespace {
constexpr double comfortable_gamma = 100;
thread_local long evaluated = 0;
// Columns V u_j; divided by sqrt(m_j) and then, in place,
// gamma_j (softmax - e_k). Returns the data term of F.
double residuals(const ScaledProblem& problem, Matrix<double>& logits, bool want_residual) {
    double data = 0;
    for (std::size_t j = 0; j < problem.columns.size(); ++j) {
        auto column = logits.col(static_cast<Eigen::Index>(j));
        const auto& [k, root, gamma] = problem.columns[j];
        column /= root;
        const double own = column[k];
        const double top = column.maxCoeff();
        column = (column.array() - top).exp();
        const double total = column.sum();
        const double others = total - column[k] > 1e-3 * total
                                  ? total - column[k]
                                  : column.head(k).sum() + column.tail(problem.classes - k - 1).sum();
        const double entropy = own >= top ? std::log1p(others) : std::log(total) + (top - own);
        data += root * gamma * entropy;
        if (want_residual) {
            column *= gamma / total;
            column[k] = -gamma * (others / total);
        }
    }
    return data;
}
}  // namespace

Rational gamma_squared(const Configuration& configuration, long k) {
    const Integer total = configuration.samples();
    return configuration.weighted_count(static_cast<std::size_t>(k)) /
           (Rational(total * total) * configuration.lambda_w * configuration.lambda_h);
}

ScaledProblem scaled_problem(const Configuration& configuration, Formulation formulation) {
    ScaledProblem problem;
    problem.classes = configuration.classes();
    problem.dimension = static_cast<long>(configuration.dimension);
    const Rational threshold = configuration.threshold();
    const Rational base = gamma_squared(configuration, 0) / configuration.weighted_count(0);
    std::vector<Rational> counts;  // omega_k^2 n_k
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        counts.push_back(configuration.weighted_count(k));
    }
    const Rational smallest = *std::min_element(counts.begin(), counts.end());
    const Rational comfortable = Rational(static_cast<long>(comfortable_gamma * comfortable_gamma));
    const Rational scale =
        base * smallest > comfortable ? Rational(comfortable / (base * smallest)) : Rational(1);
    const PrecisionScope scope(30);
    const auto log_base = static_cast<double>(log(from_rational<Multiprecision>(base))) / 2;
    for (std::size_t k = 0; k < counts.size(); ++k) {
        const auto count = static_cast<double>(configuration.counts[k]);
        // A weight may be as small or large as a decay: its logarithm is taken of the exact number.
        const double log_omega =
            configuration.weighted()
                ? static_cast<double>(log(from_rational<Multiprecision>(configuration.weights[k].squared))) /
                      2
                : 0;
        problem.log_gamma.push_back(log_base + std::log(count) / 2 + log_omega);
        problem.root_count.push_back(std::sqrt(count));
        problem.gamma.push_back(std::sqrt(from_rational<double>(base * counts[k] * scale)));
        problem.revivable.push_back(counts[k] > threshold);
    }
    for (const FeatureColumn& column : feature_columns(configuration, formulation)) {
        const auto label = static_cast<std::size_t>(column.label);
        const double part =
            static_cast<double>(column.weight) / static_cast<double>(configuration.counts[label]);
        problem.columns.push_back({column.label, std::sqrt(static_cast<double>(column.weight)),
                                   problem.gamma[label] * std::sqrt(part)});
    }
    return problem;
}

// The logarithm of CE(t z, k), also where CE is too small or its factor too large for a number of its own.
static long double log_entropy(const Matrix<double>& logits, Eigen::Index j, long k, long double t) {
    long double top = -INFINITY, sum = 0;
    for (Eigen::Index m = 0; m < logits.rows(); ++m) {
        top = m == k ? top : std::max(top, static_cast<long double>(logits(m, j) - logits(k, j)));
    }
    for (Eigen::Index m = 0; m < logits.rows(); ++m) {
        sum += m == k ? 0 : std::exp(t * (static_cast<long double>(logits(m, j) - logits(k, j)) - top));
    }
    const long double others = t * top + std::log(sum);  // log of the sum over m != k of exp(t (z_m - z_k))
    if (others < -40) {  // x < e^-40: log1p(x) is x to x/2, far below double's rounding; likewise above 40
        return others;
    }
    return std::log(others > 40 ? others : std::log1p(std::exp(others)));
}

ScaledPoint stretched(const ScaledProblem& problem, const ScaledPoint& point) {
    const long double behind = problem.log_gamma[0] - std::log(static_cast<long double>(problem.gamma[0]));
    // Where nothing was lowered this is what double leaves of logarithms, which are below 1e5: 1e-11 at most.
    // A problem lowered by less than 1e-9 keeps nine digits of its losses, which are shown and decide
    // nothing.
    if (behind <= 1e-9) {
        return point;
    }
    const Matrix<double> logits = scaled_logits(problem, point);
    const long double ridge = (point.classifier.squaredNorm() + point.features.squaredNorm()) / 2;
    // V and U longer by sqrt(t): convex in t. Infinite where t is far too small.
    const auto value = [&](long double t) {
        long double sum = t * ridge;
        for (std::size_t j = 0; j < problem.columns.size(); ++j) {
            const auto& [k, root, gamma] = problem.columns[j];
            sum += root * std::exp(std::log(static_cast<long double>(gamma)) + behind +
                                   log_entropy(logits, static_cast<Eigen::Index>(j), k, t));
        }
        return sum;
    };
    long double low = 1, high = 2;
    while (high < 0x1p100L && (!std::isfinite(value(high)) || value(high) < value(low))) {
        low = high;
        high *= 2;
    }
    low /= 2;
    for (int step = 0; step < 120; ++step) {  // thirds: (2/3)^120 is below double's rounding
        const long double a = low + (high - low) / 3, b = high - (high - low) / 3;
        const long double at_a = value(a);
        if (!std::isfinite(at_a) || value(b) < at_a) {
            low = a;
        } else {
            high = b;
        }
    }
    const long double t = (low + high) / 2;
    const auto root = static_cast<double>(std::sqrt(t));
    return {root * point.classifier, root * point.features, static_cast<double>(value(t))};
}

ScaledPoint random_point(const ScaledProblem& problem, Random& random) {
    ScaledPoint point{Matrix<double>(problem.classes, problem.dimension),
                      Matrix<double>(problem.dimension, problem.classes), 0};
    for (long i = 0; i < problem.dimension; ++i) {
        for (long k = 0; k < problem.classes; ++k) {
            point.classifier(k, i) = 2 * random.uniform() - 1;
            point.features(i, k) =
                std::sqrt(problem.root_count[static_cast<std::size_t>(k)]) * random.uniform();
        }
    }
    return point;
}

long evaluations() {
    return evaluated;
}

double scaled_objective(const ScaledProblem& problem, const Matrix<double>& classifier,
                        const Matrix<double>& features) {
    ++evaluated;
    Matrix<double> logits = classifier * features;
    return residuals(problem, logits, false) + 0.5 * (classifier.squaredNorm() + features.squaredNorm());
}

double scaled_gradient(const ScaledProblem& problem, const Matrix<double>& classifier,
                       const Matrix<double>& features, Matrix<double>& gradient_v,
                       Matrix<double>& gradient_u) {
    ++evaluated;
    Matrix<double> residual = classifier * features;
    const double data = residuals(problem, residual, true);
    gradient_v.noalias() = residual * features.transpose();
    gradient_v += classifier;
    gradient_u.noalias() = classifier.transpose() * residual;
    gradient_u += features;
    return data + 0.5 * (classifier.squaredNorm() + features.squaredNorm());
}

Matrix<double> scaled_residuals(const ScaledProblem& problem, const ScaledPoint& point) {
    ++evaluated;
    Matrix<double> residual = point.classifier * point.features;
    residuals(problem, residual, true);
    return residual;
}

Matrix<double> scaled_logits(const ScaledProblem& problem, const ScaledPoint& point) {
    Matrix<double> logits = point.classifier * point.features;
    for (std::size_t j = 0; j < problem.columns.size(); ++j) {
        logits.col(static_cast<Eigen::Index>(j)) /= problem.columns[j].root;
    }
    return logits;
}

}  // namespace ncverify::solvers
