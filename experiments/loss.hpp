// Problem (4)'s loss on a minibatch, such that the minibatches' gradients add up to the whole one.
#pragma once

#include <torch/types.h>

namespace ncverify::experiments {

/// What L0 has beside features, classifier and labels.
struct LossSettings {
    double lambda_w = 0, lambda_h = 0;
    long samples = 0;     ///< N, of the whole training set
    torch::Tensor omega;  ///< class weights, K
};

/// (1/B) sum_i omega_y CE(W h_i, y_i) + lambda_W/2 ||W||^2 + (N/B) lambda_H/2 sum_i ||h_i||^2 over the B
/// samples of a minibatch. Its mean over an epoch's minibatches, each weighted by its share B/N of the
/// samples, is L0 of docs/model.md; so are the gradients. lambda_H stands before a sum over
/// all N samples, of which a minibatch has B: without N/B the features would be held down N/B times too
/// weakly.
/// @param features    h, B x d
/// @param classifier  W, K x d
/// @param labels      y, B whole numbers
torch::Tensor minibatch_loss(const torch::Tensor& features, const torch::Tensor& classifier,
                             const torch::Tensor& labels, const LossSettings& settings);

}  // namespace ncverify::experiments
