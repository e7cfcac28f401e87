// 2^x and log(1 + x) across lanes, the same bits at every width and on every device.
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
    static constexpr float least = -126.0F, most = 115.0F;
    static constexpr int exp_terms = 7, log_terms = 5;
};
template <>
struct Format<double> {
    static constexpr int mantissa = 52, bias = 1023;
    static constexpr double to_integer = 0x1.8p52;
    static constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;
    static constexpr double least = -1010.0, most = 1010.0;
    static constexpr int exp_terms = 14, log_terms = 12;
};

/// 2^x, x clamped to [-126, 115] (float) or [-1010, 1010] (double): x = n + r, |r| <= 1/2, Taylor's series of
/// 2^r, n added to the exponent. Relative error below 4 units in the last place.
template <typename R>
NCVERIFY_DEVICE inline R power_of_two(R x) {
    using S = typename R::scalar;
    using F = Format<S>;
    x = larger(smaller(x, R::all(F::most)), R::all(F::least));
    const R shifted = x + R::all(F::to_integer);
    const R r = x - (shifted - R::all(F::to_integer));
    // log(2)^j / j!
    constexpr S coefficient[14] = {S(1.0),
                                   S(0.693147180559945309417),
                                   S(0.240226506959100712333),
                                   S(0.0555041086648215799532),
                                   S(0.00961812910762847716198),
                                   S(0.00133335581464284434235),
                                   S(0.000154035303933816099544),
                                   S(0.0000152527338040598402800),
                                   S(0.00000132154867901443094885),
                                   S(0.000000101780860092396997275),
                                   S(0.00000000705491162080112332990),
                                   S(0.000000000444553827187081149759),
                                   S(0.0000000000256784359934882051420),
                                   S(0.00000000000136914888539041288809)};
    R sum = R::all(coefficient[F::exp_terms - 1]);
    NCVERIFY_UNROLL
    for (int j = F::exp_terms - 2; j >= 0; --j) {
        sum = fma(sum, r, R::all(coefficient[j]));
    }
    return R::of_bits(sum.bits() + (shifted.bits() << F::mantissa));
}

inline constexpr double binary_log_of_e = 1.44269504088896340736;  ///< 1 / log 2

/// log(1 + x) for x >= 0: log of y = 1 + x as e log 2 + 2 artanh((m-1)/(m+1)),
/// corrected for the rounding of y.
/// @param inverse  1 / (1 + x)
template <typename R>
NCVERIFY_DEVICE inline R log_one_plus(R x, R inverse) {
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
    NCVERIFY_UNROLL
    for (int j = F::log_terms - 2; j >= 0; --j) {
        sum = fma(sum, square, R::all(S(1) / S(2 * j + 1)));
    }
    const R low = fma(e, R::all(F::ln2_low), (x - (y - one)) * inverse);
    return fma(e, R::all(F::ln2_high), fma(z + z, sum, low));
}

}  // namespace ncverify::screen::NCVERIFY_LANES
