#include "certificates/gap_terms.hpp"

#include <map>
#include <optional>
#include <utility>

namespace ncverify::certificates {

namespace {

bool is_zero(const Enclosure& value) {
    return arb_is_zero(value.data()) != 0;
}

// What the terms need of each class: sums over its samples.
struct ClassSums {
    Matrix<Enclosure> total;        // sum_i h_ki in column k, d x K
    std::vector<Enclosure> square;  // sum_i ||h_ki||^2
    std::vector<long> columns;      // columns of H with this label
};

ClassSums sums(const std::vector<FeatureColumn>& columns, long classes, const Matrix<Enclosure>& features) {
    ClassSums result{Matrix<Enclosure>::Constant(features.rows(), classes, Enclosure(0)),
                     std::vector<Enclosure>(static_cast<std::size_t>(classes), Enclosure(0)),
                     std::vector<long>(static_cast<std::size_t>(classes), 0)};
    for (std::size_t j = 0; j < columns.size(); ++j) {
        const auto label = static_cast<std::size_t>(columns[j].label);
        const Enclosure weight = from_rational<Enclosure>(Rational(columns[j].weight));
        ++result.columns[label];
        for (Eigen::Index i = 0; i < features.rows(); ++i) {
            const Enclosure& entry = features(i, static_cast<Eigen::Index>(j));
            if (!is_zero(entry)) {
                result.total(i, columns[j].label) += weight * entry;
                result.square[label] += weight * entry * entry;
            }
        }
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

// (1/N) sum over samples of CE(W h, k) + beta_k a - bracket_k.
Enclosure logits_term(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                      const std::vector<Rational>& slopes, const Matrix<Enclosure>& classifier,
                      const Matrix<Enclosure>& features) {
    const long classes = configuration.classes();
    std::vector<std::optional<Enclosure>> brackets(slopes.size());
    Enclosure sum(0);
    Vector<Enclosure> logits(classes);
    for (std::size_t j = 0; j < columns.size(); ++j) {
        const long label = columns[j].label;
        logits.setConstant(Enclosure(0));
        for (Eigen::Index i = 0; i < features.rows(); ++i) {
            const Enclosure& entry = features(i, static_cast<Eigen::Index>(j));
            if (!is_zero(entry)) {
                for (long m = 0; m < classes; ++m) {
                    logits[m] += classifier(m, i) * entry;
                }
            }
        }
        Enclosure others(0);
        for (long m = 0; m < classes; ++m) {
            if (m != label) {
                others += logits[m];
            }
        }
        const auto place = static_cast<std::size_t>(label);
        if (!brackets[place]) {
            brackets[place] = bracket(slopes[place], classes);
        }
        const Enclosure margin = logits[label] - others / Enclosure(classes - 1);
        const Enclosure excess = cross_entropy(logits, label) +
                                 from_rational<Enclosure>(slopes[place]) * margin - *brackets[place];
        sum += from_rational<Enclosure>(Rational(columns[j].weight)) * excess;
    }
    return sum / from_rational<Enclosure>(Rational(configuration.samples()));
}

// sum_m ||w_m - v_m||^2 with v_m = (K y_m - Y) / ((K-1) N lW), and ||Y||^2 - sum_m ||y_m||^2 as twice the sum
// of the products of different y_m: no cancellation, and exactly zero where no coordinate is shared.
std::pair<Enclosure, Enclosure> classifier_and_overlap(const Configuration& configuration,
                                                       const std::vector<Enclosure>& slopes,
                                                       const Matrix<Enclosure>& total,
                                                       const Matrix<Enclosure>& classifier) {
    const long classes = configuration.classes();
    const Enclosure scale = from_rational<Enclosure>(
        1 / (Rational(configuration.samples()) * configuration.lambda_w * (classes - 1)));
    Enclosure distance(0), overlap(0);
    for (Eigen::Index i = 0; i < classifier.cols(); ++i) {
        std::map<long, Enclosure> weighted;  // y_m's coordinate i, where it is not zero
        Enclosure so_far(0);
        for (long m = 0; m < classes; ++m) {
            if (!is_zero(total(i, m))) {
                const Enclosure y = slopes[static_cast<std::size_t>(m)] * total(i, m);
                overlap += Enclosure(2) * so_far * y;
                so_far += y;
                weighted.emplace(m, y);
            }
        }
        const Enclosure common = scale * so_far;
        for (long m = 0; m < classes; ++m) {
            Enclosure difference = classifier(m, i) + common;
            if (const auto own = weighted.find(m); own != weighted.end()) {
                difference -= scale * Enclosure(classes) * own->second;
            }
            if (!is_zero(difference)) {
                distance += difference * difference;
            }
        }
    }
    return {distance, overlap};
}

// sum_m beta_m^2 ( n_m sum_i ||h_mi||^2 - ||sum_i h_mi||^2 ) as n_m beta_m^2 sum_i ||h_mi - mean||^2.
Enclosure spread(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                 const std::vector<Enclosure>& slopes, const ClassSums& sums,
                 const Matrix<Enclosure>& features) {
    Enclosure result(0);
    for (std::size_t j = 0; j < columns.size(); ++j) {
        const auto label = static_cast<std::size_t>(columns[j].label);
        if (sums.columns[label] == 1) {
            continue;
        }
        const Enclosure count(static_cast<long>(configuration.counts[label]));
        Enclosure distance(0);
        for (Eigen::Index i = 0; i < features.rows(); ++i) {
            const Enclosure& mean_times_count = sums.total(i, columns[j].label);
            if (!is_zero(mean_times_count)) {
                const Enclosure off = features(i, static_cast<Eigen::Index>(j)) - mean_times_count / count;
                distance += off * off;
            }
        }
        result += count * slopes[label] * slopes[label] *
                  from_rational<Enclosure>(Rational(columns[j].weight)) * distance;
    }
    return result;
}

}  // namespace

Enclosure GapTerms::sum() const {
    return logits + classifier + orthogonality + within_class + collapsed;
}

GapTerms gap_terms(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                   const std::vector<Rational>& slopes, const Matrix<Enclosure>& classifier,
                   const Matrix<Enclosure>& features) {
    const long classes = configuration.classes();
    const Rational samples(configuration.samples());
    const Rational common =
        Rational(classes) / (2 * configuration.lambda_w * (classes - 1) * samples * samples);
    const ClassSums totals = sums(columns, classes, features);
    std::vector<Enclosure> enclosed;
    for (const Rational& slope : slopes) {
        enclosed.push_back(from_rational<Enclosure>(slope));
    }
    GapTerms terms;
    terms.logits = logits_term(configuration, columns, slopes, classifier, features);
    const auto [distance, overlap] =
        classifier_and_overlap(configuration, enclosed, totals.total, classifier);
    terms.classifier = from_rational<Enclosure>(configuration.lambda_w / 2) * distance;
    terms.orthogonality = from_rational<Enclosure>(common / (classes - 1)) * overlap;
    terms.within_class =
        from_rational<Enclosure>(common) * spread(configuration, columns, enclosed, totals, features);
    Enclosure unused(0);
    const Rational c_squared = configuration.c_squared();
    for (std::size_t m = 0; m < slopes.size(); ++m) {
        // The difference in rationals: it is tiny, or exactly zero, for classes that have not collapsed.
        const Rational room = c_squared - slopes[m] * slopes[m] * configuration.counts[m];
        unused += from_rational<Enclosure>(room) * totals.square[m];
    }
    terms.collapsed = from_rational<Enclosure>(common) * unused;
    return terms;
}

}  // namespace ncverify::certificates
