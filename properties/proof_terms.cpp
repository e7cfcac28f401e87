#include "properties/proof_terms.hpp"

#include <algorithm>

#include "theory/closed_form.hpp"

namespace ncverify::properties {

namespace {

// u = sum_m w_m.
Vector<Enclosure> row_sum(const Matrix<Enclosure>& classifier) {
    Vector<Enclosure> sum = Vector<Enclosure>::Constant(classifier.cols(), Enclosure(0));
    for (Eigen::Index i = 0; i < classifier.cols(); ++i) {
        for (Eigen::Index m = 0; m < classifier.rows(); ++m) {
            sum[i] += classifier(m, i);
        }
    }
    return sum;
}

}  // namespace

ProofTerms proof_terms(const Configuration& configuration) {
    ProofTerms terms;
    const Integer K(configuration.classes());
    terms.classes = Enclosure(configuration.classes());
    terms.others = Enclosure(configuration.classes() - 1);
    terms.samples = from_rational<Enclosure>(Rational(configuration.samples()));
    terms.lambda_w = from_rational<Enclosure>(configuration.lambda_w);
    terms.lambda_h = from_rational<Enclosure>(configuration.lambda_h);
    terms.growth = sqrt(from_rational<Enclosure>(Rational(K, Integer(K - 1)) * configuration.lambda_h /
                                                 configuration.lambda_w));
    terms.c = sqrt(from_rational<Enclosure>(configuration.c_squared()));
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        terms.counts.emplace_back(static_cast<long>(configuration.counts[k]));
        terms.roots.push_back(sqrt(terms.counts.back()));
    }
    terms.least_root = sqrt(Enclosure(
        static_cast<long>(*std::min_element(configuration.counts.begin(), configuration.counts.end()))));
    return terms;
}

Enclosure log_term(const ProofTerms& terms, const Enclosure& x) {
    return log1p(terms.others * exp(x));
}

Enclosure second_constant(const ProofTerms& terms, const Enclosure& t) {
    const Enclosure one(1);
    return log((one + t) * terms.others) / (one + t) + t / (one + t) * log1p(one / t);
}

Enclosure second_constants(const ProofTerms& terms, const Enclosure& c1) {
    Enclosure sum(0);
    for (std::size_t k = 0; k < terms.counts.size(); ++k) {
        sum += terms.counts[k] / terms.samples * second_constant(terms, terms.roots[k] / c1 - Enclosure(1));
    }
    return sum;
}

std::vector<Enclosure> exponents(const ProofTerms& terms, const std::vector<FeatureColumn>& columns,
                                 const FeasiblePoint& point) {
    const Vector<Enclosure> sum = row_sum(point.classifier);
    std::vector<Enclosure> result;
    for (std::size_t j = 0; j < columns.size(); ++j) {
        const auto column = static_cast<Eigen::Index>(j);
        Enclosure exponent(0);
        for (Eigen::Index i = 0; i < point.features.rows(); ++i) {
            if (!is_exact_zero(point.features(i, column))) {
                exponent += (sum[i] - terms.classes * point.classifier(columns[j].label, i)) *
                            point.features(i, column);
            }
        }
        result.push_back(exponent / terms.others);
    }
    return result;
}

Enclosure mean_loss(const ProofTerms& terms, const std::vector<Enclosure>& exponents) {
    Enclosure sum(0);
    for (std::size_t k = 0; k < exponents.size(); ++k) {
        sum += terms.counts[k] * log_term(terms, exponents[k]);
    }
    return sum / terms.samples;
}

Enclosure squared_norm(const Matrix<Enclosure>& matrix) {
    Enclosure sum(0);
    for (Eigen::Index i = 0; i < matrix.size(); ++i) {
        if (!is_exact_zero(matrix.data()[i])) {
            sum += matrix.data()[i] * matrix.data()[i];
        }
    }
    return sum;
}

Enclosure weighted_features(const ProofTerms& terms, const Matrix<Enclosure>& features) {
    Enclosure sum(0);
    for (Eigen::Index k = 0; k < features.cols(); ++k) {
        sum += terms.counts[static_cast<std::size_t>(k)] * squared_norm(features.col(k));
    }
    return sum;
}

Enclosure lower_loss(const Configuration& configuration, const ProofTerms& terms,
                     const FeasiblePoint& point) {
    const auto columns = feature_columns(configuration, Formulation::class_means);
    return mean_loss(terms, exponents(terms, columns, point)) +
           (terms.lambda_w * squared_norm(point.classifier) +
            terms.lambda_h * weighted_features(terms, point.features)) /
               Enclosure(2);
}

Gradient<Enclosure> lower_gradient(const Configuration& configuration, const ProofTerms& terms,
                                   const FeasiblePoint& point) {
    const auto columns = feature_columns(configuration, Formulation::class_means);
    const std::vector<Enclosure> exponent = exponents(terms, columns, point);
    const Vector<Enclosure> sum = row_sum(point.classifier);
    Gradient<Enclosure> result{point.classifier, point.features};
    for (Eigen::Index i = 0; i < point.classifier.size(); ++i) {
        result.classifier.data()[i] *= terms.lambda_w;
    }
    for (Eigen::Index k = 0; k < point.features.cols(); ++k) {
        const auto index = static_cast<std::size_t>(k);
        // d/dx log(1+(K-1)e^x), and dx/dz_m = 1/(K-1) but -1 at m = k.
        const Enclosure slope =
            terms.counts[index] / terms.samples / (Enclosure(1) + exp(-exponent[index]) / terms.others);
        const Enclosure other = slope / terms.others;
        for (Eigen::Index i = 0; i < point.features.rows(); ++i) {
            const Enclosure& h = point.features(i, k);
            result.features(i, k) = other * (sum[i] - terms.classes * point.classifier(k, i)) +
                                    terms.lambda_h * terms.counts[index] * h;
            if (!is_exact_zero(h)) {
                for (Eigen::Index m = 0; m < point.classifier.rows(); ++m) {
                    result.classifier(m, i) += (m == k ? -slope : other) * h;
                }
            }
        }
    }
    return result;
}

Vector<Enclosure> feature_sum(const ProofTerms& terms, const Matrix<Enclosure>& features) {
    Vector<Enclosure> sum = Vector<Enclosure>::Constant(features.rows(), Enclosure(0));
    for (Eigen::Index k = 0; k < features.cols(); ++k) {
        for (Eigen::Index i = 0; i < features.rows(); ++i) {
            if (!is_exact_zero(features(i, k))) {
                sum[i] += terms.roots[static_cast<std::size_t>(k)] * features(i, k);
            }
        }
    }
    return sum;
}

Matrix<Enclosure> hat_features(const ProofTerms& terms, const Matrix<Enclosure>& features) {
    const Vector<Enclosure> sum = feature_sum(terms, features);
    Matrix<Enclosure> result(features.rows(), features.cols());
    for (Eigen::Index m = 0; m < features.cols(); ++m) {
        const Enclosure factor = terms.classes * terms.roots[static_cast<std::size_t>(m)];
        for (Eigen::Index i = 0; i < features.rows(); ++i) {
            result(i, m) = is_exact_zero(features(i, m)) ? sum[i] : sum[i] - factor * features(i, m);
        }
    }
    return result;
}

FeasiblePoint class_mean_point(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                               const FeasiblePoint& point) {
    FeasiblePoint means{
        point.name, point.classifier,
        Matrix<Enclosure>::Constant(point.features.rows(), configuration.classes(), Enclosure(0))};
    for (std::size_t j = 0; j < columns.size(); ++j) {
        const auto column = static_cast<Eigen::Index>(j);
        const Enclosure count(
            static_cast<long>(configuration.counts[static_cast<std::size_t>(columns[j].label)]));
        for (Eigen::Index i = 0; i < point.features.rows(); ++i) {
            if (!is_exact_zero(point.features(i, column))) {
                means.features(i, columns[j].label) += point.features(i, column) / count;
            }
        }
    }
    return means;
}

Enclosure class_bound(const ProofTerms& terms, std::size_t k, const Enclosure& x) {
    return terms.counts[k] / terms.samples * log_term(terms, -terms.growth * terms.roots[k] * x) +
           terms.lambda_h * terms.counts[k] * x;
}

Enclosure best_norm(const Configuration& configuration, const ProofTerms& terms, std::size_t k) {
    if (theory::collapsed(configuration, static_cast<long>(k))) {
        return Enclosure(0);
    }
    return (log(terms.others) + log(terms.roots[k] / terms.c - Enclosure(1))) /
           (terms.growth * terms.roots[k]);
}

Enclosure scale_or_one(const Enclosure& value) {
    return certainly_positive(value) ? value : Enclosure(1);
}

}  // namespace ncverify::properties
