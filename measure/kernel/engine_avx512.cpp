// The kernel for avx512. Compiled with its instructions, so it must include no library whose code others
// share.
#define NCVERIFY_LANES avx512
#include "measure/kernel/engine_avx512.hpp"

#include "measure/kernel/engine_body.hpp"

namespace ncverify::measure::kernel {

Engine avx512_engine() {
    return avx512::engine("avx512");
}

}  // namespace ncverify::measure::kernel
