// The networks: backbones that end in rectified features, and a classifier without bias.
#pragma once

#include <torch/nn.h>

#include <memory>

#include "experiments/settings.hpp"

namespace ncverify::experiments {

/// z = W h(x), h >= 0.
class Network : public torch::nn::Module {
  public:
    /// @param channels, height, width  of the images
    Network(const Settings& settings, long channels, long height, long width);

    /// h, B x d, of images B x channels x height x width.
    torch::Tensor features(const torch::Tensor& images);
    /// W, K x d.
    const torch::Tensor& classifier() const { return classifier_->weight; }
    /// Of the backbone: all but W.
    std::vector<torch::Tensor> backbone() const;

  private:
    torch::nn::Sequential backbone_;
    torch::nn::Linear classifier_{nullptr};
};

/// A network with weights drawn from the settings' seed.
std::shared_ptr<Network> make_network(const Settings& settings, long channels, long height, long width);

}  // namespace ncverify::experiments
