// The imbalanced subset: which images a run trains on, drawn by its seed, and as numbers of mean 0.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/images.hpp"

namespace ncverify::experiments {

struct Subset {
    std::vector<long long> indices;    ///< of the images, class by class, ascending in each
    std::vector<std::int64_t> labels;  ///< of these, N
};

/// Of class k counts[k] images without repetition, each choice equally likely, drawn from the seed and k
/// alone. Throws InputError naming `where` where a class has fewer.
Subset draw_subset(const Images& images, const std::vector<long long>& counts, std::uint64_t seed,
                   const std::string& where);

/// What the network is shown.
struct Inputs {
    std::vector<float> values;           ///< N x channels x height x width
    std::vector<double> means, spreads;  ///< of each channel over the subset, in pixel values
};

/// The subset's images, of each channel mean 0 and standard deviation 1 (1 as well where all are equal).
Inputs standardised(const Images& images, const Subset& subset);

}  // namespace ncverify::experiments
