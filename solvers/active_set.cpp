#include "solvers/active_set.hpp"

#include <cmath>

namespace ncverify::solvers {

namespace {

// A guess, tested by the refinement and the certificate. A descent to 1e-9 leaves features that go to zero
// far below the first, in units of those that stay, but for classes within 1e-5 of their threshold, whose
// features are that small at the minimum too; a second user that goes to zero is still large only where a
// class next to it in the coordinate is nearly as good, and 1e-3 of the first is what a descent that is slow
// there leaves.
constexpr double smallest_feature = 1e-5;
constexpr double smallest_share = 1e-3;

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
    const auto feature = [&](long i, long k) {
        const auto index = static_cast<std::size_t>(k);
        // A class that cannot use a coordinate decays to zero, slowly where it stands at its threshold.
        return problem.revivable[index] ? used(i, k) / std::sqrt(problem.root_count[index]) : 0.0;
    };
    std::vector<bool> owns(static_cast<std::size_t>(problem.classes), false);
    for (long i = 0; i < problem.dimension; ++i) {
        long owner = unowned;
        double first = 0;
        for (long k = 0; k < problem.classes; ++k) {
            if (feature(i, k) > first) {
                first = feature(i, k);
                owner = k;
            }
        }
        if (first <= smallest_feature) {
            owner = unowned;
        }
        for (long k = 0; k < problem.classes && owner != unowned; ++k) {
            const bool user = k == owner || feature(i, k) > smallest_share * first;
            owns[static_cast<std::size_t>(k)] = owns[static_cast<std::size_t>(k)] || user;
            active.shared = active.shared || (user && k != owner);
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

}  // namespace ncverify::solvers
