#include "properties/still_points.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "certificates/check.hpp"
#include "certificates/point.hpp"
#include "properties/certified.hpp"
#include "properties/claims/scales.hpp"
#include "properties/still_values.hpp"
#include "solvers/block_refine.hpp"
#include "solvers/descent.hpp"

namespace ncverify::properties {

namespace {
constexpr long long largest_shared_size = 64;  // K d: the Hessian in all of W costs its cube
constexpr long long descended_size = 512;      // K d of all descents of a case together, about
constexpr long most_descents = 8;
constexpr double guard = 3;  // digits between the largest entry of a gradient and what follows from all
}  // namespace

std::optional<solvers::Minimizer> refined(const Configuration& configuration,
                                          const solvers::ScaledPoint& point, const solvers::ActiveSet& active,
                                          long digits) {
    const solvers::ScaledProblem problem = solvers::scaled_problem(configuration);
    if (active.shared) {
        return configuration.classes() * configuration.dimension > largest_shared_size
                   ? std::nullopt
                   : solvers::refine_shared(configuration, problem, point, digits);
    }
    std::vector<solvers::ClassStart> starts(static_cast<std::size_t>(problem.classes));
    const Matrix<double> logits = solvers::scaled_logits(problem, point);
    for (const long k : active.owner) {
        if (k != solvers::unowned && starts[static_cast<std::size_t>(k)].logits.size() == 0) {
            const auto index = static_cast<std::size_t>(k);
            starts[index] = solvers::start_class(problem.log_gamma[index], k, logits.col(k));
        }
    }
    return solvers::refine(configuration, problem, active, starts, digits);
}

StillPoint examined(const Configuration& configuration, const solvers::ScaledPoint& searched) {
    StillPoint still;
    still.configuration = configuration;
    still.searched = searched;
    still.active = solvers::identify(solvers::scaled_problem(configuration), searched);
    const long digits = resolved_digits();
    still.minimizer =
        refined(configuration, still.searched, still.active, solvers::working_digits(configuration, digits));
    if (!still.minimizer) {
        return still;
    }
    // Through the decimals of a certificate, as enclosures that are exact.
    certificates::EnclosedPoint point = certificates::enclosed_point(
        make_certificate(configuration, digits, *still.minimizer,
                         solvers::dual_slopes(configuration, still.minimizer->missing_weight, digits)));
    if (still.active.shared) {
        still.minimum = certificates::local_minimum(configuration, point);
    }
    still.exact = {"where a descent stood still", std::move(point.classifier), std::move(point.features)};
    // The point's decimals are cut off at `digits`; the refinement may have been less accurate than these.
    const double accuracy = std::max(still.minimizer->kkt_residual_log10, -static_cast<double>(digits));
    still.refinement = exp(log(Enclosure(10)) * Enclosure(std::ceil(accuracy) + guard));
    return still;
}

StillPoint still_point(const Configuration& configuration, Random& random) {
    const solvers::ScaledProblem problem = solvers::scaled_problem(configuration);
    const long long size = configuration.classes() * configuration.dimension;
    const auto descents = std::clamp<long long>(descended_size / size, 1, most_descents);
    solvers::ScaledPoint searched;
    for (long long descent = 0; descent < descents; ++descent) {
        searched = solvers::random_point(problem, random);
        solvers::descend(problem, searched, solvers::DescentOptions{});
        const solvers::ActiveSet active = solvers::identify(problem, searched);
        if (active.shared || !active.dead.empty()) {
            break;
        }
    }
    return examined(configuration, searched);
}

std::optional<Enclosure> proven_value(const StillPoint& still) {
    if (!still.minimizer) {
        return std::nullopt;
    }
    if (still.active.shared) {
        return still.minimum.proven ? std::optional(still.minimum.value) : std::nullopt;
    }
    const Configuration& configuration = still.configuration;
    std::vector<Rational> slopes =
        solvers::dual_slopes(configuration, still.minimizer->missing_weight, resolved_digits());
    for (const long k : still.active.dead) {
        slopes[static_cast<std::size_t>(k)] = Rational(configuration.classes() - 1, configuration.classes());
    }
    return Enclosure::hull(certificates::dual_value(configuration, slopes),
                           objective(configuration, feature_columns(configuration, Formulation::class_means),
                                     still.exact.classifier, still.exact.features));
}

std::vector<Block> blocks(const Matrix<Enclosure>& features) {
    std::vector<Eigen::Index> block(static_cast<std::size_t>(features.cols()));
    std::iota(block.begin(), block.end(), Eigen::Index{0});
    const auto used = [&](Eigen::Index i, Eigen::Index k) { return !is_exact_zero(features(i, k)); };
    for (Eigen::Index i = 0; i < features.rows(); ++i) {
        Eigen::Index first = -1;
        for (Eigen::Index k = 0; k < features.cols(); ++k) {
            if (!used(i, k)) {
                continue;
            }
            if (first < 0) {
                first = k;
                continue;
            }
            const Eigen::Index from = block[static_cast<std::size_t>(k)],
                               to = block[static_cast<std::size_t>(first)];
            std::replace(block.begin(), block.end(), from, to);
        }
    }
    std::vector<Block> result;
    for (Eigen::Index name = 0; name < features.cols(); ++name) {
        Block each;
        for (Eigen::Index k = 0; k < features.cols(); ++k) {
            if (block[static_cast<std::size_t>(k)] == name) {
                each.classes.push_back(k);
            }
        }
        for (Eigen::Index i = 0; i < features.rows(); ++i) {
            if (std::any_of(each.classes.begin(), each.classes.end(), [&](long k) { return used(i, k); })) {
                each.coordinates.push_back(i);
            }
        }
        if (!each.coordinates.empty()) {
            result.push_back(std::move(each));
        }
    }
    return result;
}

}  // namespace ncverify::properties
