// Falling metric: when a metric is taken to fall towards zero on the way to a minimiser.
#pragma once

#include "properties/engine.hpp"

namespace ncverify::properties {

/// Where on the way (0: the minimiser, 1: the start) the metric is looked at. At t = 10^-30 even features
/// close to a threshold (margins of 10^-30, so that they are of size 10^-15) are past their own size by far.
struct NearTheEnd {
    Enclosure near, nearer;  ///< 10^-30, 10^-45
};
NearTheEnd near_the_end();

/// Compares the metric at the start, at `near` and at `nearer`. Smooth around the minimiser, a metric that
/// vanishes there is c t^p (1 + e(t)) with p >= 1 and e(t) -> 0. Once |e| <= 1/3, m(t') / m(t) <= (4/3) /
/// (2/3) t'/t = 2 t'/t for t' < t: a metric that falls as a root, or not all the way to zero, exceeds this.
void check_falls(const Enclosure& at_start, const Enclosure& at_near, const Enclosure& at_nearer,
                 Comparison& comparison);

}  // namespace ncverify::properties
