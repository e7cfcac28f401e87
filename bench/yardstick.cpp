#include "bench/yardstick.hpp"

#include <algorithm>
#include <cmath>

namespace ncverify::bench {

namespace {

// x log y, and 0 log 0 = 0.
double x_log(double x, double y) {
    return x > 0 ? x * std::log(y) : 0.0;
}

}  // namespace

Yardstick::Yardstick(const Configuration& configuration, const solvers::ScaledProblem& problem)
    : problem_(problem),
      scale_(std::sqrt(from_rational<double>(configuration.lambda_w * configuration.lambda_h))),
      share_(configuration.classes()),
      limit_(configuration.classes()) {
    const auto classes = static_cast<double>(configuration.classes());
    const double root = std::sqrt(from_rational<double>(configuration.c_squared()));
    Vector<double> best(configuration.classes());
    for (long k = 0; k < configuration.classes(); ++k) {
        const long long count = configuration.counts[static_cast<std::size_t>(k)];
        share_[k] = from_rational<double>(Rational(Integer(count), configuration.samples()));
        limit_[k] = root / std::sqrt(static_cast<double>(count));
        best[k] = std::min(limit_[k], (classes - 1) / classes);
    }
    best_bound_ = bound(best);
}

double Yardstick::own_gap(const solvers::ScaledPoint& point) const {
    const Matrix<double> logits = solvers::scaled_logits(problem_, point);
    Vector<double> slopes(problem_.classes);
    for (long k = 0; k < problem_.classes; ++k) {
        const Vector<double> weights = (logits.col(k).array() - logits.col(k).maxCoeff()).exp();
        const double others = weights.head(k).sum() + weights.tail(problem_.classes - k - 1).sum();
        slopes[k] = std::min(others / (others + weights[k]), limit_[k]);
    }
    return relative_gap(point.value, bound(slopes));
}

double Yardstick::bound(const Vector<double>& slopes) const {
    const auto others = static_cast<double>(problem_.classes - 1);
    double total = 0;
    for (long k = 0; k < problem_.classes; ++k) {
        const double beta = slopes[k];
        total -= share_[k] * ((1 - beta) * std::log1p(-beta) + x_log(beta, beta / others));
    }
    return total;
}

double projected_gradient(const solvers::ScaledPoint& point, const Matrix<double>& gradient_v,
                          const Matrix<double>& gradient_u) {
    const auto free = (point.features.array() > 0 || gradient_u.array() < 0).cast<double>();
    const double largest =
        std::max(gradient_v.cwiseAbs().maxCoeff(), (gradient_u.array().abs() * free).maxCoeff());
    const double size = std::max(point.classifier.cwiseAbs().maxCoeff(), point.features.maxCoeff());
    return largest / (1 + size);
}

}  // namespace ncverify::bench
