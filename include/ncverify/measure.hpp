// A trained network's last layer beside the theorem.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ncverify/certification.hpp"
#include "ncverify/closed_forms.hpp"
#include "ncverify/configuration.hpp"
#include "ncverify/input_error.hpp"

namespace ncverify::api {

/// Where the arrays stand: .npy, .npz, .safetensors or .safetensors.index.json, FILE:KEY where a file holds
/// several. Transposed ones and those with extents of 1 are recognised.
struct NetworkFiles {
    std::string features;     ///< N x d, floating-point, one row per sample
    std::string labels;       ///< N whole numbers 0..K-1, or N x K, one-hot
    std::string classifier;   ///< K x d, floating-point, one row per class
    std::string bias = {};    ///< K, floating-point; "" where the last layer has none
    std::string float8 = {};  ///< "e4m3fn" or "e5m2": what bytes without a type in .npy are; "" refuses them
};

/// A matrix in memory, row by row; not copied.
struct MatrixView {
    const double* values = nullptr;
    long long rows = 0, columns = 0;
};

/// The same arrays in memory.
struct NetworkArrays {
    MatrixView features;                   ///< N x d, one row per sample
    const std::int64_t* labels = nullptr;  ///< N of them, 0..K-1
    MatrixView classifier;                 ///< K x d, one row per class
    const double* bias = nullptr;          ///< K of them, or none
};

struct MeasureOptions {
    /// As in Configuration. What is not given is taken from the network where it has settled; else there is
    /// no prediction.
    std::string lambda_w = {}, lambda_h = {};
    std::vector<std::string> weights = {};        ///< omega_k of the loss, as in Configuration
    std::vector<long long> counts = {};           ///< of the training set, where the samples are others
    std::optional<long long> ignored_label = {};  ///< samples with this label are left out
    long digits = 17;                             ///< of the theorem's numbers, 1..100000
    int jobs = 0;                                 ///< threads, at most 4096; 0: all cores
    bool matrices = true;                         ///< also the K x K matrices
};

/// One class, measured; h_k is the mean of its features.
struct MeasuredClass {
    long long count = 0, correct = 0;  ///< samples, and those whose own logit exceeds every other one
    double cross_entropy = 0;          ///< mean over the samples
    double feature_norm_squared = 0, classifier_norm_squared = 0;
    double logit_own = 0, logit_other = 0;  ///< at h_k: its own, and the mean of the others
    double within_class_variance = 0;       ///< mean of ||h_ki - h_k||^2
    double largest_distance = 0;            ///< max ||h_ki - h_k||
};

/// The distance from the best point of problem (4) for the same counts and decays. Decimals, 17 digits.
struct MeasuredGap {
    std::string loss;         ///< L0(W,H), decays included
    std::string lower_bound;  ///< no point with features >= 0 goes below
    PrintedGapTerms terms;    ///< the gap in five parts, rounded to nearest, and their sum, the gap
};

/// A usual metric of neural collapse (docs/metrics.md): here, and at the optimum for these counts and decays.
struct UsualMetric {
    std::string name;                     ///< as in JSON, "norm_m_cov"
    std::optional<double> value, target;  ///< nothing where undefined, the target without decays, too
};

/// What is the matter, for people.
struct Finding {
    std::string kind, headline, explanation, advice;
};

struct Measurement {
    Configuration configuration;  ///< counts and d as found or given, decays as given, implied, or ""
    double nc1 = 0;               ///< (19)
    std::optional<double> nc2;    ///< (20); nothing where W or its prediction from the features is zero
    std::optional<double> nc3;    ///< (21); nothing without decays, or where the logits are zero
    std::vector<UsualMetric> usual;
    std::vector<Finding> findings;   ///< the one that matters most first; at least one
    std::vector<long> dead_classes;  ///< at zero although the optimum's are not; none known without decays
    std::optional<MeasuredGap> gap;  ///< nothing without decays, with a bias, or of other samples
    std::vector<MeasuredClass> classes;
    std::optional<PrintedForm> theory;  ///< nothing without decays
    std::vector<std::string> notes;     ///< what to know before believing the numbers
    std::string json;                   ///< the document that `ncverify measure --format json` prints
};

/// Reads the features twice, a few rows at a time. The result does not depend on the number of threads, but
/// for the seconds in its JSON. Throws InputError for options out of range and for arrays that are damaged,
/// not finite, or do not fit each other.
Measurement measure(const NetworkFiles& files, const MeasureOptions& options = {});
Measurement measure(const NetworkArrays& arrays, const MeasureOptions& options = {});

}  // namespace ncverify::api
