#include "experiments/descent.hpp"

namespace ncverify::experiments {

namespace {

// v <- momentum v + gradient + decay theta, theta <- theta - rate v, in one pass: LibTorch's operations would
// make three of it, and of the MLPs' time the passes over memory are a large part. Not fused where the
// compiler may choose (-ffp-contract), so that every processor computes the same bits.
void move(float* theta, float* velocity, const float* gradient, long numbers, float momentum, float decay,
          float rate) {
    for (long i = 0; i < numbers; ++i) {
        const float v = momentum * velocity[i] + (gradient[i] + decay * theta[i]);
        velocity[i] = v;
        theta[i] -= rate * v;
    }
}

}  // namespace

Descent::Descent(Network& network, double momentum, double backbone_decay)
    : parameters_(network.backbone()),
      of_backbone_(parameters_.size()),
      momentum_(momentum),
      backbone_decay_(backbone_decay) {
    parameters_.push_back(network.classifier());
    for (const torch::Tensor& parameter : parameters_) {
        velocities_.push_back(torch::zeros_like(parameter));
    }
}

void Descent::step(double rate) {
    const torch::NoGradGuard no_gradients;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        torch::Tensor& gradient = parameters_[i].mutable_grad();
        move(parameters_[i].data_ptr<float>(), velocities_[i].data_ptr<float>(),
             gradient.contiguous().data_ptr<float>(), parameters_[i].numel(), static_cast<float>(momentum_),
             i < of_backbone_ ? static_cast<float>(backbone_decay_) : 0.0F, static_cast<float>(rate));
        gradient.reset();
    }
}

}  // namespace ncverify::experiments
