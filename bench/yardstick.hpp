// One yardstick for all contestants of a search: how far a point provably is from optimal, in double.
#pragma once

#include "solvers/scaled_problem.hpp"

namespace ncverify::bench {

/// Judges points of one configuration by the dual bound of the model,
///     D(beta) = (1/N) sum_k n_k [ -(1-beta_k) log(1-beta_k) - beta_k log(beta_k/(K-1)) ]
/// for slopes 0 <= beta_k <= c/sqrt(n_k), which no loss lies below.
class Yardstick {
  public:
    Yardstick(const Configuration& configuration, const solvers::ScaledProblem& problem);

    /// (L0 - D(beta)) / D(beta) at the slopes that the point itself proposes: beta_k = 1 - softmax(W h_k)_k,
    /// lowered to c/sqrt(n_k) where above. Nothing but the point is needed: the point proves itself.
    double own_gap(const solvers::ScaledPoint& point) const;

    /// The same at the best slopes, min(c/sqrt(n_k), (K-1)/K), where D is largest: the relative error of the
    /// value, and a lower bound for `own_gap` that costs nothing.
    double value_gap(double scaled_value) const { return relative_gap(scaled_value, best_bound_); }

  private:
    double bound(const Vector<double>& slopes) const;
    double relative_gap(double scaled_value, double lower_bound) const {
        return (scale_ * scaled_value - lower_bound) / lower_bound;
    }

    const solvers::ScaledProblem& problem_;
    double scale_;                  // sqrt(lambda_W lambda_H): the loss is this times F
    Vector<double> share_, limit_;  // n_k/N, c/sqrt(n_k)
    double best_bound_ = 0;
};

/// Largest entry of the gradient in the free variables, relative to 1 + the largest entry of the point.
double projected_gradient(const solvers::ScaledPoint& point, const Matrix<double>& gradient_v,
                          const Matrix<double>& gradient_u);

}  // namespace ncverify::bench
