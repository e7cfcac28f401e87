#include "certificates/leaf_box.hpp"

#include <Eigen/QR>

namespace ncverify::certificates {

namespace {

constexpr int contractions = 20;  // of the lengths' intervals; more change nothing

// Undefined where one of them is: comparisons are false of it, and would let it go.
Enclosure least(const Enclosure& a, const Enclosure& b) {
    const bool undefined = arf_is_nan(arb_midref(a.data())) != 0;
    return undefined || certainly_less(a, b) ? a : b;
}

Enclosure around_zero(const Enclosure& radius) {
    return Enclosure::hull(-radius, radius);
}

// Unit vectors of one cone: what a linear function takes on them.
class UnitCone {
  public:
    explicit UnitCone(const Cone& cone) {
        for (const ConeGenerator& generator : cone) {
            Vector<Enclosure> unit(static_cast<Eigen::Index>(generator.entries.size()));
            Enclosure square(0);
            for (std::size_t k = 0; k < generator.entries.size(); ++k) {
                const auto entry = from_integer<Enclosure>(generator.entries[k]);
                unit(static_cast<Eigen::Index>(k)) = entry;
                square += entry * entry;
            }
            const Enclosure norm = sqrt(square);
            for (Enclosure& entry : unit) {
                entry /= norm;
            }
            generators_.push_back(std::move(unit));
        }
        // |sum a_j u_j|^2 >= min u_j.u_q where sum a_j = 1, a >= 0.
        Enclosure smallest(1);
        for (std::size_t j = 0; j < generators_.size(); ++j) {
            for (std::size_t q = 0; q < j; ++q) {
                Enclosure product(0);
                for (Eigen::Index k = 0; k < generators_[j].size(); ++k) {
                    product += generators_[j](k) * generators_[q](k);
                }
                smallest = least(product.lower(), smallest);
            }
        }
        narrow_ = certainly_positive(smallest);
        if (narrow_) {
            stretch_ = Enclosure::hull(Enclosure(1), Enclosure(1) / sqrt(smallest));
        }
    }

    bool narrow() const { return narrow_; }

    // Encloses coefficients.v over unit vectors v of the cone.
    Enclosure range(const Vector<Enclosure>& coefficients) const {
        Enclosure low, high;
        for (std::size_t j = 0; j < generators_.size(); ++j) {
            Enclosure value(0);
            for (Eigen::Index k = 0; k < coefficients.size(); ++k) {
                value += coefficients(k) * generators_[j](k);
            }
            low = j == 0 ? value.lower() : least(value.lower(), low);
            high = j == 0 ? value.upper() : -least(-value.upper(), -high);
        }
        return Enclosure::hull(low, high) * stretch_;
    }

  private:
    std::vector<Vector<Enclosure>> generators_;
    Enclosure stretch_;  // of a convex combination of the generators to a unit vector
    bool narrow_ = false;
};

Vector<Enclosure> difference(long classes, long plus, long minus) {
    Vector<Enclosure> result = Vector<Enclosure>::Constant(classes, Enclosure(0));
    result(plus) += Enclosure(1);
    result(minus) -= Enclosure(1);
    return result;
}

// sum_i rows(r, i) x_i lies in right(r): intervals of x_i within [0, most]. Nothing where some x_i has none.
std::optional<Vector<Enclosure>> nonnegative_solution(Matrix<Enclosure> rows, const Vector<Enclosure>& right,
                                                      const Enclosure& most) {
    // Of x in units of `most`: decays of 1e200 and 1e-200 would leave the rows beyond the doubles.
    const Enclosure unit = most.midpoint(), largest = most / unit;
    for (Enclosure& entry : rows.reshaped()) {
        entry *= unit;
    }
    Eigen::MatrixXd middle(rows.rows(), rows.cols());
    for (Eigen::Index r = 0; r < rows.rows(); ++r) {
        for (Eigen::Index i = 0; i < rows.cols(); ++i) {
            middle(r, i) = middle_double(rows(r, i));
        }
    }
    // Any left inverse will do: x = S right + (I - S rows) x.
    const Eigen::MatrixXd inverse = middle.completeOrthogonalDecomposition().pseudoInverse();
    const Eigen::Index size = rows.cols();
    Vector<Enclosure> x = Vector<Enclosure>::Constant(size, Enclosure::hull(Enclosure(0), largest));
    const int rounds = inverse.allFinite() ? contractions : 0;
    Vector<Enclosure> constant = Vector<Enclosure>::Constant(size, Enclosure(0));
    Matrix<Enclosure> rest = Matrix<Enclosure>::Constant(size, size, Enclosure(0));
    for (Eigen::Index i = 0; i < size; ++i) {
        rest(i, i) = Enclosure(1);
        for (Eigen::Index r = 0; r < rows.rows(); ++r) {
            constant(i) += Enclosure(inverse(i, r)) * right(r);
            for (Eigen::Index j = 0; j < size; ++j) {
                rest(i, j) -= Enclosure(inverse(i, r)) * rows(r, j);
            }
        }
    }
    for (int round = 0; round < rounds; ++round) {
        for (Eigen::Index i = 0; i < size; ++i) {
            Enclosure next = constant(i);
            for (Eigen::Index j = 0; j < size; ++j) {
                next += rest(i, j) * x(j);
            }
            const std::optional<Enclosure> both = intersection(x(i), next);
            if (!both) {
                return std::nullopt;
            }
            x(i) = *both;
        }
    }
    for (Enclosure& entry : x) {
        entry *= unit;
    }
    return x;
}

// Entries of a softmax q with KL(p||q) <= divergence: |q - p| <= sqrt(divergence/2) (Pinsker) and
// |sqrt q - sqrt p| <= sqrt(divergence) (Hellinger), the better one where p is small.
Enclosure softmax_range(const Enclosure& p, const Enclosure& divergence) {
    const Enclosure off = sqrt(divergence / Enclosure(2));
    const Enclosure root = sqrt_of_nonnegative(p), step = sqrt(divergence);
    const Enclosure least_root = positive_part(root - step), most_root = root + step;
    const Enclosure near = Enclosure::hull(p - off, p + off);
    const Enclosure hellinger = Enclosure::hull(least_root * least_root, most_root * most_root);
    return intersection(near, hellinger).value_or(near);
}

}  // namespace

double middle_double(const Enclosure& x) {
    return arf_get_d(arb_midref(x.data()), ARF_RND_NEAR);
}

std::optional<Enclosure> intersection(const Enclosure& a, const Enclosure& b) {
    const Enclosure low = -least(-a.lower(), -b.lower()), high = least(a.upper(), b.upper());
    if (certainly_less(high, low)) {
        return std::nullopt;
    }
    return Enclosure::hull(low, high);
}

Enclosure positive_part(const Enclosure& x) {
    Enclosure zero(0);
    if (!is_finite(x)) {
        return Enclosure::hull(zero, x);  // or undefined, as x is
    }
    if (!certainly_positive(x.upper())) {
        return zero;
    }
    return Enclosure::hull(certainly_positive(x.lower()) ? x.lower() : zero, x.upper());
}

std::optional<PointBox> leaf_box(const Configuration& configuration, const std::vector<Cone>& cones,
                                 const Matrix<Enclosure>& probabilities, const Enclosure& gap,
                                 const Enclosure& loss) {
    const Eigen::Index classes = probabilities.rows(), dimension = static_cast<Eigen::Index>(cones.size());
    const auto lambda_w = from_rational<Enclosure>(configuration.lambda_w);
    const auto lambda_h = from_rational<Enclosure>(configuration.lambda_h);
    const auto samples = from_integer<Enclosure>(configuration.samples());
    const Enclosure longest_squared = Enclosure(2) * loss / lambda_w;  // of W
    std::vector<UnitCone> units;
    for (const Cone& cone : cones) {
        units.emplace_back(cone);
        if (!units.back().narrow()) {
            return std::nullopt;
        }
    }
    // h_ik = |w_i| pull(i, k) + an error of at most slack(k).
    Matrix<Enclosure> pull(dimension, classes);
    Vector<Enclosure> slack(classes);
    Matrix<Enclosure> rows(classes * (classes - 1), dimension);
    Vector<Enclosure> right(rows.rows());
    Eigen::Index row = 0;
    for (Eigen::Index k = 0; k < classes; ++k) {
        const auto count = from_integer<Enclosure>(configuration.counts[static_cast<std::size_t>(k)]);
        const Enclosure omega =
            configuration.weighted()
                ? weight_value<Enclosure>(configuration.weights[static_cast<std::size_t>(k)])
                : Enclosure(1);
        const Enclosure share = omega * count / samples;
        slack(k) = sqrt(Enclosure(2) * gap / (lambda_h * count));
        for (Eigen::Index i = 0; i < dimension; ++i) {
            Vector<Enclosure> t = -probabilities.row(k).transpose();
            t(k) += Enclosure(1);
            pull(i, k) =
                positive_part(units[static_cast<std::size_t>(i)].range(t)) * omega / (samples * lambda_h);
        }
        const auto log_softmax = [&](Eigen::Index m) -> std::optional<Enclosure> {
            const Enclosure range = softmax_range(probabilities(k, m), gap / share);
            return certainly_positive(range) ? std::optional(log(range)) : std::nullopt;
        };
        const std::optional<Enclosure> own = log_softmax(k);
        for (Eigen::Index m = 0; m < classes; ++m) {
            if (m == k) {
                continue;
            }
            const std::optional<Enclosure> other = log_softmax(m);
            if (!own || !other) {
                return std::nullopt;
            }
            right(row) = *other - *own + around_zero(sqrt(Enclosure(2) * longest_squared) * slack(k));
            for (Eigen::Index i = 0; i < dimension; ++i) {
                rows(row, i) =
                    units[static_cast<std::size_t>(i)].range(difference(classes, m, k)) * pull(i, k);
            }
            ++row;
        }
    }
    PointBox box{Matrix<Enclosure>(classes, dimension), Matrix<Enclosure>(dimension, classes)};
    const std::optional<Vector<Enclosure>> squared = nonnegative_solution(rows, right, longest_squared);
    if (!squared) {
        box.empty = true;
        return box;
    }
    for (Eigen::Index i = 0; i < dimension; ++i) {
        const Enclosure length = sqrt_of_nonnegative((*squared)(i));
        for (Eigen::Index k = 0; k < classes; ++k) {
            Vector<Enclosure> entry = Vector<Enclosure>::Constant(classes, Enclosure(0));
            entry(k) = Enclosure(1);
            box.classifier(k, i) = length * units[static_cast<std::size_t>(i)].range(entry);
            box.features(i, k) = positive_part(length * pull(i, k) + around_zero(slack(k)));
        }
    }
    return box;
}

}  // namespace ncverify::certificates
