// Problem (4) in all of its variables at once, at any precision: what Newton's method on shared coordinates
// sees.
#pragma once

#include <utility>
#include <vector>

#include "problem/objective.hpp"

namespace ncverify::solvers {

/// F of scaled_problem.hpp in the class-means form, at the working precision, over the coordinates that a
/// point uses.
struct DenseProblem {
    long classes = 0, dimension = 0;     ///< K, and the number of coordinates in use
    Vector<Multiprecision> gamma, root;  ///< gamma_k and sqrt(n_k), K entries
};

DenseProblem dense_problem(const Configuration& configuration, long dimension);

/// V (K x d) and U (d x K), or the gradient of F in them.
struct DensePoint {
    Matrix<Multiprecision> v, u;
};

/// F and its gradient; the columns of `residuals` are softmax - e_k.
struct DenseEvaluation {
    Multiprecision value;
    DensePoint gradient;
    Matrix<Multiprecision> residuals;
};

DenseEvaluation evaluate(const DenseProblem& problem, const DensePoint& point);

/// Where the free entries of V and U stand in the vector of variables.
struct DenseVariables {
    std::vector<std::pair<long, long>> classifier;  ///< (m, i) of V
    std::vector<std::pair<long, long>> features;    ///< (i, k) of U
    long size() const { return static_cast<long>(classifier.size() + features.size()); }
};

/// Free: every entry of V, and of U what is positive or wants to be, its gradient below -target.
DenseVariables free_variables(const DensePoint& point, const DensePoint& gradient,
                              const Multiprecision& target);

/// The free entries of a point, or of a gradient, as a vector.
Vector<Multiprecision> free_part(const DensePoint& point, const DenseVariables& variables);

/// Minus the step in the free entries, features not below zero.
DensePoint moved(DensePoint point, const DenseVariables& variables, const Vector<Multiprecision>& step);

/// The Hessian of F in the free variables: its lower triangle.
/// @param residuals  of `evaluate` there
Matrix<Multiprecision> hessian_of(const DenseProblem& problem, const DensePoint& point,
                                  const Matrix<Multiprecision>& residuals, const DenseVariables& variables);

}  // namespace ncverify::solvers
