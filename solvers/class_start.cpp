#include "solvers/class_start.hpp"

#include <algorithm>
#include <cmath>

namespace ncverify::solvers {

namespace {

constexpr int most_steps = 60;

/// q(z) as exp(log_scale) times `shape`, shape_m = exp(z_m - largest other logit), shape_k = minus their sum.
template <typename Real>
struct Residual {
    Vector<Real> shape;
    Real log_scale = 0;
    Real softmax_own = 0, softmax_scale = 0;  ///< softmax_m = softmax_scale * shape_m for m != k
    Real log_norm = 0;                        ///< log ||q||
};

template <typename Real>
Residual<Real> residual_of(const Vector<Real>& logits, long k, Real log_gamma) {
    Residual<Real> result;
    result.shape = logits;
    result.shape[k] = k == 0 ? logits[1] : logits[0];
    const Real top = result.shape.maxCoeff();
    result.shape = (result.shape.array() - top).exp();
    result.shape[k] = 0;
    const Real sum = result.shape.sum();
    result.shape[k] = -sum;
    // log(exp z_k + exp(top) sum), whichever dominates
    const Real a = logits[k], b = top + std::log(sum);
    const Real log_total = std::max(a, b) + std::log1p(std::exp(-std::abs(a - b)));
    result.log_scale = log_gamma + top - log_total;
    result.softmax_own = std::exp(a - log_total);
    result.softmax_scale = std::exp(top - log_total);
    result.log_norm = result.log_scale + std::log(result.shape.squaredNorm()) / 2;
    return result;
}

// log ||q|| falls and is concave along a ray of positive margin, so Newton's method in the one unknown
// converges.
double length_on_sphere(const Vector<double>& ray, long k, double log_gamma, long& evaluations) {
    double length = 0;
    for (int step = 0; step < most_steps; ++step) {
        const Residual<double> at = residual_of<double>(length * ray, k, log_gamma);
        ++evaluations;
        const double own_shape = at.shape[k];
        const double mean =
            at.softmax_own * ray[k] + at.softmax_scale * (at.shape.dot(ray) - own_shape * ray[k]);
        Vector<double> change = at.shape.cwiseProduct((ray.array() - mean).matrix());
        change[k] = 0;
        const double slope = (at.shape.dot(change) - own_shape * change.sum()) / at.shape.squaredNorm();
        const double move = at.log_norm / slope;
        length -= move;
        if (!(std::abs(move) > 1e-2 * (1 + std::abs(length)))) {
            break;
        }
    }
    return length;
}

template <typename Real>
struct Defect {
    Vector<Real> q, balance;
    Real size = 0;
};

template <typename Real>
Defect<Real> defect_of(const ClassStartOf<Real>& point, const Residual<Real>& at) {
    Defect<Real> result{std::exp(at.log_scale) * at.shape, {}, 0};
    result.balance = point.logits + point.sigma * result.q;
    result.size = std::max(result.balance.cwiseAbs().maxCoeff() / (1 + point.logits.cwiseAbs().maxCoeff()),
                           std::abs(at.log_norm));
    return result;
}

// The elimination that class_newton.cpp explains.
template <typename Real>
void class_start_step(ClassStartOf<Real>& point, const Residual<Real>& at, const Defect<Real>& defect,
                      long k) {
    const Real sigma = point.sigma, own_q = defect.q[k];
    Vector<Real> q = defect.q;
    q[k] = 0;
    const Vector<Real> inverse = (1 + sigma * q.array()).inverse();
    const Vector<Real> r = defect.balance.cwiseProduct(inverse), s = q.cwiseProduct(inverse);
    const Vector<Real> square = q.cwiseProduct(q);
    const Real a1 = q.dot(r), a2 = q.dot(s), a3 = q.sum();
    const Real b1 = square.dot(r), b2 = square.dot(s), b3 = square.sum();
    const Real own = at.softmax_own,
               spread = at.softmax_scale / std::exp(at.log_scale);  // softmax_m = spread q_m
    const Real others_mean = sigma * a2 - a3;
    const Real c11 = -spread * a2 + own * (-own_q - sigma * a2);
    const Real c12 = spread * sigma * a2 + own * sigma * others_mean - 1;
    const Real e1 = spread * a1 + own * (defect.balance[k] + sigma * a1);
    const Real c21 = -b2 + own_q * a2, c22 = sigma * b2 - b3 - own_q * others_mean;
    const Real e2 = b1 - own_q * a1 - at.log_norm * defect.q.squaredNorm();
    const Real determinant = c11 * c22 - c12 * c21;
    const Real dsigma = (e1 * c22 - c12 * e2) / determinant, mean = (c11 * e2 - e1 * c21) / determinant;
    const Real others = -a1 - a2 * dsigma + others_mean * mean;
    const Real own_step = -defect.balance[k] - own_q * dsigma + sigma * others;
    const Real own_logit = point.logits[k];
    point.logits += s * (sigma * mean - dsigma) - r;
    point.logits[k] = own_logit + own_step;
    point.sigma += dsigma;
}

// Newton's method until a step no longer gains: below `rounding` at once, far from the solution after a few.
template <typename Real>
void converge(ClassStartOf<Real>& point, long k, Real log_gamma, Real rounding) {
    Residual<Real> at = residual_of(point.logits, k, log_gamma);
    if (point.sigma == 0) {
        const Vector<Real> q = std::exp(at.log_scale) * at.shape;
        point.sigma = -point.logits.dot(q) / q.squaredNorm();
    }
    Defect<Real> defect = defect_of(point, at);
    ++point.evaluations;
    point.residual = defect.size;
    for (int step = 0; step < most_steps && point.residual > rounding; ++step) {
        ClassStartOf<Real> next = point;
        class_start_step(next, at, defect, k);
        const Residual<Real> next_at = residual_of(next.logits, k, log_gamma);
        const Defect<Real> next_defect = defect_of(next, next_at);
        ++point.evaluations;
        if (!std::isfinite(next_defect.size) || (step > 8 && next_defect.size >= point.residual) ||
            (point.residual < Real(1e-10) && next_defect.size >= point.residual / 2)) {
            break;
        }
        next.residual = next_defect.size;
        next.evaluations = point.evaluations;
        point = std::move(next);
        at = next_at;
        defect = next_defect;
    }
}

}  // namespace

ClassStart start_class(long double long_log_gamma, long k, const Vector<double>& given) {
    const auto log_gamma = static_cast<double>(long_log_gamma);
    const auto classes = static_cast<double>(given.size());
    Vector<double> ray = given, straight = Vector<double>::Constant(given.size(), -1 / classes);
    straight[k] += 1;
    const double margin = given[k] - (given.sum() - given[k]) / (classes - 1);
    // Along a ray that hardly separates the class the logits would grow beyond what exponentials hold.
    if (!(margin > given.norm() / 2)) {
        ray = straight + (given.norm() > 0 ? Vector<double>(given / (2 * given.norm())) : given);
    }
    ray /= ray.norm();
    ClassStart point;
    point.logits = length_on_sphere(ray, k, log_gamma, point.evaluations) * ray;
    converge(point, k, log_gamma, 0x1p-50);
    return point;
}

ClassStartOf<long double> polish_class(long double log_gamma, long k, const ClassStart& start) {
    ClassStartOf<long double> point;
    point.logits = start.logits.cast<long double>();
    point.sigma = start.sigma;
    const Residual<long double> at = residual_of(point.logits, k, log_gamma);
    const Defect<long double> defect = defect_of(point, at);
    if (point.sigma == 0 || !(defect.size < 0x1p-40L)) {
        converge(point, k, log_gamma, 0x1p-61L);
        return point;
    }
    class_start_step(point, at, defect, k);
    point.residual = std::max(defect.size * defect.size, 0x1p-61L);  // of second order, or rounding
    point.evaluations = 1;
    return point;
}

double class_objective(const ScaledProblem& problem, long k, const ClassStart& start) {
    const auto index = static_cast<std::size_t>(k);
    // sigma = rho^2 / sqrt(n_k) with rho^2 = ||u||^2 = ||V||^2.
    return problem.root_count[index] *
           (static_cast<double>(std::exp(problem.log_gamma[index])) * cross_entropy<double>(start.logits, k) +
            std::max(0.0, start.sigma));
}

}  // namespace ncverify::solvers
