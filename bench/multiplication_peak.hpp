// How many single-precision fused multiply-adds a core can do: what an evaluation is measured against.
#pragma once

namespace ncverify::bench {

struct Peak {
    double per_second = 0;  ///< fused multiply-adds of numbers, in the widest vectors; 0 without AVX2
    double one_by_one = 0;  ///< those of one number each: what their ratio leaves to gain from vectors
};

/// The best of several short measurements, by the thread's processor time,
/// with the widest vectors that the processor has.
Peak multiplication_peak();

}  // namespace ncverify::bench
