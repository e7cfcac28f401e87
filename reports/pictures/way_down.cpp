#include "reports/pictures/way_down.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "problem/random.hpp"
#include "reports/pictures/numbers.hpp"
#include "reports/pictures/plain_descent.hpp"
#include "solvers/active_set.hpp"
#include "solvers/merge.hpp"

namespace ncverify::reports {

namespace {

using nlohmann::ordered_json;

constexpr std::uint64_t most_starts = 4000;
constexpr long merging_steps = 12;
constexpr double smallest_pull = 1 + 1e-6;

bool wanted(const solvers::ActiveSet& active, bool shared) {
    return active.shared == shared && active.dead.empty() == shared;
}

// Along the way on which the second of two proportional rows is turned into the first: x^2 + y^2 stays.
ordered_json merging_losses(const Configuration& configuration, const solvers::ScaledProblem& problem,
                            const solvers::ScaledPoint& point) {
    const Vector<double> lengths = point.features.rowwise().norm();
    Eigen::Index kept = 0, freed = 1;
    double closest = -1;
    for (Eigen::Index i = 0; i < lengths.size(); ++i) {
        for (Eigen::Index j = i + 1; j < lengths.size(); ++j) {
            const double cosine =
                point.features.row(i).dot(point.features.row(j)) / (lengths[i] * lengths[j]);
            if (cosine > closest) {
                closest = cosine;
                kept = i;
                freed = j;
            }
        }
    }
    const double both = std::hypot(lengths[kept], lengths[freed]);
    const Vector<double> direction =
        (lengths[kept] * point.classifier.col(kept) + lengths[freed] * point.classifier.col(freed)) / both;
    const Eigen::RowVectorXd row =
        (point.features.row(kept).cwiseAbs2() + point.features.row(freed).cwiseAbs2()).cwiseSqrt();
    const double angle = std::atan2(lengths[freed], lengths[kept]);
    ordered_json losses = ordered_json::array();
    for (long step = 0; step <= merging_steps; ++step) {
        const double at = angle * static_cast<double>(merging_steps - step) / merging_steps;
        solvers::ScaledPoint turned = point;
        turned.classifier.col(kept) = std::cos(at) * direction;
        turned.classifier.col(freed) = std::sin(at) * direction;
        turned.features.row(kept) = std::cos(at) * row;
        turned.features.row(freed) = std::sin(at) * row;
        losses.push_back(decimal(
            loss_of(configuration, solvers::scaled_objective(problem, turned.classifier, turned.features))));
    }
    return losses;
}

}  // namespace

ordered_json way_down(const std::string& name, const Configuration& configuration, bool shared,
                      std::uint64_t seed) {
    const solvers::ScaledProblem problem = true_problem(configuration, Formulation::class_means);
    for (std::uint64_t start = 0; start < most_starts; ++start) {
        solvers::ScaledPoint point = start_point(problem, split_seed(seed, start));
        solvers::descend(problem, point, solvers::DescentOptions{});
        const solvers::ActiveSet active = solvers::identify(problem, point);
        if (!wanted(active, shared)) {
            continue;
        }
        ordered_json serves = ordered_json::array(), merging = ordered_json::array();
        for (Eigen::Index i = 0; i < point.features.rows(); ++i) {
            ordered_json counts = ordered_json::array();
            for (Eigen::Index k = 0; k < point.features.cols(); ++k) {
                if (point.features(i, k) > 1e-3 * point.features.row(i).maxCoeff()) {
                    counts.push_back(configuration.counts[static_cast<std::size_t>(k)]);
                }
            }
            serves.push_back(std::move(counts));
        }
        merging = merging_losses(configuration, problem, point);
        ordered_json down = ordered_json::array();
        solvers::DescentOptions watched;
        watched.watch = [&](const solvers::ScaledPoint& at) {
            down.push_back(decimal(loss_of(configuration, at.value)));
        };
        while (!solvers::merge_and_give(problem, point, smallest_pull).given.empty()) {
            solvers::descend(problem, point, watched);
        }
        return {{"name", name},
                {"config", configuration.command_line()},
                {"serves", std::move(serves)},
                {"merging", std::move(merging)},
                {"down", std::move(down)}};
    }
    return nullptr;
}

}  // namespace ncverify::reports
