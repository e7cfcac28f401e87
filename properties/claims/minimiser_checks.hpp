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

/// sum_k w_k = 0.
Observation classifiers_sum_to_zero(const Case& subject);

}  // namespace ncverify::properties
