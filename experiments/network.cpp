#include "experiments/network.hpp"

namespace ncverify::experiments {

namespace nn = torch::nn;

namespace {

constexpr int hidden_layers = 5;

nn::Conv2d convolution(long in, long out, long kernel, long stride) {
    return nn::Conv2d(nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2).bias(false));
}

// Two convolutions beside a shortcut (He et al. 2016, Figure 2).
struct BlockImpl : nn::Module {
    BlockImpl(long in, long out, long stride)
        : first(register_module("first", convolution(in, out, 3, stride))),
          first_norm(register_module("first_norm", nn::BatchNorm2d(out))),
          second(register_module("second", convolution(out, out, 3, 1))),
          second_norm(register_module("second_norm", nn::BatchNorm2d(out))) {
        if (stride != 1 || in != out) {
            shortcut = register_module("shortcut",
                                       nn::Sequential(convolution(in, out, 1, stride), nn::BatchNorm2d(out)));
        }
    }
    torch::Tensor forward(const torch::Tensor& x) {
        const torch::Tensor inner = torch::relu(first_norm(first(x)));
        return torch::relu(second_norm(second(inner)) + (shortcut ? shortcut->forward(x) : x));
    }

    nn::Conv2d first;
    nn::BatchNorm2d first_norm;
    nn::Conv2d second;
    nn::BatchNorm2d second_norm;
    nn::Sequential shortcut{nullptr};
};
TORCH_MODULE(Block);

nn::Sequential mlp(long inputs, long hidden) {
    nn::Sequential layers{nn::Flatten()};
    for (int layer = 0; layer < hidden_layers; ++layer) {
        layers->push_back(nn::Linear(layer == 0 ? inputs : hidden, hidden));
        layers->push_back(nn::ReLU());
    }
    return layers;
}

nn::Sequential resnet18(long channels) {
    nn::Sequential layers(convolution(channels, 64, 3, 1), nn::BatchNorm2d(64), nn::ReLU());
    long before = 64;
    for (const long width : {64, 128, 256, 512}) {
        layers->push_back(Block(before, width, width == 64 ? 1 : 2));
        layers->push_back(Block(width, width, 1));
        before = width;
    }
    layers->push_back(nn::AdaptiveAvgPool2d(1));
    layers->push_back(nn::Flatten());
    return layers;
}

// He et al. 2015: normal weights of variance 2 / inputs, no biases.
void initialise_he(nn::Module& network) {
    const torch::NoGradGuard no_gradients;
    for (auto& parameter : network.named_parameters()) {
        if (parameter.value().dim() > 1) {
            nn::init::kaiming_normal_(parameter.value());
        } else if (parameter.key().find("norm") == std::string::npos && parameter.key().ends_with("bias")) {
            nn::init::zeros_(parameter.value());
        }
    }
}

}  // namespace

Network::Network(const Settings& settings, long channels, long height, long width) {
    const auto classes = static_cast<long>(settings.configuration.counts.size());
    backbone_ = register_module("backbone", settings.architecture == Architecture::mlp
                                                ? mlp(channels * height * width, settings.hidden())
                                                : resnet18(channels));
    classifier_ =
        register_module("classifier", nn::Linear(nn::LinearOptions(settings.hidden(), classes).bias(false)));
}

torch::Tensor Network::features(const torch::Tensor& images) {
    return backbone_->forward(images);
}

std::vector<torch::Tensor> Network::backbone() const {
    return backbone_->parameters();
}

std::shared_ptr<Network> make_network(const Settings& settings, long channels, long height, long width) {
    torch::manual_seed(settings.seed);
    auto network = std::make_shared<Network>(settings, channels, height, width);
    if (settings.initialisation == "he") {
        initialise_he(*network);
    }
    return network;
}

}  // namespace ncverify::experiments
