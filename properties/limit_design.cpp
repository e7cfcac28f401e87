#include "properties/limit_design.hpp"

#include <cmath>

#include "problem/errors.hpp"
#include "properties/proven_minimum.hpp"

namespace ncverify::properties {

ProvenLimit prove_limit(const bottleneck::LimitOptions& options) {
    if (!bottleneck::chambers_listable(
            make_configuration(std::vector<long long>(static_cast<std::size_t>(options.classes), 1), "1", "1",
                               options.dimension))) {
        throw InputError("too many cones to branch over", "the limit problem",
                         "at most 6 classes and (K!)^d at most " + std::to_string(bottleneck::largest_roots));
    }
    const bottleneck::LimitOutcome outcome = bottleneck::margin_limit(options);
    const std::vector<certificates::ConeTree> trees = trees_of(outcome.tree);
    ProvenLimit proven;
    proven.nodes = outcome.nodes;
    proven.leaves = leaves_of(trees);
    proven.lower = certificates::margin_limit_bound(
        options.classes, options.dimension, Integer(std::llround(outcome.unit)), trees, proven.reason);
    if (!std::isfinite(outcome.value)) {
        return proven;
    }
    // A column as long as its features: sqrt(||h_i||) each.
    proven.point = {"the best point met", Matrix<Enclosure>(options.classes, options.dimension),
                    Matrix<Enclosure>(options.dimension, options.classes)};
    for (long i = 0; i < options.dimension; ++i) {
        const double length = std::sqrt(outcome.features.col(i).norm());
        for (long k = 0; k < options.classes; ++k) {
            proven.point.classifier(k, i) = Enclosure(length * outcome.directions(k, i));
            proven.point.features(i, k) = Enclosure(length > 0 ? outcome.features(k, i) / length : 0);
        }
    }
    proven.upper = certificates::margin_limit_value(proven.point.classifier, proven.point.features);
    return proven;
}

}  // namespace ncverify::properties
