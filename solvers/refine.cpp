#include "solvers/refine.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace ncverify::solvers {

namespace {

using Real = Multiprecision;

// What a class that is zero contributes: softmax uniform, no coordinates.
ClassPoint zero_class(long classes, long k, const Rational& gamma_squared) {
    const Real gamma = sqrt(from_rational<Real>(gamma_squared));
    ClassPoint point{Vector<Real>::Constant(classes, Real(0)), {}, Real(0)};
    point.residual = scaled_residual(point.logits, k, gamma);
    return point;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Largest wrong-signed multiplier: the gradient of F in feature (k, i) of a coordinate owned by j != k is
// -rho_j t_i (q_j . q_k), which must not be negative.
Real worst_multiplier(const std::vector<ClassPoint>& points, const std::vector<Real>& rho) {
    Real worst(0);
    for (std::size_t j = 0; j < points.size(); ++j) {
        if (rho[j] == 0) {
            continue;
        }
        for (std::size_t k = 0; k < points.size(); ++k) {
            if (k == j) {
                continue;
            }
            Real product(0);
            for (Eigen::Index m = 0; m < points[j].residual.size(); ++m) {
                product += points[j].residual[m] * points[k].residual[m];
            }
            worst = std::max(worst, Real(rho[j] * product));
        }
    }
    return worst;
}

}  // namespace

std::optional<Minimizer> refine(const Configuration& configuration, const ActiveSet& active,
                                const Matrix<double>& logits, long digits) {
    const long classes = configuration.classes();
    const auto dimension = static_cast<long>(active.owner.size());
    std::vector<bool> owns(static_cast<std::size_t>(classes), false);
    for (const long owner : active.owner) {
        if (owner != unowned) {
            owns[static_cast<std::size_t>(owner)] = true;
        }
    }
    NewtonSummary summary;
    summary.residual_log10 = -1e300;
    std::vector<ClassPoint> points;
    for (long k = 0; k < classes; ++k) {
        const Rational gamma_sq = gamma_squared(configuration, k);
        std::optional<ClassPoint> point;
        if (owns[static_cast<std::size_t>(k)]) {
            point = solve_class(gamma_sq, k, logits.col(k), digits, summary);
            if (!point) {
                return std::nullopt;
            }
        }
        const PrecisionScope scope(digits);
        points.push_back(point && point->sigma > 0 ? *point : zero_class(classes, k, gamma_sq));
    }
    const PrecisionScope scope(digits);
    Minimizer result;
    result.digits = digits;
    result.classifier = Matrix<Real>::Constant(classes, dimension, Real(0));
    result.features = Matrix<Real>::Constant(dimension, classes, Real(0));
    result.missing_weight.resize(classes);
    const Real stretch = sqrt(sqrt(from_rational<Real>(configuration.lambda_h / configuration.lambda_w)));
    std::vector<Real> rho(static_cast<std::size_t>(classes), Real(0)),
        direction(static_cast<std::size_t>(dimension), Real(0));
    for (long k = 0; k < classes; ++k) {
        const auto index = static_cast<std::size_t>(k);
        const ClassPoint& point = points[index];
        const Real root = sqrt(Real(configuration.counts[index]));
        const Real gamma = sqrt(from_rational<Real>(gamma_squared(configuration, k)));
        result.missing_weight[k] = -point.residual[k] / gamma;
        Real length(0);
        for (long i = 0; i < dimension; ++i) {
            if (active.owner[static_cast<std::size_t>(i)] == k) {
                length += Real(active.weight[static_cast<std::size_t>(i)]) *
                          Real(active.weight[static_cast<std::size_t>(i)]);
            }
        }
        if (length == 0 || point.sigma == 0) {
            continue;
        }
        rho[index] = sqrt(point.sigma * root);  // with a direction of length one
        for (long i = 0; i < dimension; ++i) {
            if (active.owner[static_cast<std::size_t>(i)] != k) {
                continue;
            }
            const Real share = Real(active.weight[static_cast<std::size_t>(i)]) / sqrt(length);
            result.features(i, k) = rho[index] * share / (stretch * root);
            for (long m = 0; m < classes; ++m) {
                result.classifier(m, i) = -stretch * rho[index] * share * point.residual[m];
            }
        }
    }
    // What one Newton iteration computes per class: residual, balance and norm, and from the same
    // exponentials the loss.
    std::vector<double> times;
    for (int repeat = 0; repeat < 3; ++repeat) {
        const auto start = std::chrono::steady_clock::now();
        Real loss(0);
        for (long k = 0; k < classes; ++k) {
            const ClassPoint& point = points[static_cast<std::size_t>(k)];
            if (point.sigma == 0) {
                continue;
            }
            const Vector<Real> q = scaled_residual(point.logits, k, Real(1));
            loss += log1p(-q[k] / (1 + q[k]));
            for (Eigen::Index m = 0; m < classes; ++m) {
                loss += point.logits[m] + point.sigma * q[m];
            }
        }
        times.push_back(seconds_since(start));
    }
    std::sort(times.begin(), times.end());
    result.evaluation_seconds = times[1];
    const Real worst = worst_multiplier(points, rho);
    const double worst_log10 = worst > 0 ? static_cast<double>(log10(worst)) : -1e300;
    result.kkt_residual_log10 = std::max({worst_log10, summary.residual_log10, -static_cast<double>(digits)});
    return result;
}

std::vector<Rational> dual_slopes(const Configuration& configuration,
                                  const Vector<Multiprecision>& missing_weight, long digits) {
    const PrecisionScope scope(digits);
    const auto rounded_down = [digits](const Real& value) {
        mpfr_exp_t exponent = 0;
        char* text = mpfr_get_str(nullptr, &exponent, 10, static_cast<std::size_t>(digits),
                                  value.backend().data(), MPFR_RNDD);
        const std::string mantissa(text);
        mpfr_free_str(text);
        return parse_rational(mantissa + "e" + std::to_string(exponent - static_cast<long>(mantissa.size())),
                              "slope", 1'000'000);
    };
    std::vector<Rational> slopes;
    const Rational c_squared = configuration.c_squared();
    for (long k = 0; k < configuration.classes(); ++k) {
        const long long count = configuration.counts[static_cast<std::size_t>(k)];
        Rational slope = missing_weight[k] > 0 ? rounded_down(missing_weight[k]) : Rational(0);
        if (slope * slope * count > c_squared) {
            Real limit;
            mpfr_set_q(limit.backend().data(), Rational(c_squared / count).backend().data(), MPFR_RNDD);
            mpfr_sqrt(limit.backend().data(), limit.backend().data(), MPFR_RNDD);
            slope = rounded_down(limit);
        }
        slopes.push_back(slope);
    }
    return slopes;
}

}  // namespace ncverify::solvers
