// Intervals of doubles, rounded outwards: for boxes that are wide, where balls would be wider still, and
// many.
#pragma once

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <limits>

#include "problem/enclosure.hpp"

namespace ncverify::certificates {

static_assert(std::numeric_limits<double>::is_iec559 && FLT_EVAL_METHOD == 0,
              "doubles are IEEE 754's binary64");

/// All real numbers from `low` to `high`, which may be infinite. IEEE 754 rounds +, -, *, / and sqrt
/// correctly, so that the neighbouring double is beyond the exact result; of the mathematics library nothing
/// else is believed. No end is ever NaN: an end that arithmetic leaves undefined (infinity less infinity,
/// zero times infinity) is infinite: comparisons with NaN are false, which may be taken for a proof.
struct Interval {
    double low = 0, high = 0;

    Interval() = default;
    Interval(double value) : Interval(value, value) {}  // NOLINT: numbers convert
    Interval(double from, double to)
        : low(std::isnan(from) ? -std::numeric_limits<double>::infinity() : from),
          high(std::isnan(to) ? std::numeric_limits<double>::infinity() : to) {}
    /// Contains the ball.
    explicit Interval(const Enclosure& ball);

    double width() const { return high - low; }
    double middle() const { return low / 2 + high / 2; }
    double magnitude() const { return std::max(std::abs(low), std::abs(high)); }
    bool contains_zero() const { return low <= 0 && high >= 0; }
    /// As a ball that contains it.
    Enclosure enclosure() const { return Enclosure::hull(Enclosure(low), Enclosure(high)); }
};

inline double below(double x) {
    return std::nextafter(x, -std::numeric_limits<double>::infinity());
}
inline double above(double x) {
    return std::nextafter(x, std::numeric_limits<double>::infinity());
}

inline Interval::Interval(const Enclosure& ball)
    : Interval(below(arf_get_d(arb_midref(ball.lower().data()), ARF_RND_FLOOR)),
               above(arf_get_d(arb_midref(ball.upper().data()), ARF_RND_CEIL))) {}

inline Interval operator+(const Interval& a, const Interval& b) {
    return {below(a.low + b.low), above(a.high + b.high)};
}
inline Interval operator-(const Interval& a, const Interval& b) {
    return {below(a.low - b.high), above(a.high - b.low)};
}
inline Interval operator*(const Interval& a, const Interval& b) {
    const double p = a.low * b.low, q = a.low * b.high, r = a.high * b.low, s = a.high * b.high;
    // Zero times infinity, which std::min and std::max may pass over: anything.
    if (std::isnan(p + q + r + s)) {
        return Interval(std::numeric_limits<double>::quiet_NaN());
    }
    return {below(std::min({p, q, r, s})), above(std::max({p, q, r, s}))};
}
inline Interval square(const Interval& a) {
    const double high = a.magnitude(),
                 low = a.contains_zero() ? 0 : std::min(std::abs(a.low), std::abs(a.high));
    return {std::max(0.0, below(low * low)), above(high * high)};
}
/// Of what is not negative.
inline Interval root(const Interval& a) {
    return {std::max(0.0, below(std::sqrt(std::max(0.0, a.low)))), above(std::sqrt(std::max(0.0, a.high)))};
}

/// e^x for |x| <= 709 within 32 epsilon = 2^-47 of itself, besides the rounding of what underflows.
///
/// x = n log 2 + r, log 2 = `head` + `tail` + less than 2^-102. n times `head` is exact (11 and 42 bits);
/// both differences are rounded by at most 2^-55, n times `tail` and n times what is missing are far more
/// exact: r is off by less than 2^-53, and |r| < 0.347. Horner's rule for the Taylor polynomial of degree 13
/// is off by less than 28 * 2^-53 e^|r| (Higham, Accuracy and Stability of Numerical Algorithms, 5.1: 26
/// roundings and those of the coefficients), what is cut off is less than 0.347^14/14! e^|r| < 2^-57 e^|r|.
/// e^|r| < 2.01 e^r, so that it is less than 30 epsilon in all.
inline double exponential_nearly(double x) {
    constexpr double head = 0x1.62e42fefa38p-1, tail = 0x1.ef35793c7673p-45,
                     one_by_log_2 = 0x1.71547652b82fep0;
    constexpr double factorials[] = {1,    1,     2,      6,       24,       120,       720,
                                     5040, 40320, 362880, 3628800, 39916800, 479001600, 6227020800};
    const double n = std::nearbyint(x * one_by_log_2), r = (x - n * head) - n * tail;
    double sum = 0;
    for (int k = 13; k >= 0; --k) {
        sum = 1 / factorials[k] + r * sum;
    }
    return std::ldexp(sum, static_cast<int>(n));
}
inline Interval exponential(const Interval& a) {
    constexpr double slack = 40 * std::numeric_limits<double>::epsilon(), most = 709;
    const double low = std::clamp(a.low, -most, most), high = std::clamp(a.high, -most, most);
    return {a.low < -most ? 0.0 : std::max(0.0, below(exponential_nearly(low) * (1 - slack))),
            a.high > most ? std::numeric_limits<double>::infinity()
                          : above(exponential_nearly(high) * (1 + slack))};
}
inline Interval positive_part(const Interval& a) {
    return {std::max(0.0, a.low), std::max(0.0, a.high)};
}
/// What both contain; `a` where they have nothing in common.
inline Interval common(const Interval& a, const Interval& b) {
    const Interval both{std::max(a.low, b.low), std::min(a.high, b.high)};
    return both.low <= both.high ? both : a;
}

}  // namespace ncverify::certificates
