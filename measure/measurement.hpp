// A trained network's last layer, measured: the metrics of Section 5.1, its geometry, its gap to the optimum.
#pragma once

#include <optional>

#include "certificates/gap_terms.hpp"
#include "measure/class_means.hpp"
#include "measure/sample_statistics.hpp"

namespace ncverify::measure {

/// How far the point is from the best one that problem (4) has for its counts, split as in docs/model.md. The
/// bound and the signs of the terms hold where no feature is negative; that they add up holds for all
/// features.
struct Gap {
    Enclosure loss;                ///< L0(W,H), weight decays included
    Enclosure lower_bound;         ///< D at the best slopes: what no W, H >= 0 goes below
    certificates::GapTerms terms;  ///< five parts of loss - lower_bound, none of them formed by cancellation
};

struct Measurement {
    /// What was read: d, counts and the decays, which are zero where none were given.
    Configuration configuration;
    bool has_decays = false;
    files::StoredArray features, labels, classifier;

    FeatureRange range;
    Matrix<double> feature_gram;     ///< h_k . h_l, K x K
    Matrix<double> classifier_gram;  ///< w_k . w_l, K x K
    Matrix<double> logits;           ///< W h_k in column k, K x K
    std::vector<ClassSums> classes;  ///< K of them
    BetweenClasses between;

    double nc1 = 0;             ///< (19); 0 where all class means coincide, S_B^+ being 0 then
    std::optional<double> nc2;  ///< (20); nothing where W or its prediction from H is zero
    std::optional<double>
        nc3;                 ///< (21); nothing without decays, and where a matrix is zero (complete collapse)
    std::optional<Gap> gap;  ///< nothing without decays

    long long samples() const;                  ///< N
    double other_logits(Eigen::Index k) const;  ///< mean of (W h_k)_m over m != k
    long long correct() const;                  ///< samples whose own logit exceeds every other one

    double means_seconds = 0, statistics_seconds = 0, total_seconds = 0;
};

/// lambda_W and lambda_H as the user wrote them, and the class weights of the loss; none: all 1.
struct Decays {
    std::string lambda_w, lambda_h;
    std::vector<std::string> weights = {};  ///< K texts, or one rule or list, as with_weights reads them
};

/// Reads everything: the features twice. The result does not depend on the number of threads.
/// Throws InputError where the arrays are unusable or do not fit each other.
/// @param jobs  threads, 0 for all cores
Measurement measure(NetworkArrays arrays, const std::optional<Decays>& decays, int jobs);
Measurement measure(const NetworkFiles& files, const std::optional<Decays>& decays, int jobs);

/// A class's sum, over its samples or another number of them.
double per_sample(long double sum, long long samples);

}  // namespace ncverify::measure
