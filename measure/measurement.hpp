// A trained network's last layer, measured: the paper's metrics and the usual ones, its geometry, its gap to
// the optimum.
#pragma once

#include <optional>

#include "certificates/gap_terms.hpp"
#include "measure/angles.hpp"
#include "measure/class_means.hpp"
#include "measure/dead_classes.hpp"
#include "measure/implied_decays.hpp"
#include "measure/sample_statistics.hpp"
#include "measure/usual_metrics.hpp"

namespace ncverify::measure {

/// How far the point is from the best one that problem (4) has for its counts, split as in docs/model.md. The
/// bound and the signs of the terms hold where no feature is negative; that they add up holds for all
/// features.
struct Gap {
    Enclosure loss;                ///< L0(W,H), weight decays included
    Enclosure lower_bound;         ///< D at the best slopes: what no W, H >= 0 goes below
    certificates::GapTerms terms;  ///< five parts of loss - lower_bound, none of them formed by cancellation
};

/// The user's decays beside those that the point implies, where they cannot both be right.
struct Contradiction {
    FittingDecays fitting;
    Gap gap;  ///< under these
};

/// The usual metrics, of the network or at the optimum, about either centre.
struct BothCentres {
    UsualMetrics class_means, sample_mean;
};

struct Measurement {
    /// What the network was trained on: d, counts and the decays, which are zero where none are known.
    Configuration configuration;
    bool has_decays = false;
    bool lambda_w_implied = false, lambda_h_implied = false;  ///< not given, but taken from the point
    std::vector<long long> counts;                            ///< of the samples measured, K of them
    bool other_samples = false;                               ///< these are not those of the configuration
    files::StoredArray features, labels, classifier;
    std::optional<files::StoredArray> bias_array;
    std::vector<std::string> read_as;  ///< what was recognised in another form, a sentence each
    long long ignored = 0;             ///< samples that carry the ignored label

    FeatureRange range;
    Matrix<double> feature_gram;                              ///< h_k . h_l, K x K
    Matrix<double> classifier_gram;                           ///< w_k . w_l, K x K
    Matrix<double> logits;                                    ///< W h_k + b in column k, K x K
    Vector<double> bias;                                      ///< b, or none
    std::optional<Angles> feature_angles, classifier_angles;  ///< of the h_k, of the w_k
    std::vector<ClassSums> classes;                           ///< K of them
    std::vector<long double> by_direction;  ///< of NC1, N times, as `between` has directions
    double recentring_share = 0;            ///< g^T S_B^+ g, g = h_G - m
    BetweenClasses between;

    double nc1 = 0;             ///< (19); 0 where all class means coincide, S_B^+ being 0 then
    std::optional<double> nc2;  ///< (20); nothing where W or its prediction from H is zero, or a class lacks
    std::optional<double> nc3;  ///< (21); nothing without decays, and where a matrix is zero (complete
                                ///< collapse) or a class lacks
    BothCentres usual;
    std::optional<BothCentres> targets;    ///< nothing without decays
    std::vector<double> margins;           ///< M_k of the theorem, K of them; none without decays
    std::optional<double> nc3_target;      ///< 0, nothing where NC3 is undefined there
    std::optional<ImpliedDecays> implied;  ///< nothing of other samples, and where W or H is zero
    std::optional<Contradiction> contradiction;
    std::optional<DeadClasses> dead;  ///< nothing without decays
    double cross_entropy = 0;         ///< mean over samples, as weighted
    std::optional<Enclosure> loss;    ///< L0, the bias in it; nothing without decays, or of other samples
    std::optional<Gap> gap;           ///< nothing without loss, and with a bias

    long long samples() const;                  ///< N, those measured
    double other_logits(Eigen::Index k) const;  ///< mean of (W h_k)_m over m != k
    long long correct() const;                  ///< samples whose own logit exceeds every other one
    long long first() const;                    ///< samples whose own logit is the first of the largest
    bool all_zero() const { return range.largest_square == 0; }  ///< every feature

    double means_seconds = 0, statistics_seconds = 0, total_seconds = 0;
};

/// What the user says of the training, as text where it is exact. Decays that are not given are taken from
/// the point where it can tell them.
struct Training {
    std::string lambda_w = {}, lambda_h = {};  ///< "" where not given
    std::vector<std::string> weights = {};     ///< K texts, or one rule or list, as with_weights reads them
    std::vector<long long> counts = {};        ///< of the training set; none: those of the labels
    std::optional<long long> ignored_label = {};  ///< samples with this label are left out
};

/// Reads everything: the features twice, and once more where decays are taken from the point or do not fit
/// it. The result does not depend on the number of threads. Throws InputError where the arrays are unusable
/// or do not fit each other.
/// @param jobs  threads, 0 for all cores
Measurement measure(NetworkArrays arrays, const Training& training, int jobs);
Measurement measure(const NetworkFiles& files, const Training& training, int jobs);

/// A class's sum, over its samples or another number of them; nothing of none.
std::optional<double> per_sample(long double sum, long long samples);

}  // namespace ncverify::measure
