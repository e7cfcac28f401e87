// Eight numbers side by side, in as many registers as the instruction set needs for them.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#ifndef NCVERIFY_LANES
#define NCVERIFY_LANES portable
#endif

// Each instruction set has a namespace of its own, so that what is compiled with different options never
// stands in for each other when the program is linked.
namespace ncverify::measure::kernel::NCVERIFY_LANES {

/// One register: what a product is computed with.
#if defined(__AVX512F__)
struct Register {
    __m512d v;
    static constexpr long width = 8;
    static Register load(const double* place) { return {_mm512_loadu_pd(place)}; }
    static Register all(double x) { return {_mm512_set1_pd(x)}; }
    void store(double* place) const { _mm512_storeu_pd(place, v); }
    friend Register fma(Register a, Register b, Register c) { return {_mm512_fmadd_pd(a.v, b.v, c.v)}; }
};
#elif defined(__AVX2__)
struct Register {
    __m256d v;
    static constexpr long width = 4;
    static Register load(const double* place) { return {_mm256_loadu_pd(place)}; }
    static Register all(double x) { return {_mm256_set1_pd(x)}; }
    void store(double* place) const { _mm256_storeu_pd(place, v); }
    friend Register fma(Register a, Register b, Register c) { return {_mm256_fmadd_pd(a.v, b.v, c.v)}; }
};
#else
struct Register {
    double v;
    static constexpr long width = 1;
    static Register load(const double* place) { return {*place}; }
    static Register all(double x) { return {x}; }
    void store(double* place) const { *place = v; }
    friend Register fma(Register a, Register b, Register c) { return {__builtin_fma(a.v, b.v, c.v)}; }
};
#endif

/// Eight doubles, eight whole numbers, and what comparisons give (-1 where true).
typedef double Eight __attribute__((vector_size(64)));
typedef std::int64_t EightWhole __attribute__((vector_size(64)));
typedef std::uint64_t EightBits __attribute__((vector_size(64)));  ///< of doubles; their sums wrap
typedef float EightSingle __attribute__((vector_size(32)));

inline Eight all(double x) {
    return x - Eight{};
}
inline Eight load(const double* place) {
    Eight value;
    std::memcpy(&value, place, sizeof value);
    return value;
}
inline Eight load(const float* place) {
    EightSingle value;
    std::memcpy(&value, place, sizeof value);
    return __builtin_convertvector(value, Eight);
}

/// The first `count` <= 8 numbers, then `rest`.
template <typename Number>
inline Eight load_some(const Number* place, long count, double rest) {
    double numbers[8];
    for (long i = 0; i < 8; ++i) {
        numbers[i] = i < count ? static_cast<double>(place[i]) : rest;
    }
    return load(numbers);
}

/// a b + c, rounded once.
inline Eight fma(Eight a, Eight b, Eight c) {
    Eight result;
    double x[8], y[8], z[8];
    std::memcpy(x, &a, sizeof a);
    std::memcpy(y, &b, sizeof b);
    std::memcpy(z, &c, sizeof c);
    for (long i = 0; i < 8; i += Register::width) {
        fma(Register::load(x + i), Register::load(y + i), Register::load(z + i)).store(z + i);
    }
    std::memcpy(&result, z, sizeof result);
    return result;
}

/// Added up in one order.
inline double sum(Eight a) {
    return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
}

}  // namespace ncverify::measure::kernel::NCVERIFY_LANES
