// Bounds on the functions of u = 1/t, t = (K-1)(s-1), that the proofs over boxes share.
#pragma once

#include "properties/boxes/box.hpp"

namespace ncverify::properties {

inline const Rational largest_classes(100'000);  // as many as a Configuration can have

struct Bounds {
    Enclosure low, high;
};

inline Decision positive(const Bounds& bounds) {
    return positive(bounds.low, bounds.high);
}

/// Everything between two intervals, both included.
inline Interval span(const Interval& a, const Interval& b) {
    return {certainly_less(b.low, a.low) ? b.low : a.low, certainly_less(a.high, b.high) ? b.high : a.high};
}

/// a'(s) = log t + s/(s-1) = 1 - log u + (K-1) u, for u in (0, 1]: log falls and the last term rises in u, so
/// that each is bounded by its value at one end. At u = 0, where s is infinite, the upper bound is infinite.
inline Bounds weight_slope(const Interval& u, const Interval& K) {
    return {Enclosure(1) - log(u.high) + (K.low - Enclosure(1)) * u.low,
            Enclosure(1) - log(u.low) + (K.high - Enclosure(1)) * u.high};
}

/// M(s)/(1-u) = -log(u)/(1-u), which by the mean value theorem is 1/xi for some xi in [u, 1]: so M is
/// positive wherever u < 1, down to the threshold u = 1, where both vanish.
inline Bounds margin_quotient(const Interval& u) {
    return {Enclosure(1), Enclosure(1) / u.low};
}

}  // namespace ncverify::properties
