// The kernel for avx2. Compiled with its instructions, so it must include no library whose code others share.
#define NCVERIFY_LANES avx2
#include "measure/kernel/engine_avx2.hpp"

#include "measure/kernel/engine_body.hpp"

namespace ncverify::measure::kernel {

Engine avx2_engine() {
    return avx2::engine("avx2");
}

}  // namespace ncverify::measure::kernel
