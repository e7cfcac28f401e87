#include "properties/points.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/scaled_problem.hpp"
#include "solvers/search.hpp"

namespace ncverify::properties {

namespace {

constexpr long most_used = 4;           // positive entries of a random feature vector
constexpr long long most_columns = 12;  // of the samples form, about

Enclosure exact(const Multiprecision& value) {
    Enclosure result;
    arf_set_mpfr(arb_midref(result.data()), value.backend().data());
    return result;
}

Matrix<Enclosure> zeros(Eigen::Index rows, Eigen::Index columns) {
    return Matrix<Enclosure>::Constant(rows, columns, Enclosure(0));
}

// The solver's point, its columns as they are: one per class.
FeasiblePoint feasible_point(std::string name, const solvers::Minimizer& minimizer) {
    const Eigen::Index classes = minimizer.classifier.rows(), dimension = minimizer.classifier.cols();
    FeasiblePoint point{std::move(name), zeros(classes, dimension), zeros(dimension, classes)};
    for (Eigen::Index i = 0; i < minimizer.classifier.size(); ++i) {
        point.classifier.data()[i] = exact(minimizer.classifier.data()[i]);
    }
    for (const solvers::Feature& feature : minimizer.features) {
        point.features(feature.coordinate, feature.column) = exact(feature.value);
    }
    return point;
}

}  // namespace

bool is_exact_zero(const Enclosure& value) {
    return arb_is_zero(value.data()) != 0;
}

Configuration few_samples(const Configuration& configuration) {
    Configuration small = configuration;
    const long long most = std::clamp<long long>(most_columns / configuration.classes(), 2, 4);
    for (long long& count : small.counts) {
        count = std::min(count, most);
    }
    return small;
}

Enclosure log_uniform(Random& random, double low, double high) {
    return Enclosure(std::pow(10.0, low + random.uniform() * (high - low)));
}

Enclosure fraction(Random& random) {
    return Enclosure(random.uniform() + 0x1p-54);
}

Enclosure random_sign(Random& random) {
    return Enclosure(random.next() % 2 == 0 ? 1 : -1);
}

std::size_t below_size(Random& random, std::size_t size) {
    return static_cast<std::size_t>(random.next() % size);
}

FeasiblePoint random_point(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                           Random& random) {
    const auto classes = static_cast<Eigen::Index>(configuration.classes());
    const auto dimension = static_cast<Eigen::Index>(configuration.dimension);
    const double scale_w = std::pow(10.0, 12 * random.uniform() - 6);
    const double scale_h = std::pow(10.0, 12 * random.uniform() - 6);
    FeasiblePoint point{"a random point", zeros(classes, dimension),
                        zeros(dimension, static_cast<Eigen::Index>(columns.size()))};
    for (Eigen::Index i = 0; i < point.classifier.size(); ++i) {
        const double size = scale_w * std::pow(10.0, 2 * random.uniform() - 1);
        point.classifier.data()[i] = Enclosure(random.next() % 2 == 0 ? size : -size);
    }
    for (Eigen::Index column = 0; column < point.features.cols(); ++column) {
        const auto used = static_cast<long>(random.next() % (most_used + 1));
        for (long n = 0; n < used; ++n) {
            const auto i = static_cast<Eigen::Index>(below_size(random, static_cast<std::size_t>(dimension)));
            point.features(i, column) = Enclosure(scale_h * std::pow(10.0, 2 * random.uniform() - 1));
        }
    }
    return point;
}

FeasiblePoint aligned_point(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                            Random& random) {
    const auto classes = static_cast<Eigen::Index>(configuration.classes());
    const auto dimension = static_cast<Eigen::Index>(configuration.dimension);
    FeasiblePoint point{"equal samples, disjoint supports, equal other logits", zeros(classes, dimension),
                        zeros(dimension, static_cast<Eigen::Index>(columns.size()))};
    std::vector<Enclosure> sizes;
    for (Eigen::Index k = 0; k < classes; ++k) {
        const Enclosure others = random_sign(random) * log_uniform(random, -2, 1);
        for (Eigen::Index m = 0; m < classes; ++m) {
            point.classifier(m, k) = others;
        }
        point.classifier(k, k) = random_sign(random) * log_uniform(random, -2, 1);
        sizes.push_back(log_uniform(random, -2, 1));
    }
    for (std::size_t column = 0; column < columns.size(); ++column) {
        const long k = columns[column].label;
        point.features(k, static_cast<Eigen::Index>(column)) = sizes[static_cast<std::size_t>(k)];
    }
    return point;
}

FeasiblePoint solved_point(const solvers::Minimizer& minimizer, const std::vector<FeatureColumn>& columns) {
    const FeasiblePoint means = feasible_point("the solver's point", minimizer);
    FeasiblePoint point{means.name, means.classifier,
                        zeros(means.features.rows(), static_cast<Eigen::Index>(columns.size()))};
    for (std::size_t column = 0; column < columns.size(); ++column) {
        point.features.col(static_cast<Eigen::Index>(column)) = means.features.col(columns[column].label);
    }
    return point;
}

FeasiblePoint perturbed(FeasiblePoint point, const Enclosure& size, Random& random) {
    point.name += ", perturbed";
    const auto factor = [&] {
        return Enclosure(1) + random_sign(random) * size * (Enclosure(1) + fraction(random)) / Enclosure(2);
    };
    for (Eigen::Index i = 0; i < point.classifier.size(); ++i) {
        if (!is_exact_zero(point.classifier.data()[i])) {
            point.classifier.data()[i] = (point.classifier.data()[i] * factor()).midpoint();
        }
    }
    for (Eigen::Index column = 0; column < point.features.cols(); ++column) {
        Enclosure typical(1);  // where the column is zero
        for (Eigen::Index i = 0; i < point.features.rows(); ++i) {
            if (!is_exact_zero(point.features(i, column))) {
                typical = point.features(i, column);
            }
        }
        for (Eigen::Index i = 0; i < point.features.rows(); ++i) {
            Enclosure& entry = point.features(i, column);
            if (!is_exact_zero(entry)) {
                entry = (entry * factor()).midpoint();
            } else if (random.next() % 4 == 0) {
                entry = (typical * size * fraction(random)).midpoint();
            }
        }
    }
    return point;
}

std::vector<FeasiblePoint> stationary_points(const Configuration& configuration,
                                             const solvers::Minimizer& minimizer, std::uint64_t seed) {
    const auto classes = static_cast<Eigen::Index>(configuration.classes());
    const auto dimension = static_cast<Eigen::Index>(configuration.dimension);
    std::vector<FeasiblePoint> points;
    if (minimizer.classifier.size() > 0) {
        points.push_back(feasible_point("the solver's point", minimizer));
    }
    points.push_back({"zero", zeros(classes, dimension), zeros(dimension, classes)});
    const solvers::ScaledProblem problem = solvers::scaled_problem(configuration);
    solvers::StartRecord record;
    solvers::Found found =
        solvers::search(configuration, problem, solvers::SearchMethod::structured, seed, record);
    std::vector<long> owners = found.active.owner;
    std::sort(owners.begin(), owners.end());
    owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
    std::erase(owners, solvers::unowned);
    if (owners.size() < 2 || minimizer.digits == 0) {
        return points;  // with one class struck out nothing is left but zero
    }
    Random random(seed);
    const std::size_t struck = owners.size() > 2 ? 1 + random.next() % 2 : 1;
    for (std::size_t n = 0; n < struck; ++n) {
        const std::size_t place = below_size(random, owners.size());
        std::replace(found.active.owner.begin(), found.active.owner.end(), owners[place], solvers::unowned);
        owners.erase(owners.begin() + static_cast<std::ptrdiff_t>(place));
    }
    const auto dead = solvers::refine(configuration, problem, found.active, found.starts, minimizer.digits);
    if (dead) {
        points.push_back(feasible_point("a stationary point with dead classes", *dead));
    }
    return points;
}

}  // namespace ncverify::properties
