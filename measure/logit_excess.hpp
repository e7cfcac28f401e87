// What one sample's logits cost above the least that any logits could, in parts that do not cancel.
#pragma once

#include <Eigen/Core>

namespace ncverify::measure {

/// One sample of class k with logits z, K of them. CE = unequal + phi(margin), phi(a) = log(1+(K-1)e^-a).
struct LogitExcess {
    double cross_entropy = 0;  ///< CE(z, k)
    double unequal = 0;  ///< CE - phi(margin) >= 0, zero exactly where the other logits are equal (Jensen)
    double margin = 0;   ///< a = z_k - mean of the others
    double others = 0;   ///< (K-1) e^-a / (1 + (K-1) e^-a): what softmax gives the others if they are equal
};

/// @param logits   z, `classes` of them
/// @param label    k, 0..classes-1
LogitExcess logit_excess(const double* logits, Eigen::Index classes, Eigen::Index label);

/// phi(a) + beta a - bracket >= 0 with bracket = -(1-beta) log(1-beta) - beta log(beta/(K-1)) (docs/model.md,
/// The gap, term by term), zero exactly where `others` = beta: it is the Kullback-Leibler divergence of
/// (beta, 1-beta) from (others, 1-others).
/// @param slope  beta, in [0, 1)
double margin_excess(const LogitExcess& excess, double slope, Eigen::Index classes);

}  // namespace ncverify::measure
