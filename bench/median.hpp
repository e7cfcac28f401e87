// The median, which a busy machine disturbs less than the mean.
#pragma once

#include <algorithm>
#include <vector>

namespace ncverify::bench {

/// The middle value; of an even number of values the upper one of the two. `values` must not be empty.
inline double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace ncverify::bench
