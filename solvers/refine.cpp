#include "solvers/refine.hpp"

#include <algorithm>
#include <cmath>

#include "problem/processor_clock.hpp"
#include "solvers/class_newton.hpp"

namespace ncverify::solvers {

namespace {

using Real = Multiprecision;

double to_double(arf_srcptr x) {
    return arf_get_d(x, ARF_RND_NEAR);
}

// Largest wrong-signed multiplier: the gradient of F in feature (k, i) of a coordinate owned by j != k is
// -rho_j t_i (q_j . q_k), which must not be negative. In double, as only the sign matters; where double
// leaves that open, in full. Returns its log10, or -infinity.
double worst_multiplier_log10(const std::vector<std::unique_ptr<ClassPoint>>& points, long bits) {
    const auto classes = static_cast<Eigen::Index>(points.size());
    Matrix<double> q(classes, classes);
    for (Eigen::Index k = 0; k < classes; ++k) {
        for (Eigen::Index m = 0; m < classes; ++m) {
            q(m, k) = to_double(points[static_cast<std::size_t>(k)]->residual[m]);
        }
    }
    const Matrix<double> gram = q.transpose() * q;
    double worst = -std::numeric_limits<double>::infinity();
    Float sum;
    for (Eigen::Index j = 0; j < classes; ++j) {
        const ClassPoint& owner = *points[static_cast<std::size_t>(j)];
        if (arf_sgn(owner.sigma) <= 0) {
            continue;
        }
        const double size = 0.5 * std::log10(std::abs(to_double(owner.sigma)));  // of rho_j, about
        for (Eigen::Index k = 0; k < classes; ++k) {
            const double rounding = 1e-15 * static_cast<double>(classes) * std::sqrt(gram(j, j) * gram(k, k));
            if (k == j || gram(j, k) < -rounding) {
                continue;
            }
            double product = gram(j, k);
            if (product <= rounding) {
                arf_zero(sum);
                for (Eigen::Index m = 0; m < classes; ++m) {
                    Arithmetic{bits}.addmul(sum, owner.residual[m],
                                            points[static_cast<std::size_t>(k)]->residual[m]);
                }
                product = to_double(sum);
            }
            worst = product > 0 ? std::max(worst, size + std::log10(product)) : worst;
        }
    }
    return worst;
}

// Puts a class that lives into W and H: its features along the direction of the coordinates that it owns, and
// these coordinates' columns of W.
void place(const Configuration& configuration, const ActiveSet& active, const std::vector<long>& owned,
           long k, const Real& stretch, const ClassPoint& point, long bits, Minimizer& result) {
    const Arithmetic with{bits};
    Float factor, product;
    double length = 0;  // of the direction; scaled to one exactly below
    for (const long i : owned) {
        length = std::max(length, active.weight[static_cast<std::size_t>(i)]);
    }
    Real square(0);
    for (const long i : owned) {
        const Real part(active.weight[static_cast<std::size_t>(i)] / length);
        square += part * part;
    }
    const Real root = sqrt(Real(configuration.counts[static_cast<std::size_t>(k)]));
    const Real rho = sqrt(to_multiprecision(point.sigma) * root / square);
    for (const long i : owned) {
        const Real along = rho * Real(active.weight[static_cast<std::size_t>(i)] / length);
        result.features.push_back({i, k, along / (stretch * root)});
        const Real scale = -stretch * along;
        arf_set_mpfr(factor, scale.backend().data());
        for (long m = 0; m < configuration.classes(); ++m) {
            with.mul(product, factor, point.residual[m]);
            arf_get_mpfr(result.classifier(m, i).backend().data(), product, MPFR_RNDN);
        }
    }
}

// Processor time of one evaluation at this precision: the median of several.
double evaluation_seconds(const Configuration& configuration,
                          const std::vector<std::unique_ptr<ClassPoint>>& points, long bits) {
    std::vector<double> times;
    const long classes = configuration.classes();
    ClassPoint scratch(classes);
    double spent = 0;
    for (int repeat = 0; repeat < 5 && spent < 1; ++repeat) {
        const auto start = ProcessorClock::now();
        for (long k = 0; k < classes; ++k) {
            if (arf_sgn(points[static_cast<std::size_t>(k)]->sigma) > 0) {
                evaluate_class(gamma_squared(configuration, k), k, *points[static_cast<std::size_t>(k)], bits,
                               scratch);
            }
        }
        times.push_back(seconds_since(start));
        spent += times.back();
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

}  // namespace

Matrix<Multiprecision> Minimizer::dense_features() const {
    Matrix<Real> dense = Matrix<Real>::Constant(classifier.cols(), columns, Real(0));
    for (const Feature& feature : features) {
        dense(feature.coordinate, feature.column) = feature.value;
    }
    return dense;
}

std::optional<Minimizer> refine(const Configuration& configuration, const ScaledProblem& problem,
                                const ActiveSet& active, const std::vector<ClassStart>& starts, long digits,
                                bool measure) {
    const auto clock = ProcessorClock::now();
    const long classes = configuration.classes(), bits = bits_for_digits(digits);
    std::vector<std::vector<long>> owned(static_cast<std::size_t>(classes));
    for (std::size_t i = 0; i < active.owner.size(); ++i) {
        if (active.owner[i] != unowned) {
            owned[static_cast<std::size_t>(active.owner[i])].push_back(static_cast<long>(i));
        }
    }
    const PrecisionScope scope(digits);
    Minimizer result;
    result.digits = digits;
    result.columns = classes;
    result.missing_weight.resize(classes);
    const Real stretch = sqrt(sqrt(from_rational<Real>(configuration.lambda_h / configuration.lambda_w)));
    std::vector<std::unique_ptr<ClassPoint>> points;
    long residual = -bits;
    ClassWorkspace work(classes);
    for (long k = 0; k < classes; ++k) {
        const auto index = static_cast<std::size_t>(k);
        const Rational gamma_sq = gamma_squared(configuration, k);
        points.push_back(std::make_unique<ClassPoint>(classes));
        ClassPoint& point = *points.back();
        if (owned[index].empty()) {
            zero_class(gamma_sq, k, bits, point);
        } else {
            const NewtonSummary summary =
                refine_class(gamma_sq, problem.log_gamma[index], k, starts[index], bits, point, work);
            if (!summary.converged) {
                return std::nullopt;
            }
            residual = std::max(residual, summary.residual_exponent);
            if (arf_sgn(point.sigma) <= 0) {
                zero_class(gamma_sq, k, bits, point);
            }
        }
        result.missing_weight[k] = to_multiprecision(point.own_missing);
    }
    double measuring = 0;
    if (measure) {
        const auto start = ProcessorClock::now();
        result.evaluation_seconds = evaluation_seconds(configuration, points, bits);
        measuring = seconds_since(start);
    }
    for (const std::unique_ptr<ClassPoint>& point : points) {
        point->logits = Floats(0);  // K^2 in all, which need not be there beside W
    }
    result.classifier =
        Matrix<Real>::Constant(classes, static_cast<Eigen::Index>(active.owner.size()), Real(0));
    for (long k = 0; k < classes; ++k) {
        const auto index = static_cast<std::size_t>(k);
        if (arf_sgn(points[index]->sigma) > 0) {
            place(configuration, active, owned[index], k, stretch, *points[index], bits, result);
        }
    }
    result.kkt_residual_log10 =
        std::max(worst_multiplier_log10(points, bits), static_cast<double>(residual) * 0.30102999566398120);
    result.refine_seconds = seconds_since(clock) - measuring;
    return result;
}

std::vector<Rational> dual_slopes(const Configuration& configuration,
                                  const Vector<Multiprecision>& missing_weight, long digits) {
    std::vector<Rational> slopes;
    const Rational c_squared = configuration.c_squared();
    for (long k = 0; k < configuration.classes(); ++k) {
        const Rational count = configuration.weighted_count(static_cast<std::size_t>(k));
        Rational slope = missing_weight[k] > 0 ? decimal_below(missing_weight[k], digits) : Rational(0);
        if (slope * slope * count > c_squared) {
            slope = root_below(c_squared / count, digits);
        }
        slopes.push_back(slope);
    }
    return slopes;
}

}  // namespace ncverify::solvers
