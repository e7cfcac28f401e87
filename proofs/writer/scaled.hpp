// Numbers as integers over one scale: what the proofs enclose once and use for all pairs of classes.
#pragma once

#include <string>
#include <vector>

#include "theory/printed.hpp"

namespace ncverify::proofs {

/// p, S and the a_k of Proposition 1, each as the integer nearest to it times `scale`.
struct ScaledWeights {
    long digits = 0;  ///< scale = 10^digits
    std::string scale;
    std::string prefactor;             ///< of p
    std::string sum;                   ///< of S
    std::vector<std::string> weights;  ///< of a_k = sqrt(n_k) M_k, one for each group of the printed form
};

/// So sharp that p (S + l (a_k + a_j)), |l| <= K^2, comes out right to `places` decimal places after the
/// point, and three more.
ScaledWeights scaled_weights(const Configuration& configuration, const theory::PrintedForm& form,
                             long places);

}  // namespace ncverify::proofs
