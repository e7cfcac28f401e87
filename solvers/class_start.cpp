#include "solvers/class_start.hpp"

#include <algorithm>
#include <cmath>

namespace ncverify::solvers {

namespace {

using Eigen::VectorXd;

constexpr int most_steps = 60;

/// q(z) as exp(log_scale) times `shape`, shape_m = exp(z_m - largest other logit), shape_k = minus their sum.
struct Residual {
    VectorXd shape;
    double log_scale = 0;
    double softmax_own = 0, softmax_scale = 0;  ///< softmax_m = softmax_scale * shape_m for m != k
    double log_norm = 0;                        ///< log ||q||
};

Residual residual_of(const VectorXd& logits, long k, double log_gamma) {
    Residual result{VectorXd(logits.size()), 0, 0, 0, 0};
    double top = -INFINITY, sum = 0;
    for (Eigen::Index m = 0; m < logits.size(); ++m) {
        top = m == k ? top : std::max(top, logits[m]);
    }
    for (Eigen::Index m = 0; m < logits.size(); ++m) {
        if (m != k) {
            result.shape[m] = std::exp(logits[m] - top);
            sum += result.shape[m];
        }
    }
    result.shape[k] = -sum;
    // log(exp z_k + exp(top) sum), whichever dominates
    const double a = logits[k], b = top + std::log(sum);
    const double log_total = std::max(a, b) + std::log1p(std::exp(-std::abs(a - b)));
    result.log_scale = log_gamma + top - log_total;
    result.softmax_own = std::exp(a - log_total);
    result.softmax_scale = std::exp(top - log_total);
    result.log_norm = result.log_scale + 0.5 * std::log(result.shape.squaredNorm());
    return result;
}

// log ||q|| falls and is concave along a ray of positive margin, so Newton's method in the one unknown
// converges.
double length_on_sphere(const VectorXd& ray, long k, double log_gamma, int& evaluations) {
    double length = 0;
    for (int step = 0; step < most_steps; ++step) {
        const Residual at = residual_of(length * ray, k, log_gamma);
        ++evaluations;
        double mean = at.softmax_own * ray[k], slope = 0, others = 0;
        for (Eigen::Index m = 0; m < ray.size(); ++m) {
            mean += m == k ? 0 : at.softmax_scale * at.shape[m] * ray[m];
        }
        for (Eigen::Index m = 0; m < ray.size(); ++m) {
            if (m != k) {
                const double change = at.shape[m] * (ray[m] - mean);
                others += change;
                slope += at.shape[m] * change;
            }
        }
        slope = (slope - at.shape[k] * others) / at.shape.squaredNorm();
        const double move = at.log_norm / slope;
        length -= move;
        if (!(std::abs(move) > 1e-9 * (1 + std::abs(length)))) {
            break;
        }
    }
    return length;
}

struct Defect {
    VectorXd q, balance;
    double size = 0;
};

Defect defect_of(const ClassStart& point, const Residual& at) {
    Defect result{std::exp(at.log_scale) * at.shape, {}, 0};
    result.balance = point.logits + point.sigma * result.q;
    result.size = std::max(result.balance.cwiseAbs().maxCoeff() / (1 + point.logits.cwiseAbs().maxCoeff()),
                           std::abs(at.log_norm));
    return result;
}

// The elimination that class_newton.cpp explains.
void newton_step(ClassStart& point, const Residual& at, const Defect& defect, long k) {
    const VectorXd& q = defect.q;
    const double sigma = point.sigma;
    double a1 = 0, a2 = 0, a3 = 0, b1 = 0, b2 = 0, b3 = 0;
    VectorXd r(q.size()), s(q.size());
    for (Eigen::Index m = 0; m < q.size(); ++m) {
        if (m != k) {
            const double inverse = 1 / (1 + sigma * q[m]);
            r[m] = defect.balance[m] * inverse;
            s[m] = q[m] * inverse;
            a1 += q[m] * r[m];
            a2 += q[m] * s[m];
            a3 += q[m];
            b1 += q[m] * q[m] * r[m];
            b2 += q[m] * q[m] * s[m];
            b3 += q[m] * q[m];
        }
    }
    const double own = at.softmax_own,
                 spread = at.softmax_scale / std::exp(at.log_scale);  // softmax_m = spread q_m
    const double others_mean = sigma * a2 - a3;
    const double c11 = -spread * a2 + own * (-q[k] - sigma * a2),
                 c12 = spread * sigma * a2 + own * sigma * others_mean - 1;
    const double e1 = spread * a1 + own * (defect.balance[k] + sigma * a1);
    const double c21 = -b2 + q[k] * a2, c22 = sigma * b2 - b3 - q[k] * others_mean;
    const double e2 = b1 - q[k] * a1 - at.log_norm * q.squaredNorm();
    const double determinant = c11 * c22 - c12 * c21;
    const double dsigma = (e1 * c22 - c12 * e2) / determinant, mean = (c11 * e2 - e1 * c21) / determinant;
    const double others = -a1 - a2 * dsigma + others_mean * mean;
    for (Eigen::Index m = 0; m < q.size(); ++m) {
        point.logits[m] += m == k ? -defect.balance[k] - q[k] * dsigma + sigma * others
                                  : -r[m] + s[m] * (sigma * mean - dsigma);
    }
    point.sigma += dsigma;
}

}  // namespace

ClassStart start_class(double log_gamma, long k, const VectorXd& given) {
    const auto classes = static_cast<double>(given.size());
    VectorXd ray = given;
    const double margin = given[k] - (given.sum() - given[k]) / (classes - 1);
    if (!(margin > 1e-3)) {
        ray.setConstant(-1 / classes);
        ray[k] += 1;
    } else {
        ray /= margin;
    }
    ClassStart point;
    point.logits = length_on_sphere(ray, k, log_gamma, point.evaluations) * ray;
    Residual at = residual_of(point.logits, k, log_gamma);
    const VectorXd q = std::exp(at.log_scale) * at.shape;
    point.sigma = -point.logits.dot(q) / q.squaredNorm();
    Defect defect = defect_of(point, at);
    point.residual = defect.size;
    for (int step = 0; step < most_steps; ++step) {
        ClassStart next = point;
        newton_step(next, at, defect, k);
        const Residual next_at = residual_of(next.logits, k, log_gamma);
        const Defect next_defect = defect_of(next, next_at);
        ++point.evaluations;
        // Rounding has been reached when a step no longer gains; far from the solution the first few may not
        // either.
        if (!std::isfinite(next_defect.size) || (step > 8 && next_defect.size >= point.residual) ||
            (point.residual < 1e-10 && next_defect.size >= point.residual / 2)) {
            break;
        }
        next.residual = next_defect.size;
        next.evaluations = point.evaluations;
        point = std::move(next);
        at = next_at;
        defect = next_defect;
    }
    return point;
}

double class_objective(const BalancedProblem& problem, long k, const ClassStart& start) {
    const auto index = static_cast<std::size_t>(k);
    // sigma = rho^2 / sqrt(n_k) with rho^2 = ||u||^2 = ||V||^2.
    return problem.root_count[index] *
           (std::exp(problem.log_gamma[index]) * cross_entropy<double>(start.logits, k) +
            std::max(0.0, start.sigma));
}

}  // namespace ncverify::solvers
