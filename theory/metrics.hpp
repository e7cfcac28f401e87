// The paper's three metrics of neural collapse, equations (19) to (21).
#pragma once

#include <optional>
#include <vector>

#include "problem/objective.hpp"

namespace ncverify::theory {

/// (19): trace(S_W S_B^+)/K, S_W = (1/N) sum_ki (h_ki - h_k)(h_ki - h_k)^T, S_B = (1/K) sum_k (h_k - h_G)(h_k
/// - h_G)^T with h_G = (1/N) sum_ki h_ki (the paper prints 1/K). Exactly zero where S_W or S_B is. The
/// pseudo-inverse is evaluated through the differences of class means, which must be linearly independent up
/// to ones that are exactly zero; nothing where that is not certain, as the rank is not known then.
template <typename Scalar>
std::optional<Scalar> nc1(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                          const Matrix<Scalar>& features);

/// (20): || W/||W|| - V/||V|| ||, row k of V being K sqrt(n_k) h_k - sum_m sqrt(n_m) h_m. Nothing where a
/// norm is zero, as in complete collapse (0/0), or not certainly positive.
/// @param classifier  W, K x d
/// @param means       class means, d x K
template <typename Scalar>
std::optional<Scalar> nc2(const Configuration& configuration, const Matrix<Scalar>& classifier,
                          const Matrix<Scalar>& means);

/// (21): || Z/||Z|| - U/||U|| || with column k of U being M_k (e_k - 1/K). Nothing as for `nc2`.
/// @param logits   Z = W H of the class means, K x K
/// @param margins  M_k, K of them
template <typename Scalar>
std::optional<Scalar> nc3(const Matrix<Scalar>& logits, const std::vector<Scalar>& margins);

}  // namespace ncverify::theory
