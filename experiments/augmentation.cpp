#include "experiments/augmentation.hpp"

#include <torch/nn.h>

#include "problem/random.hpp"

namespace ncverify::experiments {

torch::Tensor flipped_and_shifted(const torch::Tensor& images, std::uint64_t seed) {
    constexpr long margin = 4;
    namespace F = torch::nn::functional;
    const torch::Tensor padded = F::pad(images, F::PadFuncOptions({margin, margin, margin, margin}));
    Random random(seed);
    std::vector<torch::Tensor> seen;
    for (long i = 0; i < images.size(0); ++i) {
        const auto row = static_cast<long>(random.uniform() * (2 * margin + 1));
        const auto column = static_cast<long>(random.uniform() * (2 * margin + 1));
        const torch::Tensor image =
            padded[i].slice(1, row, row + images.size(2)).slice(2, column, column + images.size(3));
        seen.push_back(random.uniform() < 0.5 ? image.flip({2}) : image);
    }
    return torch::stack(seen);
}

}  // namespace ncverify::experiments
