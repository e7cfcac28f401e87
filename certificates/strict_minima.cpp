#include "certificates/strict_minima.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <numeric>

#include "certificates/minima_box.hpp"
#include "problem/errors.hpp"

namespace ncverify::certificates {

namespace {

constexpr long coarse_halvings = 2;  // of each edge, before second derivatives are worth their cost
constexpr double widest = 8;         // logits beyond which directions matter no more for being told apart

enum class Use { unused, used, undecided };
using Pattern = std::vector<std::vector<Use>>;  // [coordinate][class]

Pattern pattern_of(const Surroundings& around) {
    Pattern pattern(around.v.size(), std::vector<Use>(around.gain.size(), Use::undecided));
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        for (std::size_t k = 0; k < around.gain.size(); ++k) {
            const Interval& gain = around.gain[k][i];
            pattern[i][k] = gain.low > 0 ? Use::used : gain.high < 0 ? Use::unused : Use::undecided;
        }
    }
    return pattern;
}

// V and the features over the box, in the variables of the scaled problem.
Turned scaled_box(const Turned& constants, const MinimaBox& box, const Surroundings& around,
                  const Pattern& pattern) {
    Turned at = constants;
    const auto classes = static_cast<Eigen::Index>(around.gain.size()),
               dimension = static_cast<Eigen::Index>(box.columns.size());
    at.classifier = Matrix<Enclosure>(classes, dimension);
    at.features = Matrix<Enclosure>(dimension, classes);
    for (Eigen::Index i = 0; i < dimension; ++i) {
        const auto column = static_cast<std::size_t>(i);
        const Interval length = root(box.columns[column].tau);
        for (Eigen::Index k = 0; k < classes; ++k) {
            const auto index = static_cast<std::size_t>(k);
            at.classifier(k, i) = (length * around.v[column][index]).enclosure();
            at.features(i, k) =
                pattern[column][index] == Use::unused
                    ? Enclosure(0)
                    : constants.pull[k] * (length * positive_part(around.gain[index][column])).enclosure();
        }
    }
    return at;
}

// Coordinates and classes in the order of Derivatives' variables: (coordinate, class) of each, V's first.
std::vector<std::pair<long, long>> variables(const Turned& at) {
    std::vector<std::pair<long, long>> order;
    for (Eigen::Index i = 0; i < at.classifier.cols(); ++i) {
        for (Eigen::Index m = 0; m < at.classifier.rows(); ++m) {
            order.emplace_back(i, m);
        }
    }
    for (Eigen::Index k = 0; k < at.classifier.rows(); ++k) {
        for (Eigen::Index i = 0; i < at.classifier.cols(); ++i) {
            if (arb_is_zero(at.features(i, k).data()) == 0) {
                order.emplace_back(i, k);
            }
        }
    }
    return order;
}

// A direction in V and in features that are certainly in use, along which the loss falls to second order
// everywhere in the box: no local minimum, where the gradient in these variables is zero. A coordinate whose
// length may be zero has features that may only grow.
bool falls(const Turned& at, const Matrix<Enclosure>& hessian, const MinimaBox& box, const Pattern& pattern) {
    const std::vector<std::pair<long, long>> order = variables(at);
    const long of_v = at.classifier.size();
    const auto size = static_cast<long>(order.size());
    Matrix<double> middle(size, size);
    for (long a = 0; a < size; ++a) {
        for (long b = 0; b < size; ++b) {
            middle(a, b) = arf_get_d(arb_midref(hessian(a, b).data()), ARF_RND_NEAR);
        }
    }
    for (long a = of_v; a < size; ++a) {
        const auto [i, k] = order[static_cast<std::size_t>(a)];
        if (pattern[static_cast<std::size_t>(i)][static_cast<std::size_t>(k)] != Use::used) {
            middle.row(a).setZero();
            middle.col(a).setZero();
        }
    }
    const Eigen::SelfAdjointEigenSolver<Matrix<double>> solver(middle);
    if (!(solver.eigenvalues()[0] < 0)) {
        return false;
    }
    Vector<double> direction = solver.eigenvectors().col(0);
    if (direction.tail(size - of_v).sum() < 0) {
        direction = -direction;
    }
    for (long a = 0; a < size; ++a) {
        const auto [i, k] = order[static_cast<std::size_t>(a)];
        const auto column = static_cast<std::size_t>(i);
        if (a >= of_v && (pattern[column][static_cast<std::size_t>(k)] != Use::used ||
                          (box.columns[column].tau.low <= 0 && direction[a] < 0))) {
            direction[a] = 0;
        }
    }
    Enclosure curvature(0);
    for (long a = 0; a < size; ++a) {
        for (long b = 0; b < size; ++b) {
            if (direction[a] != 0 && direction[b] != 0) {
                curvature += Enclosure(direction[a]) * Enclosure(direction[b]) * hessian(a, b);
            }
        }
    }
    return certainly_negative(curvature);
}

// One known minimum with its coordinates in some order, and classes that are alike in some order, and its
// zeros.
struct Image {
    Matrix<Enclosure> classifier, features;
    Pattern pattern;
};

// Orders of the classes that change nothing in the problem.
std::vector<std::vector<Eigen::Index>> class_orders(const Configuration& configuration) {
    std::vector<Eigen::Index> order(configuration.counts.size());
    std::iota(order.begin(), order.end(), Eigen::Index{0});
    std::vector<std::vector<Eigen::Index>> orders;
    do {
        bool alike = true;
        for (std::size_t k = 0; k < order.size(); ++k) {
            const auto from = static_cast<std::size_t>(order[k]);
            alike = alike && configuration.counts[k] == configuration.counts[from] &&
                    configuration.weighted_count(k) == configuration.weighted_count(from);
        }
        if (alike) {
            orders.push_back(order);
        }
    } while (std::next_permutation(order.begin(), order.end()));
    return orders;
}

Image image_of(const Turned& known, const Enclosure& error, const std::vector<Eigen::Index>& coordinates,
               const std::vector<Eigen::Index>& classes) {
    const auto widened = [&](const Enclosure& value) {
        return Enclosure::hull(value - error, value + error);
    };
    Image image{known.classifier, known.features, {}};
    for (std::size_t i = 0; i < coordinates.size(); ++i) {
        std::vector<Use> uses;
        for (std::size_t k = 0; k < classes.size(); ++k) {
            const auto column = static_cast<Eigen::Index>(i), row = static_cast<Eigen::Index>(k);
            const Enclosure& feature = known.features(coordinates[i], classes[k]);
            const bool zero = arb_is_zero(feature.data()) != 0;
            image.classifier(row, column) = widened(known.classifier(classes[k], coordinates[i]));
            image.features(column, row) = zero ? Enclosure(0) : widened(feature);
            uses.push_back(zero ? Use::unused : Use::used);
        }
        image.pattern.push_back(std::move(uses));
    }
    return image;
}

std::vector<Image> images(const Configuration& configuration, const std::vector<Turned>& known,
                          const std::vector<Enclosure>& error) {
    const std::vector<std::vector<Eigen::Index>> orders = class_orders(configuration);
    std::vector<Image> all;
    for (std::size_t each = 0; each < known.size(); ++each) {
        std::vector<Eigen::Index> coordinates(static_cast<std::size_t>(known[each].classifier.cols()));
        std::iota(coordinates.begin(), coordinates.end(), Eigen::Index{0});
        do {
            for (const std::vector<Eigen::Index>& classes : orders) {
                all.push_back(image_of(known[each], error[each], coordinates, classes));
            }
        } while (std::next_permutation(coordinates.begin(), coordinates.end()));
    }
    return all;
}

// F is strictly convex, in what is free with these zeros, on a box that contains this one and the minimum: so
// this one has no other stationary point.
bool is_known(const Turned& at, const Pattern& pattern, const std::vector<Image>& known) {
    return std::any_of(known.begin(), known.end(), [&](const Image& image) {
        if (image.pattern != pattern) {
            return false;
        }
        Turned both = at;
        for (Eigen::Index j = 0; j < at.classifier.size(); ++j) {
            both.classifier.data()[j] = Enclosure::hull(at.classifier.data()[j], image.classifier.data()[j]);
        }
        for (Eigen::Index j = 0; j < at.features.size(); ++j) {
            if (arb_is_zero(at.features.data()[j].data()) == 0) {
                both.features.data()[j] = Enclosure::hull(at.features.data()[j], image.features.data()[j]);
            }
        }
        return exceeds(derivatives(both).hessian, Enclosure(0));
    });
}

// A block of one class or of two, with more than one coordinate: these are copies of one another at every
// local minimum (proofs/Pairs.v), and moving one's share to the other keeps the loss.
bool has_copies(const Pattern& pattern) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        std::vector<Use> block = pattern[i];
        if (std::count(block.begin(), block.end(), Use::undecided) > 0 ||
            std::count(block.begin(), block.end(), Use::used) > 2) {
            continue;
        }
        long coordinates = 0;
        bool closed = true;
        for (const std::vector<Use>& other : pattern) {
            bool certain = false, meets = false, leaves = false;
            for (std::size_t k = 0; k < block.size(); ++k) {
                const bool within = block[k] == Use::used;
                certain = certain || (within && other[k] == Use::used);
                meets = meets || (within && other[k] != Use::unused);
                leaves = leaves || (!within && other[k] != Use::unused);
            }
            coordinates += certain ? 1 : 0;
            closed = closed && !(meets && leaves);
        }
        if (closed && coordinates > 1) {
            return true;
        }
    }
    return false;
}

std::vector<MinimaBox> first_boxes(const MinimaConstants& constants) {
    std::vector<MinimaBox> boxes = {MinimaBox{}};
    const double least = -static_cast<double>(constants.classes - 1);
    const double longest = (constants.top * Interval(1 - 1 / static_cast<double>(constants.classes))).high;
    for (long i = 0; i < constants.dimension; ++i) {
        std::vector<MinimaBox> longer;
        for (const MinimaBox& box : boxes) {
            // Permuting coordinates permutes minima: the charts in order suffice.
            for (long chart = box.columns.empty() ? 0 : box.columns.back().chart; chart < constants.classes;
                 ++chart) {
                MinimaBox next = box;
                next.columns.push_back({chart, Interval(0.0, above(longest)),
                                        std::vector<Interval>(static_cast<std::size_t>(constants.classes - 2),
                                                              Interval(least, 1.0))});
                longer.push_back(std::move(next));
            }
        }
        boxes = std::move(longer);
    }
    return boxes;
}

// Halves the edge along which logits or directions change most.
std::pair<MinimaBox, MinimaBox> halves(const MinimaConstants& constants, const MinimaBox& box) {
    double slope = 0;
    for (const Interval& each : constants.slope) {
        slope = std::max(slope, each.high);
    }
    std::size_t column = 0, edge = 0;
    double widest_yet = -1;
    for (std::size_t i = 0; i < box.columns.size(); ++i) {
        const ColumnBox& each = box.columns[i];
        const double along = std::min(widest, slope * each.tau.middle());
        const double length =
            std::min(widest, slope * each.tau.width() / (1 + slope * each.tau.low / widest));
        if (length > widest_yet) {
            widest_yet = length;
            column = i;
            edge = 0;
        }
        for (std::size_t j = 0; j < each.free.size(); ++j) {
            if (each.free[j].width() * (1 + along) > widest_yet) {
                widest_yet = each.free[j].width() * (1 + along);
                column = i;
                edge = j + 1;
            }
        }
    }
    std::pair<MinimaBox, MinimaBox> both{box, box};
    const auto part = [&](MinimaBox& half) -> Interval& {
        return edge == 0 ? half.columns[column].tau : half.columns[column].free[edge - 1];
    };
    part(both.first).high = part(both.first).middle();
    part(both.second).low = part(both.first).high;
    ++both.first.depth;
    ++both.second.depth;
    return both;
}

}  // namespace

StrictMinima search_strict_minima(const Configuration& configuration, const std::vector<Turned>& known,
                                  const std::vector<Enclosure>& error, const SearchLimits& limits) {
    const long size = (configuration.classes() - 1) * configuration.dimension;
    if (size > largest_searched_size) {
        throw InputError("(K-1) d = " + std::to_string(size) + " is too large", "the configuration",
                         "at most " + std::to_string(largest_searched_size) +
                             " for all strict local minima to be searched for");
    }
    bool lives = false;
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        lives = lives || configuration.weighted_count(k) > configuration.threshold();
    }
    if (!lives) {
        throw InputError("every class collapses", "the configuration",
                         "decays at which one lives, for strict local minima to be searched for");
    }
    const PrecisionScope scope(30);
    const MinimaConstants constants = minima_constants(configuration);
    const Turned scaled = scaled_constants(configuration);
    const std::vector<Image> minima = images(configuration, known, error);
    StrictMinima result;
    std::vector<MinimaBox> open = first_boxes(constants);
    while (!open.empty()) {
        const MinimaBox box = std::move(open.back());
        open.pop_back();
        if (result.boxes >= limits.boxes || box.depth > limits.depth) {
            ++result.undecided;
            continue;
        }
        ++result.boxes;
        const Surroundings around = surroundings(constants, box);
        if (around.empty || no_stationary_point(constants, box, around)) {
            ++result.stationary;
            continue;
        }
        if (box.depth >= coarse_halvings * size) {
            const Pattern pattern = pattern_of(around);
            if (has_copies(pattern)) {
                ++result.copies;
                continue;
            }
            const Turned at = scaled_box(scaled, box, around, pattern);
            if (falls(at, derivatives(at).hessian, box, pattern)) {
                ++result.saddle;
                continue;
            }
            if (is_known(at, pattern, minima)) {
                ++result.known;
                continue;
            }
        }
        auto [first, second] = halves(constants, box);
        open.push_back(std::move(first));
        open.push_back(std::move(second));
    }
    return result;
}

}  // namespace ncverify::certificates
