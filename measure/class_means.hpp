// The first reading of the features: class means, and what kind of numbers they are.
#pragma once

#include "measure/network.hpp"

namespace ncverify::measure {

/// What the features look like before any model is put to them.
struct FeatureRange {
    double smallest = 0, largest = 0;
    long long zeros = 0;      ///< entries that are exactly zero (ReLU's share)
    long long negatives = 0;  ///< entries < 0: the paper's features are non-negative
    long long first_negative_sample = -1;
    /// Of the samples that are not ignored: ||h_ki||^2, equal where features are normalised.
    double smallest_square = 0, largest_square = 0;
};

struct ClassMeans {
    Matrix<double> means;  ///< h_k = (1/n_k) sum_i h_ki in column k, d x K
    FeatureRange range;
};

/// As the problem's own `class_means`, of features that are never in memory at once, so that it has to be
/// another computation: reads all features once. A mean is the shifted sum of each chunk's samples, merged
/// with a compensated running mean: its error is at most (c + 2) u max|h_ki| per coordinate, with c <= 4096 a
/// chunk's samples and u = 2^-53; equal samples have exactly their value as mean. Throws InputError for
/// entries that are not finite or beyond `largest_entry`, naming the first.
ClassMeans class_means(Network& network);

}  // namespace ncverify::measure
