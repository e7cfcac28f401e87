// Stochastic gradient descent with momentum: the step, and what it remembers.
#pragma once

#include <torch/types.h>

#include <vector>

#include "experiments/network.hpp"

namespace ncverify::experiments {

/// As torch.optim.SGD: v <- momentum v + gradient + decay theta, theta <- theta - rate v, the decay on the
/// backbone alone.
class Descent {
  public:
    Descent(Network& network, double momentum, double backbone_decay);
    /// One step along the gradients that stand at the parameters; removes them.
    void step(double rate);
    /// v, one for each parameter.
    std::vector<torch::Tensor>& velocities() { return velocities_; }

  private:
    std::vector<torch::Tensor> parameters_, velocities_;
    std::size_t of_backbone_;  // the first so many are the backbone's
    double momentum_, backbone_decay_;
};

}  // namespace ncverify::experiments
