// A trained network's last layer as files: features on disk, labels and classifier in memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "files/row_reader.hpp"
#include "measure/network_arrays.hpp"
#include "problem/objective.hpp"

namespace ncverify::measure {

/// Somebody's own network, checked: shapes fit, labels are 0..K-1, every class has a sample unless it may
/// lack one.
struct Network {
    files::RowReader features;         ///< N x d, the ignored samples among them
    files::StoredArray labels_array;   ///< what the labels were read from
    std::vector<std::int32_t> labels;  ///< of the rows, 0..K-1, or `ignored`
    std::vector<long long> counts;     ///< n_k, K of them
    files::StoredArray classifier_array;
    Matrix<double> classifier;  ///< W, K x d, finite
    std::optional<files::StoredArray> bias_array;
    Vector<double> bias;  ///< b, K numbers, or none without one
    std::vector<std::string>
        read_as;  ///< what was recognised in another form than the usual one, a sentence each

    static constexpr std::int32_t ignored = -1;

    long classes() const { return static_cast<long>(counts.size()); }        ///< K
    long long samples() const;                                               ///< N, without the ignored ones
    long dimension() const { return static_cast<long>(classifier.cols()); }  ///< d
};

/// The largest size of a feature or weight: beyond it squares and their sums would overflow.
inline constexpr double largest_entry = 1e100;

/// How labels are to be read.
struct LabelReading {
    std::optional<long long> ignored_label = {};  ///< samples with this label are left out
    bool may_be_absent = false;                   ///< a class may have no sample
};

/// Opens and checks everything but the features' numbers, which are read by the statistics.
/// Throws InputError, before memory is taken, for arrays that are damaged or do not fit each other.
Network open_network(NetworkArrays arrays, const LabelReading& reading = {});

}  // namespace ncverify::measure
