// Metrics of a moment of the training: what the room `measure` says of features that stand in memory.
#pragma once

#include <string>
#include <vector>

#include "experiments/settings.hpp"

namespace ncverify::experiments {

/// A last layer in memory, row by row, kept by the caller.
struct LastLayer {
    const float* features = nullptr;          ///< H, N x d
    const std::vector<std::int64_t>& labels;  ///< Y, N
    const float* classifier = nullptr;        ///< W, K x d
};

/// Numbers for a line of progress and of metrics.csv; text, since loss and gap may be beyond a double's
/// range.
struct Metrics {
    std::string loss, lower_bound, relative_gap, cross_entropy;
    std::string nc1, nc2, nc3;  ///< "" where undefined
    double right = 0;           ///< share of samples whose own logit exceeds every other one
};

/// Measured as `ncverify measure` measures a snapshot with the same numbers.
Metrics measured(const LastLayer& layer, const Settings& settings);

/// The line of metrics.csv, and the one above all of them.
std::string csv_line(long epoch, double learning_rate, const Metrics& metrics);
std::string csv_header();

/// "loss 0.0123 (minimum 0.0119), 100 % right, NC1 1.2e-05, NC2 0.0123, NC3 0.0045"
std::string in_words(const Metrics& metrics);

}  // namespace ncverify::experiments
