#include "certificates/krawczyk.hpp"

#include <optional>
#include <vector>

#include "certificates/krawczyk_block.hpp"
#include "certificates/point.hpp"

namespace ncverify::certificates {

namespace {

bool is_zero(const Enclosure& value) {
    return arb_is_zero(value.data()) != 0;
}

std::string number(long index) {
    return std::to_string(index + 1);
}

// The point's blocks, and whether some coordinate is unused.
struct Support {
    std::string refusal;  // why the point is not of the shape that the test is for
    std::vector<Block> blocks;
    std::vector<std::optional<std::size_t>> block_of_class;
    bool unused_coordinate = false;
};

Support support_of(const EnclosedPoint& point) {
    Support support;
    const Eigen::Index classes = point.classifier.rows();
    support.block_of_class.resize(static_cast<std::size_t>(classes));
    for (Eigen::Index i = 0; i < point.classifier.cols(); ++i) {
        std::optional<long> user;
        for (Eigen::Index k = 0; k < classes; ++k) {
            if (is_zero(point.features(i, k))) {
                continue;
            }
            auto& own = support.block_of_class[static_cast<std::size_t>(k)];
            if (user) {
                support.refusal = "coordinate " + number(i) + " serves several classes";
                return support;
            }
            if (own) {
                support.refusal = "class " + number(k) + " uses several coordinates";
                return support;
            }
            user = k;
            own = support.blocks.size();
        }
        if (user) {
            support.blocks.push_back({i, *user, point.classifier.col(i), point.features(i, *user)});
            continue;
        }
        support.unused_coordinate = true;
        for (Eigen::Index m = 0; m < classes; ++m) {
            if (!is_zero(point.classifier(m, i))) {
                support.refusal = "coordinate " + number(i) + " serves no class, but W is not zero there";
                return support;
            }
        }
    }
    return support;
}

// Along an unused coordinate a class at zero has, after minimising over w, the curvature
// lH n_k - n_k^2 ||1/K - e_k||^2 / (N^2 lW) in h^2/2: positive where n_k is below the threshold.
std::string gain_of_zero_class(const Configuration& configuration, const Support& support) {
    const Rational largest = configuration.threshold();
    for (std::size_t k = 0; k < configuration.counts.size() && support.unused_coordinate; ++k) {
        if (!support.block_of_class[k] && configuration.weighted_count(k) >= largest) {
            return "class " + number(static_cast<long>(k)) +
                   (configuration.weighted_count(k) == largest
                        ? " is degenerate: zero, with no curvature along an unused coordinate"
                        : " is zero but would gain by an unused coordinate: no local minimiser");
        }
    }
    return "";
}

NearbyMinimiser attempt(const Configuration& configuration, const Support& support) {
    NearbyMinimiser result;
    result.radius = result.relative_radius = Enclosure(0);
    std::vector<Block> boxes;
    for (const Block& block : support.blocks) {
        BlockResult found = krawczyk(configuration, block);
        if (!found.undecided.empty()) {
            result.reason = "class " + number(block.of_class) + ": " + found.undecided;
            return result;
        }
        if (certainly_less(result.radius, found.radius)) {
            result.radius = found.radius;
        }
        if (certainly_less(result.relative_radius, found.relative_radius)) {
            result.relative_radius = found.relative_radius;
        }
        boxes.push_back(std::move(found.box));
    }
    result.reason = undecided_multiplier(boxes, configuration.classes());
    result.proven = result.reason.empty();
    return result;
}

}  // namespace

NearbyMinimiser nearby_minimiser(const Certificate& certificate) {
    const Configuration& configuration = certificate.configuration;
    NearbyMinimiser result;
    if (configuration.classes() > largest_krawczyk_classes) {
        result.reason = "more than " + std::to_string(largest_krawczyk_classes) + " classes";
        return result;
    }
    if (certificate.features.size() != configuration.counts.size()) {
        result.reason = "only for the class-means form";
        return result;
    }
    for (long digits = certificate.digits + 30; digits <= 2 * (certificate.digits + 30); digits *= 2) {
        const PrecisionScope scope(digits);
        const EnclosedPoint point = enclosed_point(certificate);
        const Support support = support_of(point);
        result.reason = !point.negative.empty()    ? point.negative
                        : !support.refusal.empty() ? support.refusal
                                                   : gain_of_zero_class(configuration, support);
        if (!result.reason.empty()) {
            return result;
        }
        result = attempt(configuration, support);
        if (result.proven) {
            return result;
        }
    }
    return result;
}

}  // namespace ncverify::certificates
