// Comparisons that several claims make of every global minimiser.
#pragma once

#include <string>
#include <vector>

#include "properties/case.hpp"

namespace ncverify::properties {

/// h_k . h_j = 0 for all pairs of classes.
void check_orthogonality(const Case& subject, Comparison& comparison);

/// w_k = sum_m (K [k = m] - 1) r_m h_m for every class k, the shape of (10).
/// @param what    the name of the deviation, less " of class 3"
/// @param column  r_m
void check_relation(const Case& subject, Comparison& comparison, const std::string& what,
                    const std::vector<Enclosure>& column);

/// (9), (10), (11) and (12), (13): the closed form's numbers class by class.
void check_feature_norms(const Case& subject, Comparison& comparison);
void check_closed_form_relation(const Case& subject, Comparison& comparison);
void check_logits(const Case& subject, Comparison& comparison);
void check_margins(const Case& subject, Comparison& comparison);

/// Proposition 1: squared norms, inner products, cosines where they are defined.
void check_classifier_norms(const Case& subject, Comparison& comparison);
void check_classifier_products(const Case& subject, Comparison& comparison);
void check_classifier_cosines(const Case& subject, Comparison& comparison);

/// ||h_k||^2 is zero (`collapsed`), or not.
void check_collapse(const Case& subject, Comparison& comparison, long k, bool collapsed);

/// (a): at a minimiser of the samples form, the features of each class are equal up to what its certificate
/// allows, which is nothing to the digits asked for.
void check_equal_features(const Case& subject, const Configuration& configuration, Comparison& comparison);

/// sum_k w_k = 0.
Observation classifiers_sum_to_zero(const Case& subject);

}  // namespace ncverify::properties
