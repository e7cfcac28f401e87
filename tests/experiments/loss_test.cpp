// The loss of minibatches: their gradients add up to the whole one, with feature decay and class weights.
#include "experiments/loss.hpp"

#include <torch/autograd.h>

#include "experiments/network.hpp"
#undef CHECK  // LibTorch's logging has a macro of this name
#include <catch2/catch.hpp>

using namespace ncverify;
using namespace ncverify::experiments;

namespace {

struct Problem {
    std::shared_ptr<Network> network;
    torch::Tensor images, labels;
    LossSettings loss;

    std::vector<torch::Tensor> gradients(const torch::Tensor& value) const {
        return torch::autograd::grad({value}, network->parameters());
    }
};

// Four classes of 2, 3, 5 and 1 samples, in double precision.
Problem problem() {
    Settings settings;
    settings.configuration = make_configuration({2, 3, 5, 1}, "1e-2", "3e-2", 6);
    settings.initialisation = "he";
    Problem made;
    made.network = make_network(settings, 1, 2, 3);
    made.network->to(torch::kFloat64);
    made.images = torch::randn({11, 1, 2, 3}, torch::kFloat64);
    made.labels = torch::tensor({0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 3}, torch::kInt64);
    made.loss = {settings.lambda_w(), settings.lambda_h(), 11,
                 torch::tensor({2.0, 0.5, 0.25, 3.0}, torch::kFloat64)};
    return made;
}

// L0 of docs/model.md over all samples, written down again.
torch::Tensor whole_loss(const Problem& made) {
    const torch::Tensor h = made.network->features(made.images);
    const torch::Tensor& w = made.network->classifier();
    const torch::Tensor z = h.matmul(w.t());
    const torch::Tensor own = z.gather(1, made.labels.unsqueeze(1)).squeeze(1);
    const torch::Tensor cross_entropy = torch::logsumexp(z, 1) - own;
    return (made.loss.omega.index_select(0, made.labels) * cross_entropy).sum() / 11 +
           made.loss.lambda_w / 2 * (w * w).sum() + made.loss.lambda_h / 2 * (h * h).sum();
}

// The largest difference between the whole gradient and the minibatches' (4, 4 and 3 samples), each by its
// share.
double largest_difference(const Problem& made, bool scaled) {
    std::vector<torch::Tensor> sum = made.gradients(whole_loss(made));
    for (const long begin : {0, 4, 8}) {
        const torch::Tensor images = made.images.slice(0, begin, begin + 4);
        LossSettings loss = made.loss;
        loss.samples = scaled ? loss.samples : images.size(0);  // the usual bug: no N/B
        const torch::Tensor value = minibatch_loss(made.network->features(images), made.network->classifier(),
                                                   made.labels.slice(0, begin, begin + 4), loss);
        const auto part = made.gradients(value);
        for (std::size_t i = 0; i < sum.size(); ++i) {
            sum[i] = sum[i] - part[i] * (static_cast<double>(images.size(0)) / 11);
        }
    }
    double largest = 0;
    for (const torch::Tensor& rest : sum) {
        largest = std::max(largest, rest.abs().max().item<double>());
    }
    return largest;
}

}  // namespace

TEST_CASE("Minibatch gradients add up to the whole one, and would not without N/B") {
    const Problem made = problem();
    CHECK(largest_difference(made, true) < 1e-13);
    CHECK(largest_difference(made, false) > 1e-4);
}

TEST_CASE("A minibatch of all samples has the whole loss") {
    const Problem made = problem();
    const double whole = whole_loss(made).item<double>();
    const double batch = minibatch_loss(made.network->features(made.images), made.network->classifier(),
                                        made.labels, made.loss)
                             .item<double>();
    CHECK(batch == Approx(whole).epsilon(1e-13));
}

TEST_CASE("Features are rectified, and have the size that the preset says") {
    Settings settings;
    settings.configuration = make_configuration({1, 1, 1}, "1", "1", 512);
    settings.architecture = Architecture::resnet18;
    const auto network = make_network(settings, 3, 32, 32);
    network->eval();
    const torch::NoGradGuard no_gradients;
    const torch::Tensor features = network->features(torch::randn({2, 3, 32, 32}));
    CHECK(features.sizes() == at::IntArrayRef({2, 512}));
    CHECK(features.min().item<float>() >= 0);
    // He et al.'s ResNet18 for ten classes of 32 x 32 images has 11,173,962 parameters; three classes without
    // a bias have 10 and 7 x 512 fewer.
    long parameters = 0;
    for (const torch::Tensor& parameter : network->parameters()) {
        parameters += parameter.numel();
    }
    CHECK(parameters == 11'173'962 - 10 - 7 * 512);
}
