// Neighbours: the moves of the search for counterexamples.
#pragma once

#include "problem/configuration.hpp"
#include "problem/random.hpp"

namespace ncverify::properties {

/// A random neighbour of a configuration: one count multiplied, moved by one, made equal to another, moved to
/// just above or below the threshold; a class more or fewer; the product or the ratio of the lambdas scaled;
/// coordinates added.
Configuration random_neighbour(const Configuration& configuration, Random& random);

}  // namespace ncverify::properties
