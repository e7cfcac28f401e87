// What a certificate proves: checked without the solver and without the theorem.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ncverify/configuration.hpp"
#include "ncverify/formulation.hpp"

namespace ncverify::api {

/// The gap between a point's loss and a lower bound of all losses, in five parts that are not negative: each
/// a decimal rounded up, or "" where no bound is known.
struct PrintedGapTerms {
    std::string logits;         ///< loss above its tangent in the margins
    std::string classifier;     ///< W away from its combination of class means
    std::string orthogonality;  ///< class means with coordinates in common
    std::string within_class;   ///< features away from their class mean
    std::string collapsed;      ///< features of classes whose slope is below its limit
    std::string sum;
};

/// Two decimals that hold a number between them; both "" where nothing does.
struct PrintedInterval {
    std::string lower, upper;
};

/// What the gap implies for every point whose loss is at most the upper bound, every global minimiser among
/// them. Decimals rounded up, "" where no bound follows; h_k is the mean of the features of class k.
struct PrintedBounds {
    std::string largest_margin_width;                ///< of the intervals that hold the classes' margins
    std::string largest_logit_width;                 ///< of the intervals that hold logits
    std::string largest_feature_norm_squared_width;  ///< of the intervals that hold ||h_k||^2
    std::string largest_feature_inner;               ///< h_k . h_l of two classes
    std::string classifier_defect;                   ///< distance of W from its combination of class means
    std::string classifier_sum;                      ///< norm of sum_k w_k
    std::string within_class_spread;                 ///< distance of a feature from its class mean
    long collapsed_classes = 0;                      ///< classes whose ||h_k||^2 is not told from zero
    std::string largest_collapsed_feature_norm_squared;           ///< among those
    std::vector<PrintedInterval> margins, feature_norms_squared;  ///< K each; empty for a summary
};

/// What the check of a certificate came to. A proof is one of this problem, to these digits, and no other.
struct Certification {
    bool proven = false;
    bool contradiction = false;   ///< the bounds exclude each other: the checker errs, nothing is proven
    Configuration configuration;  ///< of the certificate
    Formulation formulation = Formulation::class_means;
    long digits = 0;           ///< that it claims: relative_gap is at most 10^(2-digits) where proven
    std::string upper_bound;   ///< of the point's loss, proven, rounded up; "" where nothing is
    std::string lower_bound;   ///< of every loss, proven, rounded down
    std::string relative_gap;  ///< (upper - lower) / lower, rounded up
    std::string gap;           ///< upper - lower, rounded up
    std::string reason;        ///< why it is not proven, or ""
    std::optional<PrintedGapTerms> gap_terms;  ///< nothing where the point or the slopes are infeasible
    std::optional<PrintedBounds> implied;      ///< nothing where not proven
    std::string minimiser_radius;  ///< a local minimiser lies this close in every entry of W and H, or ""
    std::string minimiser_reason;  ///< why none was located, or ""
};

}  // namespace ncverify::api
