// The arrays of a network as they were saved, and the forms in which people save them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "files/array_file.hpp"

namespace ncverify::measure {

/// Where the arrays stand: FILE or FILE:KEY each.
struct NetworkFiles {
    std::string features, labels, classifier;
    std::string bias = {};                                ///< "" without one
    std::optional<files::EightBitFloat> eight_bits = {};  ///< what single bytes of .npy files mean
};

/// The arrays, not yet read.
struct NetworkArrays {
    files::StoredArray features, labels, classifier;
    std::optional<files::StoredArray> bias = {};
};

/// The names under which a last layer's bias is usually saved.
extern const std::vector<std::string> bias_names;

/// Throws InputError where a file is damaged or does not say which of its arrays is meant.
NetworkArrays open_arrays(const NetworkFiles& files);

/// What was recognised, a sentence each, and whether labels are one-hot.
struct Recognised {
    std::vector<std::string> said;
    bool one_hot = false;
};

/// Takes the arrays as N x d, N or N x K, K x d and K, in whatever form they are: extents of 1 are dropped
/// (pooling leaves N x d x 1 x 1), transposed matrices turned, both by their headers alone, and one-hot
/// labels noticed. What fits as it is, is taken as it is. Throws InputError where nothing fits.
Recognised recognise(NetworkArrays& arrays);

}  // namespace ncverify::measure
