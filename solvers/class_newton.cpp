#include "solvers/class_newton.hpp"

#include <algorithm>
#include <cmath>

namespace ncverify::solvers {

namespace {

using Real = Multiprecision;
using Column = Vector<Real>;

constexpr long first_digits =
    40;  // where Newton's method starts: beyond double, so that a start is never the limit
constexpr int most_steps = 60;

Real dot(const Column& a, const Column& b) {
    Real sum(0);
    for (Eigen::Index m = 0; m < a.size(); ++m) {
        sum += a[m] * b[m];
    }
    return sum;
}

double log10_of(const Real& value) {
    if (value == 0) {
        return -1e300;
    }
    long exponent = 0;
    const double mantissa = mpfr_get_d_2exp(&exponent, value.backend().data(), MPFR_RNDN);
    return std::log10(std::abs(mantissa)) + static_cast<double>(exponent) * 0.30102999566398120;
}

struct Conditions {
    Column residual;  // q
    Column balance;   // z + sigma q
    Real norm;        // log ||q||, zero at the solution
    double size_log10;
};

Conditions conditions(const ClassPoint& point, long k, const Real& gamma) {
    Conditions result{scaled_residual(point.logits, k, gamma), Column(point.logits.size()), Real(0), 0};
    Real largest(0);
    for (Eigen::Index m = 0; m < point.logits.size(); ++m) {
        result.balance[m] = point.logits[m] + point.sigma * result.residual[m];
        largest = std::max(largest, Real(abs(result.balance[m])));
    }
    result.norm = log(dot(result.residual, result.residual)) / 2;
    result.size_log10 = log10_of(std::max(largest, Real(abs(result.norm))));
    return result;
}

// A number that depends affinely on the step in sigma and on P = sum_j softmax_j dz_j.
struct Affine {
    Real constant, sigma, mean;
};

// One Newton step. With D_m = 1 + sigma q_m the matrix is diagonal plus rank one, so K operations suffice:
// every dz_m is affine in (dsigma, P), and the definition of P and the norm condition determine those two.
void newton_step(ClassPoint& point, const Conditions& at, long k, const Real& gamma) {
    const Eigen::Index classes = point.logits.size();
    const Column& q = at.residual;
    std::vector<Affine> step(static_cast<std::size_t>(classes));
    Affine others{0, 0, 0};             // sum over m != k of dq_m
    Affine mean{0, 0, 0};               // sum over j of softmax_j dz_j
    Affine norm{0, 0, 0};               // q . dq
    const Real own = 1 + q[k] / gamma;  // softmax_k
    const auto gather = [](Affine& sum, const Affine& term, const Real& factor) {
        sum.constant += factor * term.constant;
        sum.sigma += factor * term.sigma;
        sum.mean += factor * term.mean;
    };
    for (Eigen::Index m = 0; m < classes; ++m) {
        if (m == k) {
            continue;
        }
        const Real divisor = 1 + point.sigma * q[m];
        Affine& dz = step[static_cast<std::size_t>(m)];
        dz = {-at.balance[m] / divisor, -q[m] / divisor, point.sigma * q[m] / divisor};
        const Affine dq{q[m] * dz.constant, q[m] * dz.sigma, q[m] * (dz.mean - 1)};
        gather(others, dq, Real(1));
        gather(mean, dz, q[m] / gamma);
        gather(norm, dq, q[m]);
    }
    Affine& dz_own = step[static_cast<std::size_t>(k)];
    dz_own = {-at.balance[k] + point.sigma * others.constant, -q[k] + point.sigma * others.sigma,
              point.sigma * others.mean};
    gather(mean, dz_own, own);
    gather(norm, others, -q[k]);
    // mean.constant + mean.sigma ds + (mean.mean - 1) P = 0;  norm.constant + norm.sigma ds + norm.mean P =
    // -norm ||q||^2
    const Real a = mean.sigma, b = mean.mean - 1, e = -mean.constant;
    const Real c = norm.sigma, d = norm.mean, f = -norm.constant - at.norm * dot(q, q);
    const Real determinant = a * d - b * c;
    const Real dsigma = (e * d - b * f) / determinant;
    const Real average = (a * f - e * c) / determinant;
    for (Eigen::Index m = 0; m < classes; ++m) {
        const Affine& dz = step[static_cast<std::size_t>(m)];
        point.logits[m] += dz.constant + dz.sigma * dsigma + dz.mean * average;
    }
    point.sigma += dsigma;
}

// Scales the start along its ray until ||q|| = 1. log ||q|| falls and is concave along the ray, so Newton's
// method in the one unknown converges from zero.
ClassPoint on_the_sphere(long k, const Eigen::VectorXd& start, const Real& gamma) {
    const Eigen::Index classes = start.size();
    Eigen::VectorXd ray = start;
    const double margin =
        classes > 1 ? start[k] - (start.sum() - start[k]) / static_cast<double>(classes - 1) : 0;
    if (!(margin > 1e-3)) {
        ray.setConstant(-1.0 / static_cast<double>(classes));
        ray[k] += 1;
    } else {
        ray /= margin;
    }
    ClassPoint point{Column(classes), Column(classes), Real(0)};
    Real length(0);
    for (int step = 0; step < most_steps; ++step) {
        for (Eigen::Index m = 0; m < classes; ++m) {
            point.logits[m] = length * Real(ray[m]);
        }
        const Column q = scaled_residual(point.logits, k, gamma);
        const Real norm = log(dot(q, q)) / 2;
        // d log||q|| along the ray: dq_m = q_m (ray_m - P) for m != k, and the entries of dq sum to zero.
        Real mean(0), slope(0), others(0);
        for (Eigen::Index m = 0; m < classes; ++m) {
            mean += (m == k ? Real(1 + q[k] / gamma) : Real(q[m] / gamma)) * Real(ray[m]);
        }
        for (Eigen::Index m = 0; m < classes; ++m) {
            if (m != k) {
                const Real change = q[m] * (Real(ray[m]) - mean);
                others += change;
                slope += q[m] * change;
            }
        }
        slope = (slope - q[k] * others) / dot(q, q);
        const Real move = norm / slope;
        length -= move;
        if (log10_of(move) < -8) {
            break;
        }
    }
    const Column q = scaled_residual(point.logits, k, gamma);
    point.sigma = -dot(point.logits, q) / dot(q, q);
    return point;
}

void raise_to_working_precision(ClassPoint& point) {
    for (Eigen::Index m = 0; m < point.logits.size(); ++m) {
        point.logits[m] = at_working_precision(point.logits[m]);
    }
    point.sigma = at_working_precision(point.sigma);
}

}  // namespace

Vector<Multiprecision> scaled_residual(const Vector<Multiprecision>& logits, long k,
                                       const Multiprecision& gamma) {
    Column q = softmax_residual(logits, k);
    for (Eigen::Index m = 0; m < q.size(); ++m) {
        q[m] *= gamma;
    }
    return q;
}

std::optional<ClassPoint> solve_class(const Rational& gamma_squared, long k, const Eigen::VectorXd& start,
                                      long digits, NewtonSummary& summary) {
    std::optional<ClassPoint> point;
    const long base = std::min(first_digits, digits);
    // Precisions from the last one down, each a little more than half of the next: quadratic convergence.
    std::vector<long> ladder{digits};
    while (ladder.back() > 2 * base) {
        ladder.push_back(ladder.back() / 2 + 8);
    }
    if (ladder.back() > base) {
        ladder.push_back(base);
    }
    for (std::size_t rung = ladder.size(); rung-- > 0;) {
        const long working = ladder[rung];
        const PrecisionScope scope(working);
        const Real gamma = sqrt(from_rational<Real>(gamma_squared));
        if (!point) {
            point = on_the_sphere(k, start, gamma);
        }
        raise_to_working_precision(*point);
        // z carries an error of |z| units, q = gamma exp(..) a relative one as large, and sigma q is as large
        // as z.
        const double logits_size = std::max(1.0, static_cast<double>(abs(point->logits[k])));
        const double reachable = -static_cast<double>(working) + 2 +
                                 std::log10(static_cast<double>(start.size())) + 2 * std::log10(logits_size);
        const double wanted =
            rung == 0 ? reachable : std::max(reachable, -static_cast<double>(ladder[rung - 1]) / 2 - 3);
        double best = 1e300;
        for (int step = 0;; ++step) {
            const Conditions now = conditions(*point, k, gamma);
            ++summary.evaluations;
            point->residual = now.residual;
            if (now.size_log10 <= wanted) {
                best = now.size_log10;
                break;
            }
            if (step >= most_steps || std::isnan(now.size_log10) || (step > 8 && now.size_log10 >= best)) {
                return std::nullopt;
            }
            best = std::min(best, now.size_log10);
            newton_step(*point, now, k, gamma);
        }
        summary.residual_log10 = rung == 0 ? std::max(summary.residual_log10, best) : summary.residual_log10;
    }
    return point;
}

}  // namespace ncverify::solvers
