// One coordinate's share of the first-order conditions, and Krawczyk's test for it.
#pragma once

#include <string>

#include "problem/objective.hpp"

namespace ncverify::certificates {

/// A coordinate in use: column w = W(:, i) and the one positive feature h = H(i, k) on it. The logits of
/// class k are w h, so the first-order conditions of problem (4) on the support fall apart into blocks.
struct Block {
    long coordinate = 0, of_class = 0;
    Vector<Enclosure> weights;  ///< w, K entries
    Enclosure feature;          ///< h > 0
};

/// What Krawczyk's test found for a block.
struct BlockResult {
    std::string undecided;      ///< empty: proven
    Block box;                  ///< contains exactly one stationary point of the block
    Enclosure radius;           ///< exact: no smaller than |x - x*| for any entry
    Enclosure relative_radius;  ///< over the largest |w| for entries of w, over h for h
};

/// Proves that exactly one (w*, h*) near `block` satisfies
///     lW w + (n_k/N) h q = 0,   lH n_k h + (n_k/N) q.w = 0,   q = softmax(w h) - e_k,
/// and that their Jacobian is positive definite over a box around both, h > 0 there; or says what it could
/// not decide at the working precision.
BlockResult krawczyk(const Configuration& configuration, const Block& block);

}  // namespace ncverify::certificates
