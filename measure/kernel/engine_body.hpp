// The table of an engine's functions, included once per instruction set.
#pragma once

#include "measure/kernel/products.hpp"
#include "measure/kernel/sums.hpp"

namespace ncverify::measure::kernel::NCVERIFY_LANES {

inline Engine engine(const char* name) {
    return {name,
            range<float>,
            range<double>,
            accumulate<float>,
            accumulate<double>,
            deviations<float>,
            deviations<double>,
            multiply,
            multiply_transposed,
            others,
            above_tangent,
            exponentials,
            shares,
            squares};
}

}  // namespace ncverify::measure::kernel::NCVERIFY_LANES
