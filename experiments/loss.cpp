#include "experiments/loss.hpp"

#include <torch/nn.h>

namespace ncverify::experiments {

torch::Tensor minibatch_loss(const torch::Tensor& features, const torch::Tensor& classifier,
                             const torch::Tensor& labels, const LossSettings& settings) {
    namespace F = torch::nn::functional;
    const auto batch = static_cast<double>(features.size(0));
    // Weighted, its mean would be over the sum of the weights in the batch, and omega's scale would drop out
    // (docs/class-weights.md): so the sum, over B.
    const torch::Tensor cross_entropy =
        F::cross_entropy(features.matmul(classifier.t()), labels,
                         F::CrossEntropyFuncOptions().weight(settings.omega).reduction(torch::kSum)) /
        batch;
    const double decay_h = settings.lambda_h / 2 * static_cast<double>(settings.samples) / batch;
    return cross_entropy + settings.lambda_w / 2 * classifier.square().sum() +
           decay_h * features.square().sum();
}

}  // namespace ncverify::experiments
