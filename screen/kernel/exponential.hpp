// exp and log(1 + x) across lanes, the same bits at every width and on every device.
#pragma once

#include "screen/kernel/lanes.hpp"

namespace ncverify::screen::NCVERIFY_LANES {

/// What exp and log take from a floating-point format.
template <typename S>
struct Format;
template <>
struct Format<float> {
    static constexpr int mantissa = 23, bias = 127;
    static constexpr float to_integer = 0x1.8p23F;  ///< adding it leaves the nearest integer in the low bits
    static constexpr float ln2_high = 0.693359375F, ln2_low = -2.12194440e-4F;
    static constexpr float least = -87.0F, most = 80.0F;
    static constexpr int exp_terms = 7, log_terms = 5;
};
template <>
struct Format<double> {
    static constexpr int mantissa = 52, bias = 1023;
    static constexpr double to_integer = 0x1.8p52;
    static constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;
    static constexpr double least = -700.0, most = 700.0;
    static constexpr int exp_terms = 14, log_terms = 12;
};

/// exp(x), x clamped to [-87, 80] (float) or [-700, 700] (double); relative error below 4 units in the last
/// place: x = n log 2 + r, |r| <= log(2)/2, Taylor's series in r, n added to the exponent.
template <typename R>
NCVERIFY_DEVICE inline R exponential(R x) {
    using S = typename R::scalar;
    using F = Format<S>;
    x = larger(smaller(x, R::all(F::most)), R::all(F::least));
    const R shifted = fma(x, R::all(S(1.44269504088896340736)), R::all(F::to_integer));
    const R n = shifted - R::all(F::to_integer);
    const R r = fma(n, R::all(-F::ln2_low), fma(n, R::all(-F::ln2_high), x));
    // 1/j!, highest first.
    constexpr S inverse[14] = {S(1),
                               S(1),
                               S(0.5),
                               S(1.0 / 6),
                               S(1.0 / 24),
                               S(1.0 / 120),
                               S(1.0 / 720),
                               S(1.0 / 5040),
                               S(1.0 / 40320),
                               S(1.0 / 362880),
                               S(1.0 / 3628800),
                               S(1.0 / 39916800),
                               S(1.0 / 479001600),
                               S(1.0 / 6227020800.0)};
    R sum = R::all(inverse[F::exp_terms - 1]);
#pragma GCC unroll 16
    for (int j = F::exp_terms - 2; j >= 0; --j) {
        sum = fma(sum, r, R::all(inverse[j]));
    }
    return R::of_bits(sum.bits() + (shifted.bits() << F::mantissa));
}

/// log(1 + x) for x >= 0: log of y = 1 + x as e log 2 + 2 artanh((m-1)/(m+1)), corrected for the rounding of
/// y.
template <typename R>
NCVERIFY_DEVICE inline R log_one_plus(R x) {
    using S = typename R::scalar;
    using F = Format<S>;
    const R one = R::all(1), y = one + x;
    const auto bits = y.bits();
    const R exponent = R::of_integer((bits >> F::mantissa) - F::bias);
    const auto fraction = bits - (((bits >> F::mantissa) - F::bias) << F::mantissa);
    const R m = R::of_bits(fraction);  // in [1, 2)
    const auto upper = R::all(S(1.41421356237309504880)) < m;
    const R half = select(upper, m * R::all(S(0.5)), m);
    const R e = select(upper, exponent + one, exponent);
    const R z = (half - one) / (half + one), square = z * z;
    R sum = R::all(S(1) / S(2 * F::log_terms - 1));
#pragma GCC unroll 16
    for (int j = F::log_terms - 2; j >= 0; --j) {
        sum = fma(sum, square, R::all(S(1) / S(2 * j + 1)));
    }
    const R low = fma(e, R::all(F::ln2_low), (x - (y - one)) / y);
    return fma(e, R::all(F::ln2_high), fma(z + z, sum, low));
}

}  // namespace ncverify::screen::NCVERIFY_LANES
