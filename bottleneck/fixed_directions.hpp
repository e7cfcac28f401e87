// Problem (4) with the directions of W's columns fixed: convex, a group lasso, solved in double.
#pragma once

#include <Eigen/Core>

#include "problem/configuration.hpp"

namespace ncverify::bottleneck {

inline constexpr int largest_size = 8;  ///< of K and d
using Small =
    Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, largest_size, largest_size>;
using SmallVector = Eigen::Matrix<double, Eigen::Dynamic, 1, Eigen::ColMajor, largest_size, 1>;

/// What the problem is made of, in double. Only lW lH matters here, not either of them.
struct Constants {
    long classes = 0, dimension = 0;
    SmallVector count;   ///< n_k
    SmallVector share;   ///< omega_k n_k / N: weight of class k in the loss
    SmallVector square;  ///< omega_k^2 n_k / N^2
    double decay = 0;    ///< l = sqrt(lW lH)
};
Constants constants_of(const Configuration& configuration);

/// With column i of W along the unit vector v_i, its length chosen best, problem (4) is
///
///     minimise over H >= 0:  sum_k share_k CE(sum_i v_i h_ki, k) + sum_i l_i (sum_k n_k h_ki^2)^(1/2),
///
/// l_i = l, in features that have taken on the length of W's columns (README.md). The root is the minimum
/// over s_i > 0 of (s_i + sum_k n_k h_ki^2 / s_i)/2: for given s every class is solved apart by Newton's
/// method, and so is the convex problem in s that is left.
struct FixedDirections {
    Small features;        ///< K x d
    SmallVector lengths;   ///< s_i
    Small softmax;         ///< K x K: row k is the softmax of class k's logits
    double objective = 0;  ///< the value at `features` with l_i = l: one that problem (4) takes
};

/// A start for `solve`: every feature alike.
FixedDirections initial(const Constants& constants);

/// From `point`, which it replaces, to the minimum up to about `tolerance` in the gradient of every class,
/// and a hundred times that, relative to l, in the lengths; where it does not get there, to some point.
/// Nothing that is proven rests on it.
/// @param directions  K x d, unit columns v_i
/// @param decays      l_i, d entries
void solve(const Constants& constants, const Small& directions, const SmallVector& decays, double tolerance,
           FixedDirections& point);

}  // namespace ncverify::bottleneck
