// The closed forms as decimals, every digit right.
#pragma once

#include <string>
#include <vector>

#include "problem/configuration.hpp"

namespace ncverify::theory {

/// Theorem 1 for the classes of one count, correctly rounded.
struct PrintedClass {
    bool collapsed = false;
    std::string margin, feature_norm_squared, classifier_norm_squared, logit_own, logit_other;
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
    std::string undecided;  ///< a number whose rounding no precision in reach decided, or ""
};

/// Evaluates at rising precision until every rounding is decided. Precision ends at a multiple of the digits
/// asked for and those of the input; by then only a number that is exactly halfway between two decimals,
/// without being recognised by exact_values.hpp, is left, and `undecided` names it.
PrintedForm printed_form(const Configuration& configuration, long digits, bool with_matrices);

}  // namespace ncverify::theory
