#include "screen/kernel/engine.hpp"
#include "screen/kernel/engine_body.hpp"
#if defined(__x86_64__)
#include "screen/kernel/engine_avx2.hpp"
#include "screen/kernel/engine_avx512.hpp"
#endif

namespace ncverify::screen {

namespace {

template <typename S>
Engine<S> choose(Engine<float> (*single)(), Engine<double> (*twice)()) {
    if constexpr (sizeof(S) == sizeof(float)) {
        return single();
    } else {
        return twice();
    }
}

}  // namespace

template <typename S>
std::vector<Engine<S>> engines() {
    std::vector<Engine<S>> found;
#if defined(__x86_64__)
    const bool fused = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
    if (fused && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0) {
        found.push_back(choose<S>(avx512_single, avx512_double));
        found.push_back(choose<S>(avx512_single_one, avx512_double_one));
    }
    if (fused) {
        found.insert(found.begin() + (found.empty() ? 0 : 1), choose<S>(avx2_single, avx2_double));
        found.push_back(choose<S>(avx2_single_one, avx2_double_one));
    }
#endif
    found.push_back(portable::engine<portable::One<S>>("portable"));
    return found;
}

template std::vector<Engine<float>> engines();
template std::vector<Engine<double>> engines();

}  // namespace ncverify::screen
