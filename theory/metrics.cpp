#include "theory/metrics.hpp"

#include <cmath>

namespace ncverify::theory {

namespace {

bool certainly_above_zero(double value) {
    return value > 0;
}
bool certainly_above_zero(const Enclosure& value) {
    return certainly_positive(value);
}
bool exactly_zero(double value) {
    return value == 0;
}
bool exactly_zero(const Enclosure& value) {
    return arb_is_zero(value.data()) != 0;
}
double root(double value) {
    return std::sqrt(value);
}
Enclosure root(const Enclosure& value) {
    return sqrt_of_nonnegative(value);
}

template <typename Scalar>
Scalar number(const Rational& value) {
    return from_rational<Scalar>(value);
}

// A^-1 B for a positive definite A by elimination; nothing where a pivot is not certainly positive.
template <typename Scalar>
std::optional<Matrix<Scalar>> solve_definite(Matrix<Scalar> a, Matrix<Scalar> b) {
    const Eigen::Index size = a.rows();
    for (Eigen::Index p = 0; p < size; ++p) {
        if (!certainly_above_zero(a(p, p))) {
            return std::nullopt;
        }
        for (Eigen::Index i = p + 1; i < size; ++i) {
            const Scalar factor = a(i, p) / a(p, p);
            for (Eigen::Index j = p; j < size; ++j) {
                a(i, j) -= factor * a(p, j);
            }
            for (Eigen::Index j = 0; j < b.cols(); ++j) {
                b(i, j) -= factor * b(p, j);
            }
        }
    }
    for (Eigen::Index p = size - 1; p >= 0; --p) {
        for (Eigen::Index j = 0; j < b.cols(); ++j) {
            for (Eigen::Index i = p + 1; i < size; ++i) {
                b(p, j) -= a(p, i) * b(i, j);
            }
            b(p, j) /= a(p, p);
        }
    }
    return b;
}

// Distance of two matrices, each divided by its norm.
template <typename Scalar>
std::optional<Scalar> normalised_distance(const Matrix<Scalar>& a, const Matrix<Scalar>& b) {
    Scalar a_squared(0), b_squared(0), distance(0);
    for (Eigen::Index i = 0; i < a.size(); ++i) {
        a_squared += a(i) * a(i);
        b_squared += b(i) * b(i);
    }
    if (!certainly_above_zero(a_squared) || !certainly_above_zero(b_squared)) {
        return std::nullopt;
    }
    const Scalar a_norm = root(a_squared), b_norm = root(b_squared);
    for (Eigen::Index i = 0; i < a.size(); ++i) {
        const Scalar difference = a(i) / a_norm - b(i) / b_norm;
        distance += difference * difference;
    }
    return root(distance);
}

// The columns h_k - h_r that are not exactly zero, r being a class whose mean is zero if there is one, and
// the classes that they belong to.
template <typename Scalar>
std::pair<Matrix<Scalar>, std::vector<long>> differences(const Matrix<Scalar>& means) {
    const auto vanishes = [](const auto& column) {
        for (Eigen::Index i = 0; i < column.size(); ++i) {
            if (!exactly_zero(column(i))) {
                return false;
            }
        }
        return true;
    };
    Eigen::Index reference = means.cols() - 1;
    for (Eigen::Index k = 0; k < means.cols(); ++k) {
        if (vanishes(means.col(k))) {
            reference = k;
        }
    }
    std::vector<long> classes;
    Matrix<Scalar> columns(means.rows(), 0);
    for (Eigen::Index k = 0; k < means.cols(); ++k) {
        const Vector<Scalar> column = means.col(k) - means.col(reference);
        if (k != reference && !vanishes(column)) {
            classes.push_back(k);
            columns.conservativeResize(Eigen::NoChange, columns.cols() + 1);
            columns.col(columns.cols() - 1) = column;
        }
    }
    return {columns, classes};
}

}  // namespace

// With C the differences and w_k = n_k/N: h_k - h_G = C (e_k - w), so that S_B = C G C^T / K with
// G = I - 1 w^T - w 1^T + K w w^T, and by full-rank factors S_B^+ = K C Q^-1 G^-1 Q^-1 C^T, Q = C^T C.
template <typename Scalar>
std::optional<Scalar> nc1(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                          const Matrix<Scalar>& features) {
    const Matrix<Scalar> means = class_means(configuration, columns, features);
    const auto [basis, classes] = differences(means);
    const Eigen::Index rank = basis.cols();
    const Rational samples(configuration.samples());
    std::vector<int> parts(configuration.counts.size(), 0);
    for (const FeatureColumn& column : columns) {
        ++parts[static_cast<std::size_t>(column.label)];
    }
    Matrix<Scalar> within = Matrix<Scalar>::Constant(rank, rank, Scalar(0));  // C^T S_W C
    bool spread = false;
    for (std::size_t j = 0; j < columns.size(); ++j) {
        if (parts[static_cast<std::size_t>(columns[j].label)] == 1) {
            continue;  // the mean itself
        }
        const Vector<Scalar> off = features.col(static_cast<Eigen::Index>(j)) - means.col(columns[j].label);
        Vector<Scalar> seen = Vector<Scalar>::Constant(rank, Scalar(0));
        for (Eigen::Index i = 0; i < off.size(); ++i) {
            spread = spread || !exactly_zero(off(i));
            for (Eigen::Index r = 0; r < rank; ++r) {
                seen(r) += basis(i, r) * off(i);
            }
        }
        const Scalar share = number<Scalar>(columns[j].weight / samples);
        for (Eigen::Index r = 0; r < rank; ++r) {
            for (Eigen::Index s = 0; s < rank; ++s) {
                within(r, s) += share * seen(r) * seen(s);
            }
        }
    }
    if (rank == 0 || !spread) {
        return Scalar(0);
    }
    Matrix<Scalar> gram(rank, rank), centring(rank, rank);
    const auto weight = [&, &chosen = classes](Eigen::Index r) {  // clang 14 captures no structured binding
        const auto k = static_cast<std::size_t>(chosen[static_cast<std::size_t>(r)]);
        return Rational(configuration.counts[k] / samples);
    };
    for (Eigen::Index r = 0; r < rank; ++r) {
        for (Eigen::Index s = 0; s < rank; ++s) {
            Scalar inner(0);
            for (Eigen::Index i = 0; i < basis.rows(); ++i) {
                inner += basis(i, r) * basis(i, s);
            }
            gram(r, s) = inner;
            centring(r, s) = number<Scalar>((r == s ? 1 : 0) - weight(r) - weight(s) +
                                            configuration.classes() * weight(r) * weight(s));
        }
    }
    const auto half = solve_definite<Scalar>(gram, within);
    const auto both = half ? solve_definite<Scalar>(gram, half->transpose()) : std::nullopt;
    const auto all = both ? solve_definite<Scalar>(centring, *both) : std::nullopt;
    if (!all) {
        return std::nullopt;
    }
    Scalar trace(0);
    for (Eigen::Index r = 0; r < rank; ++r) {
        trace += (*all)(r, r);
    }
    return trace;
}

template <typename Scalar>
std::optional<Scalar> nc2(const Configuration& configuration, const Matrix<Scalar>& classifier,
                          const Matrix<Scalar>& means) {
    const Scalar classes(static_cast<double>(configuration.classes()));
    Matrix<Scalar> structure(classifier.rows(), classifier.cols());
    std::vector<Scalar> roots;
    for (const long long count : configuration.counts) {
        roots.push_back(root(number<Scalar>(Rational(count))));
    }
    for (Eigen::Index i = 0; i < classifier.cols(); ++i) {
        Scalar sum(0);
        for (Eigen::Index m = 0; m < classifier.rows(); ++m) {
            sum += roots[static_cast<std::size_t>(m)] * means(i, m);
        }
        for (Eigen::Index k = 0; k < classifier.rows(); ++k) {
            structure(k, i) = classes * roots[static_cast<std::size_t>(k)] * means(i, k) - sum;
        }
    }
    return normalised_distance(classifier, structure);
}

template <typename Scalar>
std::optional<Scalar> nc3(const Matrix<Scalar>& logits, const std::vector<Scalar>& margins) {
    const long classes = logits.rows();
    const Scalar own = number<Scalar>(Rational(classes - 1, classes));
    const Scalar other = number<Scalar>(Rational(-1, classes));
    Matrix<Scalar> structure(classes, classes);
    for (long k = 0; k < classes; ++k) {
        for (long m = 0; m < classes; ++m) {
            structure(m, k) = (m == k ? own : other) * margins[static_cast<std::size_t>(k)];
        }
    }
    return normalised_distance(logits, structure);
}

#define NCVERIFY_INSTANTIATE(Scalar)                                                                        \
    template std::optional<Scalar> nc1(const Configuration&, const std::vector<FeatureColumn>&,             \
                                       const Matrix<Scalar>&);                                              \
    template std::optional<Scalar> nc2(const Configuration&, const Matrix<Scalar>&, const Matrix<Scalar>&); \
    template std::optional<Scalar> nc3(const Matrix<Scalar>&, const std::vector<Scalar>&);
NCVERIFY_INSTANTIATE(double)
NCVERIFY_INSTANTIATE(Enclosure)
#undef NCVERIFY_INSTANTIATE

}  // namespace ncverify::theory
