#include "problem/objective.hpp"

#include <cmath>

#include "problem/errors.hpp"

namespace ncverify {

namespace {

using std::exp;
using std::log;
using std::log1p;

// An index of a largest entry; for enclosures, of a largest midpoint. It only steers against overflow, so any
// choice gives a correct result.
template <typename Scalar>
Eigen::Index pivot(const Vector<Scalar>& values) {
    Eigen::Index best = 0;
    for (Eigen::Index m = 1; m < values.size(); ++m) {
        if constexpr (std::is_same_v<Scalar, Enclosure>) {
            if (arf_cmp(arb_midref(values[m].data()), arb_midref(values[best].data())) > 0) {
                best = m;
            }
        } else if (values[m] > values[best]) {
            best = m;
        }
    }
    return best;
}

template <typename Scalar>
bool is_zero(const Scalar& value) {
    if constexpr (std::is_same_v<Scalar, Enclosure>) {
        return arb_is_zero(value.data()) != 0;
    } else {
        return value == 0;
    }
}

template <typename Scalar>
Vector<Scalar> logits_of(const Matrix<Scalar>& classifier, const Matrix<Scalar>& features,
                         Eigen::Index column) {
    Vector<Scalar> logits = Vector<Scalar>::Constant(classifier.rows(), Scalar(0));
    for (Eigen::Index i = 0; i < features.rows(); ++i) {
        if (!is_zero(features(i, column))) {
            for (Eigen::Index m = 0; m < classifier.rows(); ++m) {
                logits[m] += classifier(m, i) * features(i, column);
            }
        }
    }
    return logits;
}

template <typename Scalar>
Scalar omega(const Configuration& configuration, const FeatureColumn& column) {
    return weight_value<Scalar>(configuration.weights[static_cast<std::size_t>(column.label)]);
}

template <typename Scalar>
Scalar squared_norm(const Matrix<Scalar>& matrix) {
    Scalar sum(0);
    for (Eigen::Index j = 0; j < matrix.cols(); ++j) {
        for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
            if (!is_zero(matrix(i, j))) {
                sum += matrix(i, j) * matrix(i, j);
            }
        }
    }
    return sum;
}

// A sum of exponentials. Those of numbers so close together that exp(delta) is 1 + delta to the working
// precision are one exponential and a sum: |exp(delta) - 1 - delta| <= delta^2 for |delta| <= 1. At a
// minimiser all logits but one agree to about the precision that it was found to.
class ExponentialSum {
  public:
    void add(const Enclosure& number) {
        if (taken_ == 0 || !take(number)) {
            finish();
            reference_ = number.midpoint();
            if (!take(number)) {
                total_ += exp(number);
            }
        }
    }
    Enclosure total() {
        finish();
        return total_;
    }

  private:
    // Whether the number was close enough to the reference.
    bool take(const Enclosure& number) {
        const Enclosure delta = number - reference_;
        mag_t size;
        mag_init(size);
        arb_get_mag(size, delta.data());
        const bool close = mag_cmp_2exp_si(size, -Enclosure::precision() / 2) < 0;
        if (close) {
            ++taken_;
            deltas_ += delta;
            mag_mul(size, size, size);
            arb_add_error_mag(deltas_.data(), size);
        }
        mag_clear(size);
        return close;
    }
    void finish() {
        if (taken_ > 0) {
            total_ += exp(reference_) * (Enclosure(taken_) + deltas_);
            deltas_ = Enclosure(0);
            taken_ = 0;
        }
    }

    Enclosure reference_, deltas_, total_;
    long taken_ = 0;
};

}  // namespace

std::vector<FeatureColumn> feature_columns(const Configuration& configuration, Formulation formulation,
                                           long long largest_columns) {
    std::vector<FeatureColumn> columns;
    if (formulation == Formulation::class_means) {
        for (long k = 0; k < configuration.classes(); ++k) {
            columns.push_back({k, configuration.counts[static_cast<std::size_t>(k)]});
        }
        return columns;
    }
    if (configuration.samples() > largest_columns) {
        throw InputError(configuration.samples().str() + " samples", "counts",
                         "at most " + std::to_string(largest_columns) + " in the samples form");
    }
    for (long k = 0; k < configuration.classes(); ++k) {
        columns.insert(columns.end(),
                       static_cast<std::size_t>(configuration.counts[static_cast<std::size_t>(k)]), {k, 1});
    }
    return columns;
}

template <typename Scalar>
Matrix<Scalar> class_means(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                           const Matrix<Scalar>& features) {
    Matrix<Scalar> means = Matrix<Scalar>::Constant(features.rows(), configuration.classes(), Scalar(0));
    for (std::size_t j = 0; j < columns.size(); ++j) {
        const Scalar share = from_rational<Scalar>(
            Rational(columns[j].weight, configuration.counts[static_cast<std::size_t>(columns[j].label)]));
        for (Eigen::Index i = 0; i < features.rows(); ++i) {
            const Scalar& feature = features(i, static_cast<Eigen::Index>(j));
            if (!is_zero(feature)) {
                means(i, columns[j].label) += share * feature;
            }
        }
    }
    return means;
}

template <typename Scalar>
Scalar cross_entropy(const Vector<Scalar>& logits, long label) {
    const Eigen::Index top = pivot(logits);
    Scalar others(0);
    if constexpr (std::is_same_v<Scalar, Enclosure>) {
        ExponentialSum sum;
        for (Eigen::Index m = 0; m < logits.size(); ++m) {
            if (m != top) {
                sum.add(logits[m] - logits[top]);
            }
        }
        others = sum.total();
    } else {
        for (Eigen::Index m = 0; m < logits.size(); ++m) {
            if (m != top) {
                others += exp(Scalar(logits[m] - logits[top]));
            }
        }
    }
    // x - x is not zero for an enclosure x, and may dwarf a tiny loss.
    return top == label ? log1p(others) : Scalar(log1p(others) + (logits[top] - logits[label]));
}

template <typename Scalar>
Vector<Scalar> softmax_residual(const Vector<Scalar>& logits, long label) {
    const Eigen::Index top = pivot(logits);
    Vector<Scalar> residual(logits.size());
    Scalar total(0);
    for (Eigen::Index m = 0; m < logits.size(); ++m) {
        residual[m] = m == top ? Scalar(1) : exp(Scalar(logits[m] - logits[top]));
        total += residual[m];
    }
    Scalar others(0);
    for (Eigen::Index m = 0; m < logits.size(); ++m) {
        residual[m] /= total;
        if (m != label) {
            others += residual[m];
        }
    }
    residual[label] = -others;
    return residual;
}

template <typename Scalar>
Scalar objective(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                 const Matrix<Scalar>& classifier, const Matrix<Scalar>& features) {
    Scalar data(0), ridge(0);
    for (std::size_t j = 0; j < columns.size(); ++j) {
        const auto column = static_cast<Eigen::Index>(j);
        const Scalar weight = from_integer<Scalar>(columns[j].weight);
        data +=
            (configuration.weighted() ? Scalar(weight * omega<Scalar>(configuration, columns[j])) : weight) *
            cross_entropy(logits_of(classifier, features, column), columns[j].label);
        ridge += weight * squared_norm<Scalar>(features.col(column));
    }
    return data / from_integer<Scalar>(configuration.samples()) +
           from_rational<Scalar>(configuration.lambda_w / 2) * squared_norm(classifier) +
           from_rational<Scalar>(configuration.lambda_h / 2) * ridge;
}

template <typename Scalar>
Gradient<Scalar> gradient(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                          const Matrix<Scalar>& classifier, const Matrix<Scalar>& features) {
    const Scalar lambda_w = from_rational<Scalar>(configuration.lambda_w);
    Gradient<Scalar> result{classifier, features};
    for (Eigen::Index i = 0; i < classifier.size(); ++i) {
        result.classifier.data()[i] *= lambda_w;
    }
    for (std::size_t j = 0; j < columns.size(); ++j) {
        const auto column = static_cast<Eigen::Index>(j);
        const Scalar ridge = from_rational<Scalar>(configuration.lambda_h * columns[j].weight);
        Scalar share = from_rational<Scalar>(Rational(Integer(columns[j].weight), configuration.samples()));
        if (configuration.weighted()) {
            share *= omega<Scalar>(configuration, columns[j]);
        }
        Vector<Scalar> residual = softmax_residual(logits_of(classifier, features, column), columns[j].label);
        for (Eigen::Index m = 0; m < residual.size(); ++m) {
            residual[m] *= share;
        }
        for (Eigen::Index i = 0; i < features.rows(); ++i) {
            Scalar slope = ridge * features(i, column);
            const bool used = !is_zero(features(i, column));
            for (Eigen::Index m = 0; m < residual.size(); ++m) {
                slope += classifier(m, i) * residual[m];
                if (used) {
                    result.classifier(m, i) += residual[m] * features(i, column);
                }
            }
            result.features(i, column) = slope;
        }
    }
    return result;
}

#define NCVERIFY_INSTANTIATE(Scalar)                                                             \
    template Matrix<Scalar> class_means(const Configuration&, const std::vector<FeatureColumn>&, \
                                        const Matrix<Scalar>&);                                  \
    template Scalar cross_entropy(const Vector<Scalar>&, long);                                  \
    template Vector<Scalar> softmax_residual(const Vector<Scalar>&, long);                       \
    template Scalar objective(const Configuration&, const std::vector<FeatureColumn>&,           \
                              const Matrix<Scalar>&, const Matrix<Scalar>&);                     \
    template Gradient<Scalar> gradient(const Configuration&, const std::vector<FeatureColumn>&,  \
                                       const Matrix<Scalar>&, const Matrix<Scalar>&);
NCVERIFY_INSTANTIATE(float)
NCVERIFY_INSTANTIATE(double)
NCVERIFY_INSTANTIATE(Multiprecision)
NCVERIFY_INSTANTIATE(Enclosure)
#undef NCVERIFY_INSTANTIATE

}  // namespace ncverify
