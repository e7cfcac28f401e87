// The closed forms of Theorem 1 and Proposition 1, every printed digit right.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace ncverify::api {

/// Theorem 1 for the classes of one count, correctly rounded.
struct PrintedClass {
    bool collapsed = false;               ///< n_k is at most the threshold
    std::string margin;                   ///< M_k, (6)
    std::string feature_norm_squared;     ///< ||h_k||^2, (9)
    std::string classifier_norm_squared;  ///< ||w_k||^2, Proposition 1
    std::string logit_own, logit_other;   ///< (W h_k)_k, (11), and (W h_k)_m, (12)
};

/// The closed forms, correctly rounded. What depends on a class depends on its count only, so that numbers
/// are kept per distinct count and `group` maps a class to its count.
struct PrintedForm {
    std::string threshold_exact;  ///< T as "p/q"
    std::string threshold, minimum_loss;
    std::vector<std::size_t> group;  ///< of class k, K of them
    std::vector<PrintedClass> groups;
    std::vector<std::vector<std::string>>
        inner;  ///< w_k . w_j of two different classes, by group; empty for a summary
    std::vector<std::vector<std::string>> cosine;  ///< "" where undefined (complete collapse)
    std::string own_cosine;                        ///< of a class with itself: 1, or ""
    std::string undecided;                         ///< a number whose rounding was not decided, or ""
    long working_digits = 0;                       ///< decimal digits that were worked with in the end
};

}  // namespace ncverify::api
