// A trained network's last layer as files: features on disk, labels and classifier in memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "files/row_reader.hpp"
#include "problem/objective.hpp"

namespace ncverify::measure {

/// Where the three arrays stand: FILE or FILE:KEY each.
struct NetworkFiles {
    std::string features, labels, classifier;
};

/// Somebody's own network, checked: shapes fit, labels are 0..K-1, every class has a sample.
struct Network {
    files::RowReader features;         ///< N x d
    files::StoredArray labels_array;   ///< what the labels were read from
    std::vector<std::int32_t> labels;  ///< N of them, 0..K-1
    std::vector<long long> counts;     ///< n_k, K of them, each >= 1
    files::StoredArray classifier_array;
    Matrix<double> classifier;  ///< W, K x d, finite

    long classes() const { return static_cast<long>(counts.size()); }            ///< K
    long long samples() const { return static_cast<long long>(labels.size()); }  ///< N
    long dimension() const { return static_cast<long>(classifier.cols()); }      ///< d
};

/// The largest size of a feature or weight: beyond it squares and their sums would overflow.
inline constexpr double largest_entry = 1e100;

/// Opens and checks everything but the features' numbers, which are read by the statistics.
/// Throws InputError, before memory is taken, for files that are damaged or do not fit each other.
Network open_network(const NetworkFiles& files);

}  // namespace ncverify::measure
