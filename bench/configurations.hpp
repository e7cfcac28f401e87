// The configurations that every benchmark runs on: even and long-tailed counts, no class collapsed.
#pragma once

#include "problem/configuration.hpp"

namespace ncverify::bench {

enum class Tail { even, long_tailed };

inline const char* name_of(Tail tail) {
    return tail == Tail::even ? "even" : "long_tailed";
}

/// Even: n_k = 100. Long-tailed: n_k = 1000 * 100^(-(k-1)/(K-1)) rounded, from 1000 down to 10. Both lambdas
/// are the same decimal of three digits, next to the one for which the threshold T, up to which classes
/// collapse, is a tenth of the smallest count.
Configuration make_case(Tail tail, long classes, long dimension);

}  // namespace ncverify::bench
