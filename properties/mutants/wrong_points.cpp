#include "properties/mutants/wrong_points.hpp"

#include <algorithm>
#include <utility>

namespace ncverify::properties {

namespace {

Enclosure slightly() {
    return Enclosure(0x1p-10);
}

bool is_zero_column(const Matrix<Enclosure>& matrix, Eigen::Index k) {
    const auto column = matrix.col(k);
    return std::all_of(column.begin(), column.end(), is_exact_zero);
}

// The coordinate of the largest entry of column k; -1 for a zero column.
Eigen::Index coordinate_of(const Matrix<Enclosure>& features, Eigen::Index k) {
    for (Eigen::Index i = 0; i < features.rows(); ++i) {
        if (!is_exact_zero(features(i, k))) {
            return i;
        }
    }
    return -1;
}

// The two ends of the classes in the order of counts: smallest, largest.
std::pair<Eigen::Index, Eigen::Index> extreme_classes(const Case& sound) {
    const auto& counts = sound.configuration().counts;
    const auto [low, high] = std::minmax_element(counts.begin(), counts.end());
    return {low - counts.begin(), high - counts.begin()};
}

FeasiblePoint moved(const Case&, FeasiblePoint point) {
    for (Eigen::Index i = 0; i < point.classifier.size(); ++i) {
        point.classifier.data()[i] *= Enclosure(1) + slightly() * Enclosure(static_cast<long>(i % 5) - 2);
    }
    for (Eigen::Index i = 0; i < point.features.size(); ++i) {
        point.features.data()[i] *= Enclosure(1) + slightly() * Enclosure(static_cast<long>(i % 3) + 1);
    }
    return point;
}

FeasiblePoint classifier_longer(const Case&, FeasiblePoint point) {
    point.classifier *= Enclosure(1) + slightly();
    return point;
}

FeasiblePoint features_longer(const Case&, FeasiblePoint point) {
    point.features *= Enclosure(1) + slightly();
    return point;
}

// Of one class only, the largest.
FeasiblePoint one_feature_longer(const Case& sound, FeasiblePoint point) {
    point.features.col(extreme_classes(sound).second) *= Enclosure(1) + slightly();
    return point;
}

FeasiblePoint one_classifier_longer(const Case& sound, FeasiblePoint point) {
    point.classifier.row(extreme_classes(sound).second) *= Enclosure(1) + slightly();
    return point;
}

// Each class's features get a little of the next one's coordinate.
FeasiblePoint not_orthogonal(const Case&, FeasiblePoint point) {
    const Matrix<Enclosure> before = point.features;
    for (Eigen::Index k = 0; k < before.cols(); ++k) {
        point.features.col(k) += slightly() * before.col((k + 1) % before.cols());
    }
    return point;
}

// All classifiers moved by the same vector: no logit's difference notices.
FeasiblePoint classifiers_shifted(const Case& sound, FeasiblePoint point) {
    const Enclosure length =
        sqrt(from_rational<Enclosure>(sound.configuration().lambda_h / sound.configuration().lambda_w));
    for (Eigen::Index i = 0; i < point.classifier.cols(); ++i) {
        for (Eigen::Index k = 0; k < point.classifier.rows(); ++k) {
            point.classifier(k, i) += slightly() * length;
        }
    }
    return point;
}

// In one living class's coordinate, what one other classifier has more another has less.
FeasiblePoint other_logits_unequal(const Case& sound, FeasiblePoint point) {
    const Eigen::Index k = extreme_classes(sound).second, i = coordinate_of(point.features, k);
    const Eigen::Index classes = point.classifier.rows();
    if (i >= 0 && classes > 2) {
        const Enclosure by = slightly() * point.classifier(k, i);
        point.classifier((k + 1) % classes, i) += by;
        point.classifier((k + 2) % classes, i) -= by;
    }
    return point;
}

// The largest class at zero, and nobody in its coordinate.
FeasiblePoint dead(const Case& sound, FeasiblePoint point) {
    const Eigen::Index k = extreme_classes(sound).second, i = coordinate_of(point.features, k);
    if (i >= 0) {
        point.features.col(k).setConstant(Enclosure(0));
        point.classifier.col(i).setConstant(Enclosure(0));
    }
    return point;
}

// Every class that is at zero gets features, in the first coordinate that nobody uses, or the last.
FeasiblePoint alive(const Case& sound, FeasiblePoint point) {
    for (Eigen::Index k = 0; k < point.features.cols(); ++k) {
        if (is_zero_column(point.features, k)) {
            Eigen::Index free = 0;
            const auto used = [&](Eigen::Index i) {
                const auto row = point.features.row(i);
                return !std::all_of(row.begin(), row.end(), is_exact_zero);
            };
            while (free + 1 < point.features.rows() && used(free)) {
                ++free;
            }
            point.features(free, k) =
                slightly() * sqrt(sqrt(from_rational<Enclosure>(sound.configuration().lambda_w /
                                                                sound.configuration().lambda_h)));
        }
    }
    return point;
}

// Zeros included: no two features are orthogonal, no classifier and no logit is zero.
FeasiblePoint raised(const Case& sound, FeasiblePoint point) {
    const Configuration& configuration = sound.configuration();
    const Enclosure ratio =
        sqrt(sqrt(from_rational<Enclosure>(configuration.lambda_w / configuration.lambda_h)));
    for (Eigen::Index i = 0; i < point.classifier.size(); ++i) {
        point.classifier.data()[i] += slightly() * Enclosure(static_cast<long>(i % 3) + 1) / ratio;
    }
    for (Eigen::Index i = 0; i < point.features.size(); ++i) {
        point.features.data()[i] += slightly() * ratio;
    }
    return point;
}

FeasiblePoint exchanged(const Case& sound, FeasiblePoint point) {
    const auto [small, large] = extreme_classes(sound);
    if (sound.configuration().counts[static_cast<std::size_t>(small)] !=
        sound.configuration().counts[static_cast<std::size_t>(large)]) {
        point.features.col(small).swap(point.features.col(large));
        point.classifier.row(small).swap(point.classifier.row(large));
    }
    return point;
}

// One coordinate turned around: the same logits, norms and products, and negative features.
FeasiblePoint reflected(const Case& sound, FeasiblePoint point) {
    const Eigen::Index i = coordinate_of(point.features, extreme_classes(sound).second);
    if (i >= 0) {
        point.features.row(i) *= Enclosure(-1);
        point.classifier.col(i) *= Enclosure(-1);
    }
    return point;
}

// Features free of sign, down the gradient of the loss until below what non-negative ones can reach.
FeasiblePoint unconstrained(const Case& sound, FeasiblePoint point) {
    const Configuration& configuration = sound.configuration();
    const auto columns = feature_columns(configuration, Formulation::class_means);
    const Gradient<Enclosure> slope = gradient(configuration, columns, point.classifier, point.features);
    const Enclosure least = sound.testimony().solution->bounds.lower.lower();
    Enclosure step(1);
    for (int halving = 0; halving < 200; ++halving) {
        FeasiblePoint below = point;
        below.features -= step * slope.features;
        if (certainly_less(objective(configuration, columns, below.classifier, below.features), least)) {
            return below;
        }
        step /= Enclosure(2);
    }
    return point;
}

// Each classifier along its own class mean alone.
FeasiblePoint squared_error(const Case&, FeasiblePoint point) {
    for (Eigen::Index k = 0; k < point.features.cols(); ++k) {
        for (Eigen::Index i = 0; i < point.features.rows(); ++i) {
            if (is_exact_zero(point.features(i, k))) {
                point.classifier(k, i) = Enclosure(0);
            }
        }
    }
    return point;
}

// Logits K I - 1 1^T, whatever the counts.
FeasiblePoint simplex_logits(const Case& sound, FeasiblePoint point) {
    const long classes = sound.configuration().classes();
    point.features.setConstant(Enclosure(0));
    point.classifier.setConstant(Enclosure(0));
    for (Eigen::Index k = 0; k < classes; ++k) {
        point.features(k, k) = Enclosure(1);
        for (Eigen::Index m = 0; m < classes; ++m) {
            point.classifier(m, k) = Enclosure(m == k ? classes - 1 : -1L);
        }
    }
    return point;
}

// Features of one length for all classes, that of the smallest living one.
FeasiblePoint equal_lengths(const Case& sound, FeasiblePoint point) {
    Eigen::Index shortest = -1;
    for (Eigen::Index k = 0; k < point.features.cols(); ++k) {
        const bool fewer =
            shortest < 0 || sound.configuration().counts[static_cast<std::size_t>(k)] <
                                sound.configuration().counts[static_cast<std::size_t>(shortest)];
        shortest = coordinate_of(point.features, k) >= 0 && fewer ? k : shortest;
    }
    for (Eigen::Index k = 0; shortest >= 0 && k < point.features.cols(); ++k) {
        if (const Eigen::Index i = coordinate_of(point.features, k); i >= 0) {
            point.features(i, k) = point.features(coordinate_of(point.features, shortest), shortest);
        }
    }
    return point;
}

const WrongPoint table[] = {
    {"every entry off by about 2^-10", "the minimiser", moved},
    {"W longer by 2^-10", "the minimiser", classifier_longer},
    {"H longer by 2^-10", "the minimiser", features_longer},
    {"the largest class's features longer by 2^-10", "(9)", one_feature_longer},
    {"the largest class's classifier longer by 2^-10", "(10)", one_classifier_longer},
    {"features not orthogonal", "(8)", not_orthogonal},
    {"all classifiers moved by one vector", "(10)", classifiers_shifted},
    {"other logits of a sample unequal", "(12)", other_logits_unequal},
    {"the largest class dead", "Cor. 4", dead},
    {"collapsed classes alive", "Cor. 4", alive},
    {"largest and smallest class exchanged", "Theorem 1", exchanged},
    {"a coordinate turned around: negative features", "H >= 0", reflected},
    {"features free of sign, at a lower loss", "H >= 0", unconstrained},
    {"classifiers along their own means alone, as for the squared error", "the loss", squared_error},
    {"simplex logits for all counts", "the logits", simplex_logits},
    {"features of one length", "(9)", equal_lengths},
    {"every entry a little above where it was", "the minimiser", raised},
};

}  // namespace

std::span<const WrongPoint> wrong_points() {
    return table;
}

}  // namespace ncverify::properties
