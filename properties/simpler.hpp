// Simpler: the neighbours that shrinking moves to.
#pragma once

#include <vector>

#include "problem/configuration.hpp"

namespace ncverify::properties {

/// Strictly simpler neighbours of a configuration, simplest first: fewer classes, smaller counts, d = K, and
/// lambdas of the series 1, 1/2, 1/5, 1/10, ... One with other counts is offered with the lambdas as they
/// are, and with simple ones by which T stays close to where it was among the counts.
std::vector<Configuration> simpler(const Configuration& configuration);

}  // namespace ncverify::properties
