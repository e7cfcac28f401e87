#include "solvers/active_set.hpp"

#include <cmath>

namespace ncverify::solvers {

namespace {

constexpr double smallest_feature = 1e-5;
constexpr double smallest_share = 1e-3;

// A coordinate for a dead class: an unused one, else one of a class that owns several (emptied first).
long free_coordinate(const ActiveSet& active, const ScaledProblem& problem, ScaledPoint& point) {
    const auto dimension = static_cast<std::size_t>(problem.dimension);
    std::vector<long> largest(static_cast<std::size_t>(problem.classes), -1);
    for (std::size_t i = 0; i < dimension; ++i) {
        if (active.owner[i] == unowned) {
            return static_cast<long>(i);
        }
        long& best = largest[static_cast<std::size_t>(active.owner[i])];
        if (best < 0 || active.weight[i] > active.weight[static_cast<std::size_t>(best)]) {
            best = static_cast<long>(i);
        }
    }
    for (std::size_t i = 0; i < dimension; ++i) {
        const long owner = active.owner[i];
        const long kept = largest[static_cast<std::size_t>(owner)];
        const auto given = static_cast<long>(i);
        if (kept == given) {
            continue;
        }
        const double a = active.weight[static_cast<std::size_t>(kept)], b = active.weight[i],
                     both = std::hypot(a, b);
        point.classifier.col(kept) =
            (a * point.classifier.col(kept) + b * point.classifier.col(given)) / both;
        for (std::size_t j = 0; j < problem.columns.size(); ++j) {
            const auto column = static_cast<Eigen::Index>(j);
            if (problem.columns[j].label == owner) {
                point.features(kept, column) =
                    std::hypot(point.features(kept, column), point.features(given, column));
            }
        }
        return given;
    }
    return -1;
}

// Aligns coordinate i with class k: v = alpha (e_k - 1/K) up to length, u = alpha, the direction in which F
// curves down most; alpha doubles as long as that lowers F along the pair.
void orient(const ScaledProblem& problem, ScaledPoint& point, long i, long k) {
    const auto index = static_cast<std::size_t>(k);
    const auto classes = static_cast<double>(problem.classes);
    const double stretch = std::sqrt(classes / (classes - 1)), root = problem.root_count[index];
    const auto along = [&](double alpha) {
        return root * problem.gamma[index] *
                   std::log1p((classes - 1) * std::exp(-stretch * alpha * alpha / root)) +
               alpha * alpha;
    };
    double alpha = 1e-2 * std::sqrt(root);
    while (along(2 * alpha) < along(alpha)) {
        alpha *= 2;
    }
    point.features.row(i).setZero();
    for (std::size_t j = 0; j < problem.columns.size(); ++j) {
        if (problem.columns[j].label == k) {
            point.features(i, static_cast<Eigen::Index>(j)) = alpha * (problem.columns[j].root / root);
        }
    }
    point.classifier.col(i).setConstant(-alpha * stretch / classes);
    point.classifier(k, i) += alpha * stretch;
}

}  // namespace

Matrix<double> usage(const ScaledProblem& problem, const ScaledPoint& point) {
    Matrix<double> squares = Matrix<double>::Zero(problem.dimension, problem.classes);
    for (std::size_t j = 0; j < problem.columns.size(); ++j) {
        squares.col(problem.columns[j].label) += point.features.col(static_cast<Eigen::Index>(j)).cwiseAbs2();
    }
    return squares.cwiseSqrt();
}

ActiveSet identify(const ScaledProblem& problem, const ScaledPoint& point) {
    ActiveSet active;
    const Matrix<double> used = usage(problem, point);
    std::vector<bool> owns(static_cast<std::size_t>(problem.classes), false);
    for (long i = 0; i < problem.dimension; ++i) {
        long owner = unowned;
        double first = 0, second = 0;
        for (long k = 0; k < problem.classes; ++k) {
            const auto index = static_cast<std::size_t>(k);
            const double feature = used(i, k) / std::sqrt(problem.root_count[index]);
            if (!problem.revivable[index]) {
                continue;  // it decays to zero, slowly where it stands at its threshold
            }
            if (feature > first) {
                second = first;
                first = feature;
                owner = k;
            } else {
                second = std::max(second, feature);
            }
        }
        if (first <= smallest_feature) {
            owner = unowned;
        } else {
            owns[static_cast<std::size_t>(owner)] = true;
            active.shared = active.shared || second > smallest_share * first;
        }
        active.owner.push_back(owner);
        active.weight.push_back(owner == unowned ? 0.0 : used(i, owner));
    }
    for (long k = 0; k < problem.classes; ++k) {
        if (problem.revivable[static_cast<std::size_t>(k)] && !owns[static_cast<std::size_t>(k)]) {
            active.dead.push_back(k);
        }
    }
    return active;
}

long revive_dead_classes(const ScaledProblem& problem, ScaledPoint& point) {
    long revived = 0;
    for (const long k : identify(problem, point).dead) {
        const ActiveSet active = identify(problem, point);
        const long i = free_coordinate(active, problem, point);
        if (i < 0) {
            break;
        }
        orient(problem, point, i, k);
        ++revived;
    }
    return revived;
}

}  // namespace ncverify::solvers
