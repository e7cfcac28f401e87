#include "bench/multiplication_peak.hpp"

#include <time.h>

#include <algorithm>

namespace ncverify::bench {

namespace {

double thread_seconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

constexpr long turns = 1'000'000;

#if defined(__x86_64__)

// Ten chains that do not wait for each other hide the latency of 4 or 5 cycles of two units.
#define NCVERIFY_TEN(instruction, r)                                                                        \
    instruction " %%" r "0, %%" r "0, %%" r "0\n" instruction " %%" r "1, %%" r "1, %%" r "1\n" instruction \
                " %%" r "2, %%" r "2, %%" r "2\n" instruction " %%" r "3, %%" r "3, %%" r "3\n" instruction \
                " %%" r "4, %%" r "4, %%" r "4\n" instruction " %%" r "5, %%" r "5, %%" r "5\n" instruction \
                " %%" r "6, %%" r "6, %%" r "6\n" instruction " %%" r "7, %%" r "7, %%" r "7\n" instruction \
                " %%" r "8, %%" r "8, %%" r "8\n" instruction " %%" r "9, %%" r "9, %%" r "9\n"

void wide_chains() {
    for (long turn = 0; turn < turns; ++turn) {
        asm volatile(NCVERIFY_TEN("vfmadd231ps", "zmm")::
                         : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9");
    }
}

void single_chains() {
    for (long turn = 0; turn < turns; ++turn) {
        asm volatile(NCVERIFY_TEN("vfmadd231ss", "xmm")::
                         : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9");
    }
}

void narrow_chains() {
    for (long turn = 0; turn < turns; ++turn) {
        asm volatile(NCVERIFY_TEN("vfmadd231ps", "ymm")::
                         : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9");
    }
}

#undef NCVERIFY_TEN

// Numbers that stay what they are, none of them denormal.
void clear() {
    asm volatile("vzeroall" ::
                     : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",
                       "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
}

// Instructions a second, the best of several short measurements.
double rate(void (*chains)()) {
    double best = 0;
    for (int attempt = 0; attempt < 20; ++attempt) {
        clear();
        const double start = thread_seconds();
        chains();
        best = std::max(best, 10.0 * static_cast<double>(turns) / (thread_seconds() - start));
    }
    return best;
}

#endif

}  // namespace

Peak multiplication_peak() {
    Peak peak;
#if defined(__x86_64__)
    const bool wide = __builtin_cpu_supports("avx512f") != 0;
    if (!wide && (__builtin_cpu_supports("avx2") == 0 || __builtin_cpu_supports("fma") == 0)) {
        return peak;
    }
    peak.per_second = wide ? 16 * rate(wide_chains) : 8 * rate(narrow_chains);
    peak.one_by_one = rate(single_chains);
#endif
    return peak;
}

}  // namespace ncverify::bench
