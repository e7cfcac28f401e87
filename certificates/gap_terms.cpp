#include "certificates/gap_terms.hpp"

#include <optional>
#include <utility>

namespace ncverify::certificates {

namespace {

bool is_zero(const Enclosure& value) {
    return arb_is_zero(value.data()) != 0;
}

// Totals, squares and spreads. Spreads are formed from differences to the mean, so that nothing cancels, and
// are exactly zero for a class of one column.
template <typename Table>
PointSums class_sums(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                     const Table& features) {
    const std::size_t classes = configuration.counts.size();
    PointSums result{Matrix<Enclosure>::Constant(features.rows(), configuration.classes(), Enclosure(0)),
                     std::vector<Enclosure>(classes, Enclosure(0)),
                     std::vector<Enclosure>(classes, Enclosure(0)), Enclosure(0)};
    std::vector<long> parts(classes, 0);
    for (std::size_t j = 0; j < columns.size(); ++j) {
        const auto label = static_cast<std::size_t>(columns[j].label);
        const Enclosure weight = from_rational<Enclosure>(Rational(columns[j].weight));
        ++parts[label];
        for (Eigen::Index i = 0; i < features.rows(); ++i) {
            const Enclosure& entry = features(i, static_cast<Eigen::Index>(j));
            if (!is_zero(entry)) {
                result.total(i, columns[j].label) += weight * entry;
                result.square[label] += weight * entry * entry;
            }
        }
    }
    for (std::size_t j = 0; j < columns.size(); ++j) {
        const auto label = static_cast<std::size_t>(columns[j].label);
        if (parts[label] == 1) {
            continue;
        }
        const Enclosure count(static_cast<long>(configuration.counts[label]));
        Enclosure distance(0);
        for (Eigen::Index i = 0; i < features.rows(); ++i) {
            const Enclosure& mean_times_count = result.total(i, columns[j].label);
            if (!is_zero(mean_times_count)) {
                const Enclosure off = features(i, static_cast<Eigen::Index>(j)) - mean_times_count / count;
                distance += off * off;
            }
        }
        result.spread[label] += from_rational<Enclosure>(Rational(columns[j].weight)) * distance;
    }
    return result;
}

// -(1-beta) log(1-beta) - beta log(beta/(K-1)), logarithms of exact rationals; 0 log 0 = 0.
Enclosure bracket(const Rational& slope, long classes) {
    if (slope == 0) {
        return Enclosure(0);
    }
    const Enclosure beta = from_rational<Enclosure>(slope);
    return -from_rational<Enclosure>(1 - slope) * log1p(-beta) -
           beta * log(from_rational<Enclosure>(slope / (classes - 1)));
}

// Sum over samples of omega_k (CE(W h, k) + beta_k a - bracket_k).
Enclosure logits_sum(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                     const std::vector<Rational>& slopes, const ColumnLosses& losses) {
    std::vector<std::optional<Enclosure>> brackets(slopes.size());
    Enclosure sum(0);
    for (std::size_t j = 0; j < columns.size(); ++j) {
        const auto place = static_cast<std::size_t>(columns[j].label);
        if (!brackets[place]) {
            brackets[place] = bracket(slopes[place], configuration.classes());
        }
        const Enclosure excess = losses.cross_entropies[j] +
                                 from_rational<Enclosure>(slopes[place]) * losses.margins[j] -
                                 *brackets[place];
        const Enclosure weight = from_integer<Enclosure>(columns[j].weight);
        sum += configuration.weighted()
                   ? weight_value<Enclosure>(configuration.weights[place]) * weight * excess
                   : weight * excess;
    }
    return sum;
}

// sum_m ||w_m - v_m||^2 with v_m = (K y_m - Y) / ((K-1) N lW), and ||Y||^2 - sum_m ||y_m||^2 as twice the sum
// of the products of different y_m: no cancellation, and exactly zero where no coordinate is shared.
template <typename Table>
std::pair<Enclosure, Enclosure> classifier_and_overlap(const Configuration& configuration,
                                                       const std::vector<Enclosure>& slopes,
                                                       const Matrix<Enclosure>& total,
                                                       const Table& classifier) {
    const long classes = configuration.classes();
    const Enclosure scale = from_rational<Enclosure>(
        1 / (Rational(configuration.samples()) * configuration.lambda_w * (classes - 1)));
    const Enclosure own_scale = scale * Enclosure(classes);
    const long precision = Enclosure::precision();
    Enclosure distance(0), overlap(0), difference;
    std::vector<Enclosure> weighted(slopes.size());  // y_m's coordinate i
    for (Eigen::Index i = 0; i < classifier.cols(); ++i) {
        Enclosure so_far(0);
        for (long m = 0; m < classes; ++m) {
            Enclosure& y = weighted[static_cast<std::size_t>(m)];
            arb_mul(y.data(), slopes[static_cast<std::size_t>(m)].data(), total(i, m).data(), precision);
            if (!is_zero(y)) {
                arb_addmul(overlap.data(), so_far.data(), y.data(), precision);
                so_far += y;
            }
        }
        const Enclosure common = scale * so_far;
        for (long m = 0; m < classes; ++m) {
            const Enclosure& y = weighted[static_cast<std::size_t>(m)];
            arb_add(difference.data(), classifier(m, i).data(), common.data(), precision);
            arb_submul(difference.data(), own_scale.data(), y.data(), precision);
            arb_addmul(distance.data(), difference.data(), difference.data(), precision);
        }
    }
    overlap *= Enclosure(2);
    return {distance, overlap};
}

// omega_m beta_m.
Enclosure weighted_slope(const Configuration& configuration, const std::vector<Rational>& slopes,
                         std::size_t m) {
    const Enclosure slope = from_rational<Enclosure>(slopes[m]);
    return configuration.weighted() ? weight_value<Enclosure>(configuration.weights[m]) * slope : slope;
}

}  // namespace

Enclosure GapTerms::sum() const {
    return logits + classifier + orthogonality + within_class + collapsed;
}

namespace {

template <typename Table>
GapTerms terms_of(const Configuration& configuration, const std::vector<Rational>& slopes,
                  const Table& classifier, const PointSums& sums) {
    const long classes = configuration.classes();
    const Rational samples(configuration.samples());
    const Rational common =
        Rational(classes) / (2 * configuration.lambda_w * (classes - 1) * samples * samples);
    const Rational c_squared = configuration.c_squared();
    std::vector<Enclosure> enclosed;
    Enclosure spread(0), unused(0);
    for (std::size_t m = 0; m < slopes.size(); ++m) {
        const Enclosure& slope = enclosed.emplace_back(weighted_slope(configuration, slopes, m));
        const Enclosure count(static_cast<long>(configuration.counts[m]));
        // (omega_m beta_m)^2 ( n_m sum_i ||h_mi||^2 - ||sum_i h_mi||^2 ), of which n_m spread_m is the
        // bracket
        spread += count * slope * slope * sums.spread[m];
        // The difference in rationals: it is tiny, or exactly zero, for classes that have not collapsed.
        const Rational room = c_squared - slopes[m] * slopes[m] * configuration.weighted_count(m);
        unused += from_rational<Enclosure>(room) * sums.square[m];
    }
    const auto [distance, overlap] = classifier_and_overlap(configuration, enclosed, sums.total, classifier);
    GapTerms terms;
    terms.logits = sums.logits / from_rational<Enclosure>(samples);
    terms.classifier = from_rational<Enclosure>(configuration.lambda_w / 2) * distance;
    terms.orthogonality = from_rational<Enclosure>(common / (classes - 1)) * overlap;
    terms.within_class = from_rational<Enclosure>(common) * spread;
    terms.collapsed = from_rational<Enclosure>(common) * unused;
    return terms;
}

template <typename Table>
GapTerms terms_of(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                  const std::vector<Rational>& slopes, const Table& classifier, const Table& features,
                  const ColumnLosses& losses) {
    PointSums sums = class_sums(configuration, columns, features);
    sums.logits = logits_sum(configuration, columns, slopes, losses);
    return terms_of(configuration, slopes, classifier, sums);
}

}  // namespace

GapTerms gap_terms(const Configuration& configuration, const std::vector<Rational>& slopes,
                   const Matrix<Enclosure>& classifier, const PointSums& sums) {
    return terms_of(configuration, slopes, classifier, sums);
}

GapTerms gap_terms(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                   const std::vector<Rational>& slopes, const TabledPoint& point,
                   const ColumnLosses& losses) {
    return terms_of(configuration, columns, slopes, point.classifier, point.features, losses);
}

GapTerms gap_terms(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                   const std::vector<Rational>& slopes, const Matrix<Enclosure>& classifier,
                   const Matrix<Enclosure>& features) {
    return terms_of(configuration, columns, slopes, classifier, features,
                    column_losses(columns, classifier, features));
}

}  // namespace ncverify::certificates
