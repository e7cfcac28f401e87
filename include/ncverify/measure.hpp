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

/// Where three arrays stand: .npy, .npz or .safetensors, FILE:KEY where a file holds several.
struct NetworkFiles {
    std::string features;    ///< N x d, floating-point, one row per sample
    std::string labels;      ///< N whole numbers 0..K-1
    std::string classifier;  ///< K x d, floating-point, one row per class
};

/// A matrix in memory, row by row; not copied.
struct MatrixView {
    const double* values = nullptr;
    long long rows = 0, columns = 0;
};

/// The same three arrays in memory.
struct NetworkArrays {
    MatrixView features;                   ///< N x d, one row per sample
    const std::int64_t* labels = nullptr;  ///< N of them, 0..K-1
    MatrixView classifier;                 ///< K x d, one row per class
};

struct MeasureOptions {
    std::string lambda_w = {},
                lambda_h = {};  ///< both, as in Configuration, or neither: then there is no prediction
    std::vector<std::string> weights = {};  ///< omega_k of the loss, as in Configuration; with decays only
    long digits = 17;                       ///< of the theorem's numbers, 1..100000
    int jobs = 0;                           ///< threads, at most 4096; 0: all cores
    bool matrices = true;                   ///< also the K x K matrices
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

struct Measurement {
    Configuration configuration;     ///< counts and d as found, decays as given or ""
    double nc1 = 0;                  ///< (19)
    std::optional<double> nc2;       ///< (20); nothing where W or its prediction from the features is zero
    std::optional<double> nc3;       ///< (21); nothing without decays, or where the logits are zero
    std::optional<MeasuredGap> gap;  ///< nothing without decays
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
