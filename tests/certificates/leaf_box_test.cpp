// The box that a gap leaves in a leaf's cones holds what it should, and a leaf's bound is one: both on points
// drawn at random.
#include "certificates/leaf_box.hpp"

#include <catch2/catch.hpp>

#include "certificates/tree_check.hpp"
#include "problem/random.hpp"
#include "properties/proven_minimum.hpp"

using namespace ncverify;
using namespace ncverify::certificates;

namespace {

struct Problem {
    Configuration configuration;
    TreeCertificate certificate;
};

Problem proven(const Configuration& configuration) {
    solvers::SolveOptions options;
    options.digits = 20;
    properties::CertifiedSolution solution = properties::solve_and_certify(configuration, options);
    const auto minimum = properties::prove_minimum(configuration, options, {}, solution);
    REQUIRE(minimum);
    REQUIRE(minimum->bounds.feasible);
    return {configuration, minimum->certificate};
}

const std::vector<Problem>& problems() {
    static const std::vector<Problem> all = {
        proven(make_configuration({1, 1, 1}, "1/30", "1/30", 2)),
        proven(make_configuration({5, 2, 1}, "1/30", "1/20", 2)),
        proven(with_weights(make_configuration({4, 1, 1}, "1/50", "1/50", 1), {"1/2", "sqrt2", "1"})),
        proven(make_configuration({1, 1, 1, 1}, "1/30", "1/30", 1))};
    return all;
}

Matrix<Enclosure> enclosed(const std::vector<std::vector<Integer>>& rows, long bits) {
    const auto size = static_cast<Eigen::Index>(rows.size());
    Matrix<Enclosure> result(size, size);
    for (Eigen::Index k = 0; k < size; ++k) {
        for (Eigen::Index m = 0; m < size; ++m) {
            result(k, m) = from_rational<Enclosure>(
                Rational(rows[static_cast<std::size_t>(k)][static_cast<std::size_t>(m)],
                         Integer(1) << static_cast<unsigned>(bits)));
        }
    }
    return result;
}

Enclosure omega(const Configuration& configuration, std::size_t k) {
    return configuration.weighted() ? weight_value<Enclosure>(configuration.weights[k]) : Enclosure(1);
}

Enclosure entropy_of(const Configuration& configuration, const Matrix<Enclosure>& probabilities) {
    Enclosure total(0);
    for (Eigen::Index k = 0; k < probabilities.rows(); ++k) {
        const auto index = static_cast<std::size_t>(k);
        for (const Enclosure& p : probabilities.row(k)) {
            if (certainly_positive(p)) {
                total -= omega(configuration, index) *
                         Enclosure(static_cast<long>(configuration.counts[index])) * p * log(p);
            }
        }
    }
    return total / from_integer<Enclosure>(configuration.samples());
}

// omega_k t_k(w_i)_+ / (N lH): where the loss of a column w_i at these probabilities is least in h_ki.
Enclosure pulled(const Configuration& configuration, const Matrix<Enclosure>& probabilities,
                 const Matrix<Enclosure>& classifier, Eigen::Index i, Eigen::Index k) {
    Enclosure gain = classifier(k, i);
    for (Eigen::Index m = 0; m < classifier.rows(); ++m) {
        gain -= probabilities(k, m) * classifier(m, i);
    }
    const auto ridge = from_rational<Enclosure>(configuration.lambda_h * Rational(configuration.samples()));
    return positive_part(gain * omega(configuration, static_cast<std::size_t>(k)) / ridge);
}

// A part of each cone: halved some times, as a tree would be.
std::vector<Cone> part_of(std::vector<Cone> cones, int halvings, Random& random) {
    for (int halving = 0; halving < halvings && cones.front().size() > 1; ++halving) {
        for (Cone& cone : cones) {
            const std::size_t size = cone.size(), first = random.next() % size,
                              second = (first + 1 + random.next() % (size - 1)) % size;
            cone[first] = middle(cone[first], cone[second]);
        }
    }
    return cones;
}

// Columns of the cones at random, their edges too, of about these lengths.
Matrix<Enclosure> columns_in(const std::vector<Cone>& cones, const std::vector<double>& lengths,
                             Random& random) {
    const auto classes = static_cast<Eigen::Index>(cones.front().front().entries.size());
    Matrix<Enclosure> result(classes, static_cast<Eigen::Index>(cones.size()));
    for (Eigen::Index i = 0; i < result.cols(); ++i) {
        Vector<Enclosure> column = Vector<Enclosure>::Constant(classes, Enclosure(0));
        for (const ConeGenerator& generator : cones[static_cast<std::size_t>(i)]) {
            Enclosure share(random.next() % 4 == 0 ? 1e-9 : random.uniform());
            arb_mul_2exp_si(share.data(), share.data(), -generator.exponent);
            for (Eigen::Index k = 0; k < classes; ++k) {
                column[k] += share * from_integer<Enclosure>(generator.entries[static_cast<std::size_t>(k)]);
            }
        }
        Enclosure square(0);
        for (const Enclosure& entry : column) {
            square += entry * entry;
        }
        const double length = lengths[static_cast<std::size_t>(i)] * (0.9 + 0.2 * random.uniform());
        for (Eigen::Index k = 0; k < classes; ++k) {
            result(k, i) = column[k] * Enclosure(length) / sqrt(square);
        }
    }
    return result;
}

Matrix<Enclosure> features_at(const Configuration& configuration, const Matrix<Enclosure>& probabilities,
                              const Matrix<Enclosure>& classifier) {
    Matrix<Enclosure> features(classifier.cols(), classifier.rows());
    for (Eigen::Index k = 0; k < classifier.rows(); ++k) {
        for (Eigen::Index i = 0; i < classifier.cols(); ++i) {
            features(i, k) = pulled(configuration, probabilities, classifier, i, k);
        }
    }
    return features;
}

// Probabilities that are about those of the features that they pull to; rows add up to one exactly.
Matrix<Enclosure> settled(const Configuration& configuration, Matrix<Enclosure> probabilities,
                          const Matrix<Enclosure>& classifier) {
    const Eigen::Index classes = classifier.rows();
    for (int round = 0; round < 30; ++round) {
        const Matrix<Enclosure> features = features_at(configuration, probabilities, classifier);
        for (Eigen::Index k = 0; k < classes; ++k) {
            const Vector<Enclosure> residual =
                softmax_residual<Enclosure>(classifier.lazyProduct(features.col(k)), k);
            probabilities(k, k) = Enclosure(1);
            for (Eigen::Index m = 0; m < classes; ++m) {
                if (m != k) {
                    const double mean = (middle_double(residual[m]) + middle_double(probabilities(k, m))) / 2;
                    probabilities(k, m) = Enclosure(std::ldexp(std::nearbyint(std::ldexp(mean, 50)), -50));
                    probabilities(k, k) -= probabilities(k, m);
                }
            }
        }
    }
    return probabilities;
}

// What README.md's derivation gives away on the way to the box: sum_k a_k KL(p_k || softmax) and the squares
// of what features are off.
Enclosure given_away(const Configuration& configuration, const Matrix<Enclosure>& probabilities,
                     const EnclosedPoint& point) {
    Enclosure sum(0);
    for (Eigen::Index k = 0; k < probabilities.rows(); ++k) {
        const auto index = static_cast<std::size_t>(k);
        const Enclosure count(static_cast<long>(configuration.counts[index]));
        const Vector<Enclosure> logits = point.classifier.lazyProduct(point.features.col(k));
        Enclosure divergence = cross_entropy<Enclosure>(logits, k) + logits[k];
        for (Eigen::Index m = 0; m < logits.size(); ++m) {
            const Enclosure& p = probabilities(k, m);
            if (certainly_positive(p)) {
                divergence += p * (log(p) - logits[m]);
            }
        }
        sum += omega(configuration, index) * count / from_integer<Enclosure>(configuration.samples()) *
               divergence;
        for (Eigen::Index i = 0; i < point.features.rows(); ++i) {
            const Enclosure off =
                point.features(i, k) - pulled(configuration, probabilities, point.classifier, i, k);
            sum += from_rational<Enclosure>(configuration.lambda_h) * count / Enclosure(2) * off * off;
        }
    }
    return sum;
}

// Of the columns of the point's image, where the leaf has one.
std::vector<double> lengths_of(const TreeCertificate& certificate, const ConeNode& leaf) {
    const auto dimension = static_cast<std::size_t>(certificate.claim.configuration.dimension);
    std::vector<double> lengths(dimension, 1.0);
    for (std::size_t i = 0; leaf.image && i < dimension; ++i) {
        double square = 0;
        for (const std::vector<Text>& row : certificate.claim.classifier) {
            const double entry = std::stod(row[static_cast<std::size_t>(leaf.image->coordinates[i])].str());
            square += entry * entry;
        }
        lengths[i] = std::sqrt(square);
    }
    return lengths;
}

}  // namespace

TEST_CASE("leaf boxes: every point of the cones lies in the box that its own loss leaves") {
    Random random(5);
    const PrecisionScope scope(40);
    for (const Problem& problem : problems()) {
        const Configuration& configuration = problem.configuration;
        const ConeInequality inequality(configuration);
        const auto columns = feature_columns(configuration, Formulation::class_means);
        long told = 0;
        for (const ConeTree& tree : problem.certificate.trees) {
            walk_leaves(tree, [&](const std::vector<Cone>& cones, const ConeNode& leaf) {
                const std::vector<std::vector<Integer>> rows = probability_rows(leaf);
                for (const Cone& cone : cones) {
                    REQUIRE(inequality.supports(cone, rows, leaf.bits));
                }
                const Matrix<Enclosure> own = enclosed(rows, leaf.bits);
                const std::vector<double> lengths = lengths_of(problem.certificate, leaf);
                for (int trial = 0; trial < (leaf.image ? 60 : 2); ++trial) {
                    const bool parts = trial % 2 == 1;
                    const std::vector<Cone> within =
                        parts ? part_of(cones, static_cast<int>(random.next() % 25), random) : cones;
                    EnclosedPoint point{columns_in(within, lengths, random), {}, ""};
                    const Matrix<Enclosure> probabilities =
                        parts ? settled(configuration, own, point.classifier) : own;
                    point.features = features_at(configuration, probabilities, point.classifier);
                    const double noise = std::pow(10.0, -6 * random.uniform());
                    const auto only = static_cast<Eigen::Index>(random.next() % 8);
                    for (Eigen::Index i = 0; i < point.features.size(); ++i) {
                        if (i == only || only >= point.features.size()) {
                            Enclosure& feature = point.features.data()[i];
                            feature = positive_part(feature + Enclosure(noise * (random.uniform() - 0.5)));
                        }
                    }
                    const Enclosure loss =
                        objective(configuration, columns, point.classifier, point.features);
                    const Enclosure gap = given_away(configuration, probabilities, point).upper();
                    if (!parts) {
                        CHECK_FALSE(certainly_less(loss, entropy_of(configuration, own) + gap));
                    }
                    const std::optional<PointBox> box =
                        leaf_box(configuration, within, probabilities, gap, loss.upper());
                    if (!box) {
                        continue;
                    }
                    ++told;
                    REQUIRE_FALSE(box->empty);
                    for (Eigen::Index i = 0; i < point.classifier.size(); ++i) {
                        REQUIRE(overlap(box->classifier.data()[i], point.classifier.data()[i]));
                        REQUIRE(overlap(box->features.data()[i], point.features.data()[i]));
                    }
                }
                return true;
            });
        }
        CHECK(told > 25);
    }
}

TEST_CASE("leaf bounds: around a point beside the minimiser none exceeds the minimum") {
    Random random(6);
    int bounded = 0, below = 0;
    for (const Problem& problem : problems()) {
        const PrecisionScope scope(50);
        const Enclosure minimum = evaluate_bounds(problem.certificate).upper;
        for (int trial = 0; trial < 25; ++trial) {
            TreeCertificate beside = problem.certificate;
            const double off = std::pow(10.0, -3 - 15 * random.uniform());
            for (TextRows* const rows : {&beside.claim.classifier, &beside.claim.features}) {
                for (std::vector<Text>& row : *rows) {
                    for (Text& entry : row) {
                        const double value = std::stod(entry.str());
                        const double moved = value + (entry.is_zero() ? 0 : off * (random.uniform() - 0.5));
                        char text[40];
                        std::snprintf(text, sizeof text, "%.17e", moved);
                        entry = entry.is_zero() ? entry : Text(text);
                    }
                }
            }
            const Bounds bounds = evaluate_bounds(beside);
            if (!bounds.feasible) {
                continue;
            }
            ++bounded;
            CHECK_FALSE(certainly_less(minimum, bounds.lower));
            below += certainly_less(bounds.lower, minimum) ? 1 : 0;
        }
    }
    CAPTURE(bounded, below);
    CHECK(bounded > 40);
    CHECK(below > 40);  // else it was not looked at where something is given away
}
