// Input classes: kinds of configurations that the generator reaches on purpose, and that runs must have seen.
#pragma once

#include <string>
#include <vector>

#include "problem/configuration.hpp"
#include "properties/engine.hpp"

namespace ncverify::properties {

/// The class of configurations of which `contains` is true.
InputClass of_configurations(const std::string& name, bool (*contains)(const Configuration&));

InputClass two_classes();        ///< K = 2
InputClass single_samples();     ///< some n_k = 1
InputClass balanced();           ///< all counts equal
InputClass two_groups();         ///< two distinct counts
InputClass all_distinct();       ///< no two counts equal
InputClass none_collapsed();     ///< every n_k above T
InputClass some_collapsed();     ///< some at or below T, some above
InputClass all_collapsed();      ///< every n_k at or below T
InputClass at_threshold();       ///< some n_k = T exactly
InputClass near_threshold();     ///< some n_k within 10^-29 of T, relative, and not at it
InputClass spare_coordinates();  ///< d > K
InputClass few_coordinates();    ///< d < K

InputClass weights_inverse();        ///< omega_k n_k the same for all classes, not all weights
InputClass weights_inverse_root();   ///< omega_k^2 n_k the same
InputClass weights_far_apart();      ///< some weight is over 1000 times another
InputClass two_weighted_living();    ///< weights, and two classes above the threshold
InputClass weighted_at_threshold();  ///< weights, and some omega_k^2 n_k = T exactly

/// What claims about class weights must have seen.
std::vector<Demand> weighted_domain();

/// What every claim about all configurations with d >= K must have seen.
std::vector<Demand> whole_domain();

}  // namespace ncverify::properties
