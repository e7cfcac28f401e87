// Labelled images as bytes, read from the formats that data sets come in, or made up.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ncverify::experiments {

/// Images of one size, channel by channel and row by row, one after the other.
struct Images {
    long channels = 0, height = 0, width = 0;
    std::vector<std::uint8_t> pixels = {};  ///< size() * pixels_each() of them
    std::vector<std::uint8_t> labels = {};
    std::string source;  ///< what they are, in words

    std::size_t size() const { return labels.size(); }
    std::size_t pixels_each() const { return static_cast<std::size_t>(channels * height * width); }
};

/// CIFAR-10's training set, binary version: data_batch_1.bin to data_batch_5.bin in `folder` or in its
/// cifar-10-batches-bin, each a sequence of records of one label and 3 x 32 x 32 pixels. Throws InputError
/// naming `where`.
Images read_cifar10(const std::string& folder, const std::string& where);

/// MNIST's training set: train-images-idx3-ubyte and train-labels-idx1-ubyte in `folder`, unpacked. Throws
/// InputError naming `where`.
Images read_mnist(const std::string& folder, const std::string& where);

/// Images of 1 x 4 x 4: for each class a random pattern, for each image that pattern and noise.
/// @param counts  so many of each class
Images generated_images(const std::vector<long long>& counts, std::uint64_t seed);

}  // namespace ncverify::experiments
