// Intervals of doubles, rounded outwards: for boxes that are wide, where balls would be wider still, and
// many.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "problem/enclosure.hpp"

namespace ncverify::certificates {

/// All numbers from `low` to `high`. IEEE 754 rounds +, -, *, / and sqrt correctly, so that the neighbouring
/// double is beyond the exact result; of the mathematics library's exp, less than one unit in the last place
/// is promised, and four are allowed for.
struct Interval {
    double low = 0, high = 0;

    Interval() = default;
    Interval(double value) : low(value), high(value) {}  // NOLINT: numbers convert
    Interval(double from, double to) : low(from), high(to) {}
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
    : low(below(arf_get_d(arb_midref(ball.lower().data()), ARF_RND_FLOOR))),
      high(above(arf_get_d(arb_midref(ball.upper().data()), ARF_RND_CEIL))) {}

inline Interval operator+(const Interval& a, const Interval& b) {
    return {below(a.low + b.low), above(a.high + b.high)};
}
inline Interval operator-(const Interval& a, const Interval& b) {
    return {below(a.low - b.high), above(a.high - b.low)};
}
inline Interval operator*(const Interval& a, const Interval& b) {
    const double p = a.low * b.low, q = a.low * b.high, r = a.high * b.low, s = a.high * b.high;
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
inline Interval exponential(const Interval& a) {
    const double slack = 4 * std::numeric_limits<double>::epsilon();
    return {std::max(0.0, below(std::exp(a.low) * (1 - slack))), above(std::exp(a.high) * (1 + slack))};
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
