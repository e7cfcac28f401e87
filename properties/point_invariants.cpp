#include "properties/point_invariants.hpp"

#include <utility>

namespace ncverify::properties {

namespace {

bool middle_less(const Enclosure& a, const Enclosure& b) {
    return arf_cmp(arb_midref(a.data()), arb_midref(b.data())) < 0;
}

// Inner product of two vectors, exact zeros of the first skipped.
template <typename A, typename B>
Enclosure inner(const A& a, const B& b) {
    Enclosure sum(0);
    for (Eigen::Index i = 0; i < a.size(); ++i) {
        if (!is_exact_zero(a(i))) {
            sum += a(i) * b(i);
        }
    }
    return sum;
}

}  // namespace

PointInvariants::PointInvariants(const Configuration& configuration,
                                 const std::vector<FeatureColumn>& columns, FeasiblePoint point)
    : configuration_(configuration),
      columns_(columns),
      point_(std::move(point)),
      means_(class_means(configuration, columns, point_.features)),
      logits_(configuration.classes(), configuration.classes()) {
    for (Eigen::Index k = 0; k < logits_.cols(); ++k) {
        for (Eigen::Index m = 0; m < logits_.rows(); ++m) {
            logits_(m, k) = inner(means_.col(k), point_.classifier.row(m));
        }
    }
}

Enclosure PointInvariants::logit(long m, std::size_t k) const {
    return logits_(m, static_cast<Eigen::Index>(k));
}

Enclosure PointInvariants::logit_sum(std::size_t k) const {
    Enclosure sum(0);
    for (long m = 0; m < logits_.rows(); ++m) {
        sum += logit(m, k);
    }
    return sum;
}

Enclosure PointInvariants::margin(std::size_t k) const {
    const Enclosure own = logit(static_cast<long>(k), k);
    return own - (logit_sum(k) - own) / Enclosure(configuration_.classes() - 1);
}

Enclosure PointInvariants::worst_margin(std::size_t k) const {
    Enclosure largest = logit(k == 0 ? 1 : 0, k);
    for (long m = 0; m < logits_.rows(); ++m) {
        if (m != static_cast<long>(k) && middle_less(largest, logit(m, k))) {
            largest = logit(m, k);
        }
    }
    return logit(static_cast<long>(k), k) - largest;
}

Enclosure PointInvariants::logit_other(std::size_t k) const {
    const Enclosure own = logit(static_cast<long>(k), k);
    const Enclosure mean = (logit_sum(k) - own) / Enclosure(configuration_.classes() - 1);
    Enclosure farthest = logit(k == 0 ? 1 : 0, k);
    for (long m = 0; m < logits_.rows(); ++m) {
        if (m != static_cast<long>(k) && middle_less(abs(farthest - mean), abs(logit(m, k) - mean))) {
            farthest = logit(m, k);
        }
    }
    return farthest;
}

Enclosure PointInvariants::within_class_spread(std::size_t k) const {
    Enclosure largest(0);
    for (std::size_t j = 0; j < columns_.size(); ++j) {
        if (columns_[j].label == static_cast<long>(k)) {
            Enclosure squares(0);
            for (Eigen::Index i = 0; i < means_.rows(); ++i) {
                const Enclosure away = point_.features(i, static_cast<Eigen::Index>(j)) -
                                       means_(i, static_cast<Eigen::Index>(k));
                squares += away * away;
            }
            largest = middle_less(largest, squares) ? squares : largest;
        }
    }
    return sqrt_of_nonnegative(largest);
}

Enclosure PointInvariants::feature_inner(long k, long j) const {
    return inner(means_.col(k), means_.col(j));
}

Enclosure PointInvariants::classifier_inner(long k, long j) const {
    return inner(point_.classifier.row(k), point_.classifier.row(j));
}

Enclosure PointInvariants::classifier_sum() const {
    Enclosure squares(0);
    for (Eigen::Index i = 0; i < point_.classifier.cols(); ++i) {
        Enclosure sum(0);
        for (Eigen::Index m = 0; m < point_.classifier.rows(); ++m) {
            sum += point_.classifier(m, i);
        }
        squares += sum * sum;
    }
    return sqrt_of_nonnegative(squares);
}

Enclosure PointInvariants::relation_defect_squared(long k, const std::vector<Enclosure>& column) const {
    Enclosure squares(0);
    for (Eigen::Index i = 0; i < point_.classifier.cols(); ++i) {
        Enclosure defect = point_.classifier(k, i);
        for (Eigen::Index m = 0; m < means_.cols(); ++m) {
            if (!is_exact_zero(means_(i, m))) {
                const Enclosure factor(m == k ? configuration_.classes() - 1 : -1);
                defect -= factor * column[static_cast<std::size_t>(m)] * means_(i, m);
            }
        }
        squares += defect * defect;
    }
    return squares;
}

Enclosure PointInvariants::classifier_defect(const std::vector<Enclosure>& slopes) const {
    // v_k = kappa (K y_k - sum_m y_m), y_m = beta_m n_m h_m.
    const Enclosure kappa =
        Enclosure(1) /
        from_rational<Enclosure>(Rational((configuration_.classes() - 1) * configuration_.samples()) *
                                 configuration_.lambda_w);
    std::vector<Enclosure> column;
    for (std::size_t m = 0; m < slopes.size(); ++m) {
        column.push_back(kappa * slopes[m] * Enclosure(static_cast<long>(configuration_.counts[m])));
    }
    Enclosure squares(0);
    for (long k = 0; k < configuration_.classes(); ++k) {
        squares += relation_defect_squared(k, column);
    }
    return sqrt_of_nonnegative(squares);
}

Enclosure PointInvariants::loss() const {
    return objective(configuration_, columns_, point_.classifier, point_.features);
}

}  // namespace ncverify::properties
