#include "properties/claims/dual_points.hpp"

#include <cmath>

#include "certificates/check.hpp"
#include "properties/claims/scales.hpp"

namespace ncverify::properties {

namespace {

constexpr long slope_digits = 30;

}  // namespace

std::vector<FeatureColumn> split_columns(const Configuration& configuration, Random& random) {
    std::vector<FeatureColumn> columns;
    for (long k = 0; k < configuration.classes(); ++k) {
        const long long count = configuration.counts[static_cast<std::size_t>(k)];
        const bool split = count >= 2 && (k < 2 || random.next() % 8 == 0);
        const long long part =
            split ? 1 + static_cast<long long>(random.next() % static_cast<std::uint64_t>(count - 1)) : count;
        columns.push_back({k, part});
        if (split) {
            columns.push_back({k, count - part});
        }
    }
    return columns;
}

SampledPoint sampled_point(const Case& subject, std::uint64_t index) {
    const Configuration& configuration = subject.configuration();
    Random random = subject.random(index);
    const long classes = configuration.classes();
    const auto dimension = static_cast<Eigen::Index>(configuration.dimension);
    const double near = random.next() % 2 == 0 ? 1 : std::pow(10.0, -20 * random.uniform());
    SampledPoint point;
    point.columns = split_columns(configuration, random);
    point.point.classifier = Matrix<Enclosure>::Constant(classes, dimension, Enclosure(0));
    point.point.features =
        Matrix<Enclosure>::Constant(dimension, static_cast<Eigen::Index>(point.columns.size()), Enclosure(0));
    // The closed form's minimiser, class after class above the threshold in a coordinate of its own.
    Eigen::Index used = 0;
    std::vector<Eigen::Index> owned(static_cast<std::size_t>(classes), -1);
    for (long k = 0; k < classes; ++k) {
        const auto place = static_cast<std::size_t>(k);
        if (subject.closed_form().classes[place].collapsed || used == dimension) {
            continue;
        }
        const Enclosure along = classifier_factor(configuration) * root_count(configuration, place) *
                                sqrt(subject.closed_form().classes[place].feature_norm_squared);
        for (long m = 0; m < classes; ++m) {
            point.point.classifier(m, used) = (Enclosure(m == k ? classes - 1 : -1) * along).midpoint();
        }
        owned[place] = used++;
    }
    const Enclosure width = Enclosure(near) * sqrt(classifier_scale(subject));
    for (Eigen::Index i = 0; i < dimension; ++i) {
        for (long m = 0; m < classes; ++m) {
            point.point.classifier(m, i) =
                (point.point.classifier(m, i) + width * Enclosure(2 * random.uniform() - 1)).midpoint();
        }
    }
    for (std::size_t j = 0; j < point.columns.size(); ++j) {
        const auto label = static_cast<std::size_t>(point.columns[j].label);
        const Enclosure length = Enclosure(near) * sqrt(squared_length_scale(subject, label));
        for (Eigen::Index i = 0; i < dimension; ++i) {
            Enclosure entry = length * Enclosure(random.uniform());
            if (i == owned[label]) {
                entry += sqrt(subject.closed_form().classes[label].feature_norm_squared);
            }
            point.point.features(i, static_cast<Eigen::Index>(j)) = entry.midpoint();
        }
    }
    point.slopes = certificates::best_slopes(configuration, slope_digits);
    if (random.next() % 3 != 0) {
        for (Rational& slope : point.slopes) {
            slope *= Rational(static_cast<long>(random.next() % 1001), 1000);
        }
    }
    point.point.name = "a drawn point";
    point.point = subject.drawn(std::move(point.point));
    point.slopes = subject.drawn(std::move(point.slopes));
    return point;
}

}  // namespace ncverify::properties
