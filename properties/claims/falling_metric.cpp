#include "properties/claims/falling_metric.hpp"

namespace ncverify::properties {

NearTheEnd near_the_end() {
    return {from_rational<Enclosure>(parse_rational("1e-30", "path")),
            from_rational<Enclosure>(parse_rational("1e-45", "path"))};
}

void check_falls(const Enclosure& at_start, const Enclosure& at_near, const Enclosure& at_nearer,
                 Comparison& comparison) {
    const auto [near, nearer] = near_the_end();
    comparison.below("the metric at t = 1e-30 and at the start", at_near, at_start, at_start);
    comparison.below("the metric at t = 1e-45, and 2e-15 times that at 1e-30,", at_nearer,
                     Enclosure(2) * nearer / near * at_near, at_near);
}

}  // namespace ncverify::properties
