// One class in its own coordinates, in hardware precision: where its refinement starts.
#pragma once

#include "solvers/scaled_problem.hpp"

namespace ncverify::solvers {

/// Near the stationary point of class k: see class_newton.hpp for the equations.
template <typename Real>
struct ClassStartOf {
    Vector<Real> logits;   ///< z, K entries
    Real sigma = 0;        ///< of either sign within rounding of a threshold
    Real residual = 0;     ///< largest entry of the optimality conditions at the end, relative to 1 + |z|
    long evaluations = 0;  ///< of the residual, K exponentials each
};
using ClassStart = ClassStartOf<double>;

/// Scales `ray` until ||q|| = 1, roughly, and then runs Newton's method until rounding stops it.
/// @param log_gamma  log gamma_k: in logarithms, so that neither 1e10000 nor its exponential overflows
/// @param ray        a direction in logit space; turned towards e_k - 1/K where it hardly separates the class
ClassStart start_class(long double log_gamma, long k, const Vector<double>& ray);

/// The same point to the accuracy of long double, by further Newton steps.
ClassStartOf<long double> polish_class(long double log_gamma, long k, const ClassStart& start);

/// The class's part of F (scaled_problem.hpp) at its stationary point, where both ridge terms are equal.
double class_objective(const ScaledProblem& problem, long k, const ClassStart& start);

}  // namespace ncverify::solvers
