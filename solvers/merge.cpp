#include "solvers/merge.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "solvers/active_set.hpp"

namespace ncverify::solvers {

namespace {

// These steer: a move is kept where F falls and undone where not, and what the search ends at is proven by a
// certificate or not at all.
// Rows that are worth the try. Copies have cosine 1 and rows without a common class 0; halfway rows of two
// classes of which they share one. A larger value misses rows that are not yet copies, a smaller one tries in
// vain.
constexpr double least_cosine = 0.5;
// Of F, relative: a sum of some 10^4 terms in double, of 10^-16 each.
constexpr double rounding = 1e-12;
// What is given at first, in units of sqrt(root_count), of which order features are: short enough that the
// loss falls to second order whatever the pull, and then doubled as long as it does.
constexpr double first_length = 1e-2;

// Minus the residuals of a class's columns, each as its share of the class: the direction in which an empty
// coordinate's column of V lowers F most, once the class has features there.
Vector<double> pull_of(const ScaledProblem& problem, const Matrix<double>& residuals, long k) {
    Vector<double> pull = Vector<double>::Zero(problem.classes);
    for (std::size_t j = 0; j < problem.columns.size(); ++j) {
        if (problem.columns[j].label == k) {
            pull -= problem.columns[j].root / problem.root_count[static_cast<std::size_t>(k)] *
                    residuals.col(static_cast<Eigen::Index>(j));
        }
    }
    return pull;
}

// A coordinate whose features may be set to zero: no class that can use one has any there.
long empty_coordinate(const ActiveSet& active) {
    const auto empty = std::find(active.owner.begin(), active.owner.end(), unowned);
    return empty == active.owner.end() ? -1 : static_cast<long>(empty - active.owner.begin());
}

// Merges the two rows of U that are closest to proportional into the first, and returns the second; -1 where
// none are close. The features' squares are added, entry by entry, which keeps the norms of the columns.
long merge_closest(ScaledPoint& point) {
    const Vector<double> lengths = point.features.rowwise().norm();
    const Matrix<double> rows = lengths.cwiseInverse().asDiagonal() * point.features;
    const Matrix<double> cosines = rows * rows.transpose();
    double closest = least_cosine;
    Eigen::Index kept = -1, freed = -1;
    for (Eigen::Index i = 0; i < cosines.rows(); ++i) {
        for (Eigen::Index j = i + 1; j < cosines.cols(); ++j) {
            if (cosines(i, j) > closest) {
                closest = cosines(i, j);
                kept = i;
                freed = j;
            }
        }
    }
    if (freed < 0) {
        return -1;
    }
    const double both = std::hypot(lengths[kept], lengths[freed]);
    point.classifier.col(kept) =
        (lengths[kept] * point.classifier.col(kept) + lengths[freed] * point.classifier.col(freed)) / both;
    point.features.row(kept) =
        (point.features.row(kept).cwiseAbs2() + point.features.row(freed).cwiseAbs2()).cwiseSqrt();
    return static_cast<long>(freed);
}

// Class k's part of F with its features in an empty coordinate of length alpha and the column of V there
// alpha times the unit vector `direction`.
double along(const ScaledProblem& problem, const Matrix<double>& logits, long k,
             const Vector<double>& direction, double alpha) {
    double value = alpha * alpha;
    const double step = alpha * alpha / problem.root_count[static_cast<std::size_t>(k)];
    for (std::size_t j = 0; j < problem.columns.size(); ++j) {
        if (problem.columns[j].label != k) {
            continue;
        }
        const Vector<double> moved = logits.col(static_cast<Eigen::Index>(j)) + step * direction;
        const double top = moved.maxCoeff();
        value += problem.columns[j].root * problem.columns[j].gamma *
                 (std::log((moved.array() - top).exp().sum()) + top - moved[k]);
    }
    return value;
}

// Gives coordinate i, which is empty, to class k: along its pull, doubling as long as that lowers F.
void give(const ScaledProblem& problem, ScaledPoint& point, long i, long k, const Vector<double>& direction) {
    const double root = problem.root_count[static_cast<std::size_t>(k)];
    const Matrix<double> logits = scaled_logits(problem, point);
    double alpha = first_length * std::sqrt(root);
    while (along(problem, logits, k, direction, 2 * alpha) < along(problem, logits, k, direction, alpha)) {
        alpha *= 2;
    }
    for (std::size_t j = 0; j < problem.columns.size(); ++j) {
        if (problem.columns[j].label == k) {
            point.features(i, static_cast<Eigen::Index>(j)) = alpha * (problem.columns[j].root / root);
        }
    }
    point.classifier.col(i) = alpha * direction;
}

}  // namespace

std::vector<double> pulls(const ScaledProblem& problem, const ScaledPoint& point) {
    const Matrix<double> residuals = scaled_residuals(problem, point);
    std::vector<double> lengths;
    for (long k = 0; k < problem.classes; ++k) {
        lengths.push_back(pull_of(problem, residuals, k).norm());
    }
    return lengths;
}

Move merge_and_give(const ScaledProblem& problem, ScaledPoint& point, double smallest_pull) {
    const Matrix<double> residuals = scaled_residuals(problem, point);
    const std::vector<double> lengths = pulls(problem, point);
    const ActiveSet before = identify(problem, point);
    std::vector<long> order(static_cast<std::size_t>(problem.classes));
    std::iota(order.begin(), order.end(), 0L);
    std::stable_sort(order.begin(), order.end(), [&](long k, long l) {
        return lengths[static_cast<std::size_t>(k)] > lengths[static_cast<std::size_t>(l)];
    });
    Move move;
    for (const long k : order) {
        const bool dead = std::find(before.dead.begin(), before.dead.end(), k) != before.dead.end();
        if (!dead && !(lengths[static_cast<std::size_t>(k)] > smallest_pull)) {
            continue;
        }
        ScaledPoint next = point;
        long freed = empty_coordinate(identify(problem, next));
        if (freed < 0) {
            freed = merge_closest(next);
        }
        if (freed < 0) {
            break;
        }
        next.features.row(freed).setZero();
        next.classifier.col(freed).setZero();
        const double merged = scaled_objective(problem, next.classifier, next.features);
        give(problem, next, freed, k, pull_of(problem, residuals, k).normalized());
        next.value = scaled_objective(problem, next.classifier, next.features);
        // A dead class that stands close to its threshold gains less than rounding.
        const bool free_of_cost = merged <= point.value * (1 + rounding);
        if (next.value < point.value || (dead && free_of_cost)) {
            move.fall += point.value - next.value;
            move.given.push_back(k);
            point = std::move(next);
        }
    }
    return move;
}

}  // namespace ncverify::solvers
