// Descent: limited-memory BFGS in the free variables, projected onto U >= 0 (two-metric projection).
#pragma once

#include <functional>

#include "solvers/scaled_problem.hpp"

namespace ncverify::solvers {

struct DescentOptions {
    long largest_iterations = 4000;
    /// On the projected gradient, relative to 1 + the largest entry of the point. A stopping rule only: what
    /// is proven about the point comes from the certificate.
    double tolerance = 1e-9;
    int memory = 12;
    std::function<void(const ScaledPoint&)> watch = nullptr;  ///< is shown the start and every step's point
};

struct DescentSummary {
    long iterations = 0;
    double projected_gradient = 0;  ///< largest entry at the end
    bool converged = false;
};

/// Lowers F from `point`, in place, to a first-order point of the bound-constrained problem.
DescentSummary descend(const ScaledProblem& problem, ScaledPoint& point, const DescentOptions& options);

}  // namespace ncverify::solvers
