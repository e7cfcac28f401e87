// Augmentation: images as they might also have been taken.
#pragma once

#include <torch/types.h>

#include <cstdint>

namespace ncverify::experiments {

/// Each image mirrored or not, and shifted by up to four pixels in both directions, zeros moving in; a
/// function of the seed. @param images  B x channels x height x width
torch::Tensor flipped_and_shifted(const torch::Tensor& images, std::uint64_t seed);

}  // namespace ncverify::experiments
