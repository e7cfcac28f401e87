// Points and slopes at which statements about every point of problem (4) are tried.
#pragma once

#include <vector>

#include "problem/objective.hpp"
#include "properties/case.hpp"

namespace ncverify::properties {

/// A feasible point and feasible slopes for the dual bound.
struct SampledPoint {
    std::vector<FeatureColumn> columns;  ///< one per class, some classes two
    FeasiblePoint point;                 ///< exact
    std::vector<Rational> slopes;        ///< beta_k with 0 <= beta_k < 1 and beta_k^2 n_k <= c^2
};

/// One column per class; classes 1 and 2, and others now and then, have their samples in two parts where they
/// have two.
std::vector<FeatureColumn> split_columns(const Configuration& configuration, Random& random);

/// A random point, by choice far from the closed form's minimiser or within 10^-20 of it (in as many
/// coordinates as d allows), in units of the minimiser's entries; slopes near the best ones or far below.
SampledPoint sampled_point(const Case& subject, std::uint64_t index);

}  // namespace ncverify::properties
