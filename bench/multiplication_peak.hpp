// How many single-precision fused multiply-adds a core can do: what an evaluation is measured against.
#pragma once

namespace ncverify::bench {

struct Peak {
    double per_second = 0;  ///< fused multiply-adds of scalars; 0 where the processor has no AVX2
};

/// The best of several short measurements, by the thread's processor time, with the widest vectors that the
/// processor has.
Peak multiplication_peak();

}  // namespace ncverify::bench
