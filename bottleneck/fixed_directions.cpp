#include "bottleneck/fixed_directions.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace ncverify::bottleneck {

namespace {

// Newton's method squares the error at each step, so that a dozen steps are the rule; these are for starts
// from far away, and end what does not converge. Whatever point comes out, its softmax makes a sound bound.
constexpr int largest_class_steps = 60, largest_length_steps = 30, largest_halvings = 40;
// Of a column that is not in use: s_i = 0 has no finite ridge. Its share of the objective is l s_i / 2, below
// a double's rounding of the whole.
constexpr double least_length = 1e-8;
constexpr double largest_log_step =
    1.5;  // a length changes by a factor of 4.5 at most: exp overflows nowhere
constexpr double sufficient_decrease = 1e-4;  // Armijo's rule with the usual share of the predicted decrease
constexpr double value_rounding = 1e-16;      // of a class's minimum, near which every step is as good
constexpr double least_curvature =
    1e-14;  // added where columns are not in use, so that Cholesky's roots exist

// Class k for given ridges: minimise log sum_m exp(z_m - z_k) + 1/2 sum_i ridge_i h_i^2 over h >= 0.
struct ClassProblem {
    Small contrasts;    // K x d: entry (m, i) is v_im - v_ik
    SmallVector ridge;  // d
};

double value(const ClassProblem& problem, const SmallVector& h, SmallVector& softmax) {
    const SmallVector z = problem.contrasts * h;
    const double top = z.maxCoeff();
    softmax = (z.array() - top).exp();
    const double sum = softmax.sum();
    softmax /= sum;
    return top + std::log(sum) + problem.ridge.cwiseProduct(h).dot(h) / 2;
}

// The Hessian on the entries listed in `free`.
Small hessian(const ClassProblem& problem, const SmallVector& softmax, const std::vector<long>& free) {
    const SmallVector mean = problem.contrasts.transpose() * softmax;
    const auto size = static_cast<Eigen::Index>(free.size());
    Small result(size, size);
    for (Eigen::Index a = 0; a < size; ++a) {
        for (Eigen::Index b = 0; b <= a; ++b) {
            const long i = free[static_cast<std::size_t>(a)], j = free[static_cast<std::size_t>(b)];
            const double moment =
                (problem.contrasts.col(i).array() * problem.contrasts.col(j).array() * softmax.array()).sum();
            result(a, b) = result(b, a) = moment - mean(i) * mean(j) + (i == j ? problem.ridge(i) : 0);
        }
    }
    return result;
}

// Newton's method on the entries that are free to move, projected onto h >= 0, with Armijo's rule.
void solve_class(const ClassProblem& problem, double tolerance, SmallVector& h, SmallVector& softmax) {
    double now = value(problem, h, softmax);
    for (int step = 0; step < largest_class_steps; ++step) {
        const SmallVector gradient = problem.contrasts.transpose() * softmax + problem.ridge.cwiseProduct(h);
        std::vector<long> free;
        double residual = 0;
        for (Eigen::Index i = 0; i < h.size(); ++i) {
            if (h(i) > 0 || gradient(i) < 0) {
                free.push_back(i);
                residual = std::max(residual, std::abs(gradient(i)));
            }
        }
        if (residual < tolerance || free.empty()) {
            return;
        }
        SmallVector direction(static_cast<Eigen::Index>(free.size()));
        for (std::size_t a = 0; a < free.size(); ++a) {
            direction(static_cast<Eigen::Index>(a)) = -gradient(free[a]);
        }
        direction = hessian(problem, softmax, free).llt().solve(direction);
        bool moved = false;
        double length = 1;
        for (int halving = 0; halving < largest_halvings && !moved; ++halving, length /= 2) {
            SmallVector next = h, next_softmax;
            double predicted = 0;
            for (std::size_t a = 0; a < free.size(); ++a) {
                const long i = free[a];
                next(i) = std::max(0.0, h(i) + length * direction(static_cast<Eigen::Index>(a)));
                predicted += gradient(i) * (next(i) - h(i));
            }
            const double there = value(problem, next, next_softmax);
            if (there <= now + sufficient_decrease * predicted + value_rounding) {
                h = next;
                softmax = next_softmax;
                now = there;
                moved = true;
            }
        }
        if (!moved) {
            return;
        }
    }
}

ClassProblem class_problem(const Constants& constants, const Small& directions, const SmallVector& decays,
                           const SmallVector& lengths, long k) {
    ClassProblem problem{directions.rowwise() - directions.row(k), decays};
    problem.ridge.array() *= constants.count(k) / constants.share(k) / lengths.array();
    return problem;
}

// Gradient and Hessian in log s of sum_i l_i s_i / 2 + sum_k share_k (the minimum of class k).
struct LengthDerivatives {
    SmallVector gradient;
    Small hessian;
};

LengthDerivatives solve_classes(const Constants& constants, const Small& directions,
                                const SmallVector& decays, double tolerance, FixedDirections& point) {
    const long dimension = constants.dimension;
    LengthDerivatives result{decays.cwiseProduct(point.lengths) / 2, Small::Zero(dimension, dimension)};
    for (long k = 0; k < constants.classes; ++k) {
        const ClassProblem problem = class_problem(constants, directions, decays, point.lengths, k);
        SmallVector h = point.features.row(k), softmax = point.softmax.row(k);
        solve_class(problem, tolerance, h, softmax);
        point.features.row(k) = h;
        point.softmax.row(k) = softmax;
        std::vector<long> free;
        for (long i = 0; i < dimension; ++i) {
            if (h(i) > 0) {
                free.push_back(i);
            }
        }
        if (free.empty()) {
            continue;
        }
        // d/d log s_i of the minimum is -ridge_i h_i^2/2; h moves by the inverse Hessian times ridge h.
        const auto factor = hessian(problem, softmax, free).llt();
        const SmallVector pull = problem.ridge.cwiseProduct(h);
        const double share = constants.share(k);
        for (std::size_t b = 0; b < free.size(); ++b) {
            const long j = free[b];
            result.gradient(j) -= share * pull(j) * h(j) / 2;
            result.hessian(j, j) += share * pull(j) * h(j);
            const SmallVector column = factor.solve(
                SmallVector::Unit(static_cast<Eigen::Index>(free.size()), static_cast<Eigen::Index>(b)));
            for (std::size_t a = 0; a < free.size(); ++a) {
                result.hessian(free[a], j) -=
                    share * pull(free[a]) * pull(j) * column(static_cast<Eigen::Index>(a));
            }
        }
    }
    return result;
}

double objective(const Constants& constants, const Small& directions, const FixedDirections& point) {
    double total = 0;
    for (long k = 0; k < constants.classes; ++k) {
        const ClassProblem problem{directions.rowwise() - directions.row(k),
                                   SmallVector::Zero(constants.dimension)};
        SmallVector softmax;
        total += constants.share(k) * value(problem, point.features.row(k), softmax);
    }
    for (long i = 0; i < constants.dimension; ++i) {
        const SmallVector column = point.features.col(i);
        total += constants.decay * directions.col(i).norm() *
                 std::sqrt(constants.count.cwiseProduct(column).dot(column));
    }
    return total;
}

}  // namespace

Constants constants_of(const Configuration& configuration) {
    const PrecisionScope scope(30);
    const long classes = configuration.classes();
    Constants result{classes,
                     static_cast<long>(configuration.dimension),
                     SmallVector(classes),
                     SmallVector(classes),
                     SmallVector(classes),
                     0};
    const Integer samples = configuration.samples();
    for (long k = 0; k < classes; ++k) {
        const auto index = static_cast<std::size_t>(k);
        const Rational square = configuration.weighted_count(index) / (samples * samples);
        const Rational count = configuration.counts[index];
        result.count(k) = count.convert_to<double>();
        result.square(k) = square.convert_to<double>();
        result.share(k) = std::sqrt(Rational(square * count).convert_to<double>());
    }
    result.decay = static_cast<double>(
        sqrt(from_rational<Multiprecision>(configuration.lambda_w * configuration.lambda_h)));
    return result;
}

FixedDirections initial(const Constants& constants) {
    FixedDirections point;
    point.features = Small::Constant(constants.classes, constants.dimension, 0.1);
    point.lengths = SmallVector::Ones(constants.dimension);
    point.softmax = Small::Identity(constants.classes, constants.classes);
    return point;
}

void solve(const Constants& constants, const Small& directions, const SmallVector& decays, double tolerance,
           FixedDirections& point) {
    for (int step = 0; step < largest_length_steps; ++step) {
        LengthDerivatives derivatives = solve_classes(constants, directions, decays, tolerance, point);
        if (derivatives.gradient.cwiseAbs().maxCoeff() < 100 * tolerance * constants.decay) {
            break;
        }
        // In log s the problem need not be convex: the gradient's size on the diagonal keeps it so.
        derivatives.hessian.diagonal() += derivatives.gradient.cwiseAbs();
        derivatives.hessian.diagonal().array() += least_curvature;
        const Eigen::LLT<Small> factor(derivatives.hessian);
        if (factor.info() != Eigen::Success) {
            break;
        }
        const SmallVector move = factor.solve(SmallVector(-derivatives.gradient));
        for (long i = 0; i < constants.dimension; ++i) {
            const double change = std::clamp(move(i), -largest_log_step, largest_log_step);
            point.lengths(i) = std::max(least_length, point.lengths(i) * std::exp(change));
        }
    }
    point.objective = objective(constants, directions, point);
}

}  // namespace ncverify::bottleneck
