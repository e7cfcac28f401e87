// Lanes: W numbers side by side, one problem each, and the few operations that the kernel needs of them.
#pragma once

#include <cstdint>

#include "screen/kernel/platform.hpp"

#if defined(__AVX2__) && !defined(__CUDACC__)
#include <immintrin.h>
#endif

#ifndef NCVERIFY_LANES
#define NCVERIFY_LANES portable
#endif

// Each instruction set has a namespace of its own, so that templates over these types, compiled with
// different options, never stand in for each other when the program is linked.
namespace ncverify::screen::NCVERIFY_LANES {

/// The whole-number type as wide as a scalar.
template <typename S>
struct BitsOf;
template <>
struct BitsOf<float> {
    using type = std::int32_t;
};
template <>
struct BitsOf<double> {
    using type = std::int64_t;
};

/// One lane: a scalar. What a GPU thread works on, and the CPU where nothing wider is at hand.
template <typename S>
struct One {
    using scalar = S;
    using integer = typename BitsOf<S>::type;
    using mask = bool;
    static constexpr int width = 1;
    S v;

    NCVERIFY_DEVICE static One all(S x) { return {x}; }
    NCVERIFY_DEVICE friend One operator+(One a, One b) { return {a.v + b.v}; }
    NCVERIFY_DEVICE friend One operator-(One a, One b) { return {a.v - b.v}; }
    NCVERIFY_DEVICE friend One operator*(One a, One b) { return {a.v * b.v}; }
    NCVERIFY_DEVICE friend One operator/(One a, One b) { return {a.v / b.v}; }
    NCVERIFY_DEVICE friend mask operator<(One a, One b) { return a.v < b.v; }
    NCVERIFY_DEVICE friend mask operator<=(One a, One b) { return a.v <= b.v; }
    NCVERIFY_DEVICE friend One smaller(One a, One b) { return a.v < b.v ? a : b; }
    NCVERIFY_DEVICE friend One larger(One a, One b) { return a.v > b.v ? a : b; }
    NCVERIFY_DEVICE friend One select(mask where, One a, One b) { return where ? a : b; }
    /// a b + c, rounded once: so that every device and every width computes the same bits.
    NCVERIFY_DEVICE friend One fma(One a, One b, One c) {
        if constexpr (sizeof(S) == 4) {
            return {__builtin_fmaf(a.v, b.v, c.v)};
        } else {
            return {__builtin_fma(a.v, b.v, c.v)};
        }
    }
    NCVERIFY_DEVICE static One held(One x) { return x; }
    NCVERIFY_DEVICE integer bits() const {
        integer result;
        __builtin_memcpy(&result, &v, sizeof v);
        return result;
    }
    NCVERIFY_DEVICE static One of_bits(integer bits) {
        One result;
        __builtin_memcpy(&result.v, &bits, sizeof bits);
        return result;
    }
    NCVERIFY_DEVICE static One of_integer(integer x) { return {static_cast<S>(x)}; }
    NCVERIFY_DEVICE static std::uint32_t set(mask where) { return where ? 1U : 0U; }
    NCVERIFY_DEVICE static mask unset(std::uint32_t bits) { return (bits & 1U) != 0; }
};

#if defined(__AVX2__) && !defined(__CUDACC__)

/// W lanes in one vector register.
template <typename S, int W>
struct Pack {
    using scalar = S;
    typedef S native __attribute__((vector_size(W * sizeof(S))));
    typedef typename BitsOf<S>::type integer __attribute__((vector_size(W * sizeof(S))));
    using mask = integer;  // -1 where true
    static constexpr int width = W;
    native v;

    static Pack all(S x) { return {x - native{}}; }
    friend Pack operator+(Pack a, Pack b) { return {a.v + b.v}; }
    friend Pack operator-(Pack a, Pack b) { return {a.v - b.v}; }
    friend Pack operator*(Pack a, Pack b) { return {a.v * b.v}; }
    friend Pack operator/(Pack a, Pack b) { return {a.v / b.v}; }
    friend mask operator<(Pack a, Pack b) { return a.v < b.v; }
    friend mask operator<=(Pack a, Pack b) { return a.v <= b.v; }
    friend Pack select(mask where, Pack a, Pack b) { return {where ? a.v : b.v}; }
    friend Pack smaller(Pack a, Pack b) {
#ifdef __AVX512F__
        if constexpr (sizeof(native) == 64 && sizeof(S) == 4) {
            return {(native)_mm512_min_ps((__m512)a.v, (__m512)b.v)};
        } else if constexpr (sizeof(native) == 64) {
            return {(native)_mm512_min_pd((__m512d)a.v, (__m512d)b.v)};
        } else
#endif
            if constexpr (sizeof(S) == 4) {
            return {(native)_mm256_min_ps((__m256)a.v, (__m256)b.v)};
        } else {
            return {(native)_mm256_min_pd((__m256d)a.v, (__m256d)b.v)};
        }
    }
    friend Pack larger(Pack a, Pack b) {
#ifdef __AVX512F__
        if constexpr (sizeof(native) == 64 && sizeof(S) == 4) {
            return {(native)_mm512_max_ps((__m512)a.v, (__m512)b.v)};
        } else if constexpr (sizeof(native) == 64) {
            return {(native)_mm512_max_pd((__m512d)a.v, (__m512d)b.v)};
        } else
#endif
            if constexpr (sizeof(S) == 4) {
            return {(native)_mm256_max_ps((__m256)a.v, (__m256)b.v)};
        } else {
            return {(native)_mm256_max_pd((__m256d)a.v, (__m256d)b.v)};
        }
    }
    friend Pack fma(Pack a, Pack b, Pack c) {
#ifdef __AVX512F__
        if constexpr (sizeof(native) == 64 && sizeof(S) == 4) {
            return {(native)_mm512_fmadd_ps((__m512)a.v, (__m512)b.v, (__m512)c.v)};
        } else if constexpr (sizeof(native) == 64) {
            return {(native)_mm512_fmadd_pd((__m512d)a.v, (__m512d)b.v, (__m512d)c.v)};
        } else
#endif
            if constexpr (sizeof(S) == 4) {
            return {(native)_mm256_fmadd_ps((__m256)a.v, (__m256)b.v, (__m256)c.v)};
        } else {
            return {(native)_mm256_fmadd_pd((__m256d)a.v, (__m256d)b.v, (__m256d)c.v)};
        }
    }
    /// x in a register: g++ would load an operand again for each multiplication that it enters, and loads,
    /// not multiplications, would then be what an evaluation waits for.
    static Pack held(Pack x) {
#ifdef __AVX512F__  // with 16 registers there is no room for it
        asm("" : "+v"(x.v));
#endif
        return x;
    }
    integer bits() const {
        return (integer)v;
    }
    static Pack of_bits(integer bits) {
        return {(native)bits};
    }
    static Pack of_integer(integer x) {
        return {__builtin_convertvector(x, native)};
    }
    /// Bit l is set where lane l is true.
    static std::uint32_t set(mask where) {
#ifdef __AVX512F__
        if constexpr (sizeof(native) == 64 && sizeof(S) == 4) {
            return _mm512_movepi32_mask((__m512i)where);
        } else if constexpr (sizeof(native) == 64) {
            return _mm512_movepi64_mask((__m512i)where);
        } else
#endif
            if constexpr (sizeof(S) == 4) {
            return static_cast<std::uint32_t>(_mm256_movemask_ps((__m256)where));
        } else {
            return static_cast<std::uint32_t>(_mm256_movemask_pd((__m256d)where));
        }
    }
    static mask unset(std::uint32_t bits) {
        mask where;
        for (int lane = 0; lane < W; ++lane) {
            where[lane] = -static_cast<typename BitsOf<S>::type>((bits >> lane) & 1U);
        }
        return where;
    }
};

#endif

}  // namespace ncverify::screen::NCVERIFY_LANES
