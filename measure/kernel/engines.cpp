#include "measure/kernel/engine.hpp"
#include "measure/kernel/engine_body.hpp"
#if defined(__x86_64__)
#include "measure/kernel/engine_avx2.hpp"
#include "measure/kernel/engine_avx512.hpp"
#endif

namespace ncverify::measure::kernel {

const std::vector<Engine>& engines() {
    static const std::vector<Engine> found = [] {
        std::vector<Engine> usable;
#if defined(__x86_64__)
        const bool fused = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
        if (fused && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
            __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512bw") != 0) {
            usable.push_back(avx512_engine());
        }
        if (fused) {
            usable.push_back(avx2_engine());
        }
#endif
        usable.push_back(portable::engine("portable"));
        return usable;
    }();
    return found;
}

}  // namespace ncverify::measure::kernel
