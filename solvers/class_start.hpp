// One class in its own coordinates, in double precision: where its refinement starts.
#pragma once

#include <Eigen/Core>

#include "solvers/balanced_problem.hpp"

namespace ncverify::solvers {

/// Near the stationary point of class k: see class_newton.hpp for the equations.
struct ClassStart {
    Eigen::VectorXd logits;  ///< z, K entries
    double sigma = 0;        ///< of either sign within rounding of a threshold
    double residual = 0;     ///< largest entry of the optimality conditions at the end, relative to 1 + |z|
    int evaluations = 0;
};

/// Scales `ray` until ||q|| = 1 and then runs Newton's method until rounding stops it.
/// @param log_gamma  log gamma_k: in logarithms, so that neither 1e10000 nor its exponential overflows
/// @param ray        a direction in logit space with a positive margin; e_k - 1/K where it has none
ClassStart start_class(double log_gamma, long k, const Eigen::VectorXd& ray);

/// The class's part of F (balanced_problem.hpp) at its stationary point, where both ridge terms are equal.
double class_objective(const BalancedProblem& problem, long k, const ClassStart& start);

}  // namespace ncverify::solvers
