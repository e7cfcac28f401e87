#include "properties/claims/groups.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace ncverify::properties {

std::vector<Group> groups(const Configuration& configuration) {
    const Rational threshold = theory::threshold(configuration);
    std::map<long long, Group> by_count;
    for (long k = 0; k < configuration.classes(); ++k) {
        const long long count = configuration.counts[static_cast<std::size_t>(k)];
        Group& group = by_count[count];
        group.count = count;
        group.collapsed = Rational(count) <= threshold;
        group.members.push_back(k);
    }
    std::vector<Group> sorted;
    for (auto& [count, group] : by_count) {
        sorted.push_back(std::move(group));
    }
    return sorted;
}

std::vector<Neighbours> neighbours(const std::vector<Group>& sorted) {
    const auto classes = std::accumulate(sorted.begin(), sorted.end(), 0L,
                                         [](long sum, const Group& group) { return sum + group.size(); });
    std::vector<Neighbours> pairs;
    for (std::size_t g = 0; g + 1 < sorted.size(); ++g) {
        const bool tied = sorted[g + 1].collapsed || classes == 2;
        pairs.push_back({sorted[g].members[0], sorted[g + 1].members[0], tied});
    }
    return pairs;
}

bool is_balanced(const Configuration& configuration) {
    return std::all_of(configuration.counts.begin(), configuration.counts.end(),
                       [&](long long count) { return count == configuration.counts.front(); });
}

bool completely_collapsed(const Configuration& configuration) {
    const long long largest = *std::max_element(configuration.counts.begin(), configuration.counts.end());
    return Rational(largest) <= theory::threshold(configuration);
}

Enclosure certified_cosine(const Case& subject, long k, long j) {
    const MinimiserBounds bounds = subject.bounds();
    return bounds.classifier_inner(k, j) /
           sqrt(bounds.classifier_inner(k, k) * bounds.classifier_inner(j, j));
}

Configuration balanced_neighbour(const Configuration& configuration) {
    if (is_balanced(configuration)) {
        return configuration;
    }
    const std::vector<long long> counts(
        configuration.counts.size(),
        *std::max_element(configuration.counts.begin(), configuration.counts.end()));
    const Rational ratio(configuration.samples(), Integer(counts.front()) * configuration.classes());
    return make_configuration(counts, to_string(configuration.lambda_w),
                              to_string(Rational(configuration.lambda_h * ratio * ratio)),
                              configuration.dimension);
}

Configuration few_samples_neighbour(const Configuration& configuration, long most_samples) {
    if (configuration.samples() <= most_samples) {
        return configuration;
    }
    const std::vector<Group> sorted = groups(configuration);
    std::vector<long long> counts(configuration.counts.size());
    const long long least = sorted.front().count == 1 ? 1 : 2;
    Integer samples = 0;
    for (std::size_t g = 0; g < sorted.size(); ++g) {
        for (const long k : sorted[g].members) {
            counts[static_cast<std::size_t>(k)] = least + static_cast<long long>(g);
            samples += counts[static_cast<std::size_t>(k)];
        }
    }
    // T, moved along with the counts: linearly between two of them, in proportion outside.
    const Rational threshold = theory::threshold(configuration);
    std::size_t above = 0;
    while (above < sorted.size() && Rational(sorted[above].count) < threshold) {
        ++above;
    }
    Rational moved;
    if (above == 0 || above == sorted.size()) {
        const std::size_t nearest = above == 0 ? 0 : above - 1;
        moved = threshold / sorted[nearest].count * (least + static_cast<long long>(nearest));
    } else {
        const long long low = sorted[above - 1].count, high = sorted[above].count;
        moved = (threshold - low) / (high - low) + least + static_cast<long long>(above) - 1;
    }
    const Rational product =
        moved * Rational(Integer(configuration.classes() - 1), samples * samples * configuration.classes());
    return make_configuration(counts, to_string(configuration.lambda_w),
                              to_string(Rational(product / configuration.lambda_w)), configuration.dimension);
}

std::vector<Demand> balanced_domain() {
    return {{two_classes(), 0.01},      {single_samples(), 0.02}, {none_collapsed(), 0.10},
            {all_collapsed(), 0.10},    {at_threshold(), 0.10},   {near_threshold(), 0.02},
            {spare_coordinates(), 0.20}};
}

std::vector<Demand> two_group_domain() {
    return {{single_samples(), 0.02}, {none_collapsed(), 0.10}, {some_collapsed(), 0.10},
            {at_threshold(), 0.01},   {near_threshold(), 0.02}, {spare_coordinates(), 0.20}};
}

}  // namespace ncverify::properties
