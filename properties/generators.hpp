// Generators: random configurations that reach what matters, with shrinking.
#pragma once

#include <rapidcheck/Gen.h>

#include <cstdint>

#include "problem/configuration.hpp"

namespace ncverify::properties {

/// Configurations with K = 2..16: balanced, two groups, several groups, long tails, all distinct, over nine
/// orders of magnitude; none, some or all classes collapsed, half of them partly; thresholds met exactly and
/// within 10^-30; d = K, K+4, up to 3K, or (an eighth of them) below K; lambda_W/lambda_H from 10^-12 to
/// 10^12. Shrinks towards fewer classes, smaller counts and simpler lambdas.
rc::Gen<Configuration> configurations();

/// The configuration that `configurations()` yields for this seed and case number, with its shrinks.
rc::Shrinkable<Configuration> generate(std::uint64_t seed, std::uint64_t number);

}  // namespace ncverify::properties
