// The engine's words that every claim, mutant and box of this paper uses, and how its opaque instances are
// read here: each is a Configuration.
#pragma once

#include "problem/configuration.hpp"
#include "trial/claim.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

using trial::at_least_one;
using trial::CaseKey;
using trial::Claim;
using trial::Comparison;
using trial::Demand;
using trial::Evidence;
using trial::InputClass;
using trial::Kind;
using trial::log10_bound;
using trial::Observation;
using trial::Outcome;
using trial::without;

/// Families of instances: the paper's problem, and the one with class weights that are not all 1.
inline constexpr unsigned unweighted_instances = 1, weighted_instances = 2;

inline const Configuration& configuration_of(const trial::Instance& instance) {
    return std::any_cast<const Configuration&>(instance);
}

}  // namespace ncverify::properties
