#include "measure/gap.hpp"

#include "certificates/check.hpp"
#include "theory/closed_form.hpp"

namespace ncverify::measure {

namespace {

// A long double is the sum of two doubles, each of which an enclosure takes exactly.
Enclosure exact(long double value) {
    const auto high = static_cast<double>(value);
    return Enclosure(high) + Enclosure(static_cast<double>(value - static_cast<long double>(high)));
}

// Millions of entries: nothing is allocated for each.
template <typename Entries>
Enclosure squared_norm(const Entries& entries) {
    Enclosure sum(0), entry;
    for (Eigen::Index i = 0; i < entries.size(); ++i) {
        arb_set_d(entry.data(), entries(i));
        arb_addmul(sum.data(), entry.data(), entry.data(), Enclosure::precision());
    }
    return sum;
}

}  // namespace

Enclosure loss_of(const Configuration& configuration, const Matrix<double>& classifier,
                  const Matrix<double>& means, const std::vector<ClassSums>& sums) {
    Enclosure cross_entropy(0), feature_square(0);
    for (std::size_t k = 0; k < sums.size(); ++k) {
        const Enclosure count(static_cast<long>(configuration.counts[k]));
        const Enclosure omega =
            configuration.weighted() ? weight_value<Enclosure>(configuration.weights[k]) : Enclosure(1);
        cross_entropy += omega * exact(sums[k].cross_entropy);
        feature_square +=
            exact(sums[k].spread) + count * squared_norm(means.col(static_cast<Eigen::Index>(k)));
    }
    return cross_entropy / from_rational<Enclosure>(Rational(configuration.samples())) +
           from_rational<Enclosure>(configuration.lambda_w / 2) * squared_norm(classifier) +
           from_rational<Enclosure>(configuration.lambda_h / 2) * feature_square;
}

Gap gap_of(const Configuration& configuration, const std::vector<Rational>& slopes,
           const Matrix<double>& classifier, const Matrix<double>& means,
           const std::vector<ClassSums>& sums) {
    certificates::PointSums point{Matrix<Enclosure>(means.rows(), means.cols()), {}, {}, Enclosure(0)};
    for (std::size_t k = 0; k < sums.size(); ++k) {
        const auto column = static_cast<Eigen::Index>(k);
        const Enclosure count(static_cast<long>(configuration.counts[k]));
        for (Eigen::Index i = 0; i < means.rows(); ++i) {
            Enclosure& total = point.total(i, column);
            arb_set_d(total.data(), means(i, column));
            arb_mul(total.data(), total.data(), count.data(), Enclosure::precision());
        }
        point.spread.push_back(exact(sums[k].spread));
        // Only in the last term, which is zero for a class above the threshold but for its slope's rounding.
        point.square.push_back(theory::collapsed(configuration, column)
                                   ? point.spread[k] + count * squared_norm(means.col(column))
                                   : Enclosure(0));
        const Enclosure omega =
            configuration.weighted() ? weight_value<Enclosure>(configuration.weights[k]) : Enclosure(1);
        point.logits += omega * (exact(sums[k].unequal) + exact(sums[k].margin_excess));
    }
    Gap gap;
    gap.loss = loss_of(configuration, classifier, means, sums);
    gap.lower_bound = certificates::dual_value(configuration, slopes);
    gap.terms = certificates::gap_terms(configuration, slopes, classifier.cast<Enclosure>(), point);
    return gap;
}

}  // namespace ncverify::measure
