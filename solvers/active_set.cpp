#include "solvers/active_set.hpp"

#include <cmath>

namespace ncverify::solvers {

namespace {

constexpr double smallest_feature = 1e-5;
constexpr double smallest_share = 1e-3;

// A coordinate for a dead class: an unused one, else one of a class that owns several (emptied first).
long free_coordinate(const ActiveSet& active, const BalancedProblem& problem, BalancedPoint& point) {
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
        const double a = point.features(kept, owner), b = point.features(given, owner),
                     both = std::hypot(a, b);
        point.classifier.col(kept) =
            (a * point.classifier.col(kept) + b * point.classifier.col(given)) / both;
        point.features(kept, owner) = both;
        return given;
    }
    return -1;
}

// Aligns coordinate i with class k: v = alpha (e_k - 1/K) up to length, u = alpha, the direction in which F
// curves down most; alpha doubles as long as that lowers F along the pair.
void orient(const BalancedProblem& problem, BalancedPoint& point, long i, long k) {
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
    point.features(i, k) = alpha;
    point.classifier.col(i).setConstant(-alpha * stretch / classes);
    point.classifier(k, i) += alpha * stretch;
}

}  // namespace

ActiveSet identify(const BalancedProblem& problem, const BalancedPoint& point) {
    ActiveSet active;
    std::vector<bool> owns(static_cast<std::size_t>(problem.classes), false);
    for (long i = 0; i < problem.dimension; ++i) {
        long owner = unowned;
        double first = 0, second = 0;
        for (long k = 0; k < problem.classes; ++k) {
            const auto index = static_cast<std::size_t>(k);
            const double feature = point.features(i, k) / std::sqrt(problem.root_count[index]);
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
        active.weight.push_back(owner == unowned ? 0.0 : point.features(i, owner));
    }
    for (long k = 0; k < problem.classes; ++k) {
        if (problem.revivable[static_cast<std::size_t>(k)] && !owns[static_cast<std::size_t>(k)]) {
            active.dead.push_back(k);
        }
    }
    return active;
}

long revive_dead_classes(const BalancedProblem& problem, BalancedPoint& point) {
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
