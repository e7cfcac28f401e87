#include "measure/class_rows.hpp"

#include <algorithm>
#include <numeric>

namespace ncverify::measure {

std::vector<ClassRows> rows_by_class(const files::RawRows& chunk, const std::vector<std::int32_t>& labels) {
    const auto label = [&](Eigen::Index row) { return labels[static_cast<std::size_t>(chunk.first + row)]; };
    std::vector<Eigen::Index> order(static_cast<std::size_t>(chunk.count));
    std::iota(order.begin(), order.end(), Eigen::Index{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](Eigen::Index a, Eigen::Index b) { return label(a) < label(b); });
    std::vector<ClassRows> groups;
    for (const Eigen::Index row : order) {
        if (label(row) < 0) {
            continue;
        }
        if (groups.empty() || groups.back().label != label(row)) {
            groups.push_back({label(row), {}});
        }
        groups.back().rows.push_back(row);
    }
    return groups;
}

}  // namespace ncverify::measure
