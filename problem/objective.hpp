// The loss of problem (4) and its gradient, in both forms, for every scalar type.
#pragma once

#include <Eigen/Core>
#include <boost/multiprecision/eigen.hpp>
#include <vector>

#include "ncverify/formulation.hpp"
#include "problem/configuration.hpp"
#include "problem/scalar.hpp"

namespace ncverify {

template <typename Scalar>
using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;
template <typename Scalar>
using Vector = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;

using api::Formulation;
using api::to_string;

/// Gradient of the loss, shaped as its arguments: W is K x d, H is d x (columns of H).
template <typename Scalar>
struct Gradient {
    Matrix<Scalar> classifier;
    Matrix<Scalar> features;
};

/// One column of H: the class it belongs to and how many samples it stands for.
struct FeatureColumn {
    long label;
    long long weight;
};

/// The columns of H in order: K of weight n_k (class means), or N of weight 1, class by class (samples form).
/// Throws InputError where the samples form would need more than `largest_columns` columns.
std::vector<FeatureColumn> feature_columns(const Configuration& configuration, Formulation formulation,
                                           long long largest_columns = 10'000'000);

/// Class means h_k = (1/n_k) sum_i h_ki, d x K.
/// @param columns   what the columns of H stand for, weights of class k adding up to n_k
/// @param features  H, d x columns.size(); exact zeros are skipped
template <typename Scalar>
Matrix<Scalar> class_means(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                           const Matrix<Scalar>& features);

/// Cross-entropy CE(z, label) = log(sum_m exp z_m) - z_label, without overflow.
template <typename Scalar>
Scalar cross_entropy(const Vector<Scalar>& logits, long label);

/// softmax(z) - e_label, its `label` entry summed from the others so that it keeps full relative accuracy.
template <typename Scalar>
Vector<Scalar> softmax_residual(const Vector<Scalar>& logits, long label);

/// L0(W,H) of (4)/(22): (1/N) sum omega_k weight_j CE(W h_j, k) + lW/2 ||W||_F^2 + lH/2 sum weight_j
/// ||h_j||^2 with k = label_j; the paper's has omega = 1.
/// @param classifier  W, K x d
/// @param features    H, d x columns.size(); exact zeros are skipped, so sparse features cost what they hold
template <typename Scalar>
Scalar objective(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                 const Matrix<Scalar>& classifier, const Matrix<Scalar>& features);

/// Gradient of `objective` (docs/model.md, Derivatives): G H^T + lW W and W^T G + lH H diag(weights).
template <typename Scalar>
Gradient<Scalar> gradient(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                          const Matrix<Scalar>& classifier, const Matrix<Scalar>& features);

}  // namespace ncverify
