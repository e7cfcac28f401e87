// Beyond the paper: the local minima that a descent ends in, and their values.
#include <algorithm>
#include <cmath>

#include "certificates/check.hpp"
#include "certificates/point.hpp"
#include "properties/claims/sections.hpp"
#include "properties/compare.hpp"
#include "solvers/active_set.hpp"
#include "solvers/descent.hpp"

namespace ncverify::properties {

namespace {

// A descent from a random point that frees no coordinate for classes that died on the way.
solvers::BalancedPoint plain_descent(const solvers::BalancedProblem& problem, Random& random) {
    solvers::BalancedPoint point{Matrix<double>(problem.classes, problem.dimension),
                                 Matrix<double>(problem.dimension, problem.classes), 0};
    for (long i = 0; i < problem.dimension; ++i) {
        for (long k = 0; k < problem.classes; ++k) {
            point.classifier(k, i) = 2 * random.uniform() - 1;
            point.features(i, k) =
                std::sqrt(problem.root_count[static_cast<std::size_t>(k)]) * random.uniform();
        }
    }
    solvers::descend(problem, point, solvers::DescentOptions{});
    return point;
}

// The stationary point with the active set of the descent's, to the case's full precision.
std::optional<solvers::Minimizer> refined(const Configuration& configuration,
                                          const solvers::BalancedProblem& problem,
                                          const solvers::BalancedPoint& point,
                                          const solvers::ActiveSet& active, long digits) {
    std::vector<solvers::ClassStart> starts(static_cast<std::size_t>(problem.classes));
    const Matrix<double> logits = solvers::balanced_logits(problem, point);
    for (const long k : active.owner) {
        if (k != solvers::unowned && starts[static_cast<std::size_t>(k)].logits.size() == 0) {
            const auto index = static_cast<std::size_t>(k);
            starts[index] = solvers::start_class(problem.log_gamma[index], k, logits.col(k));
        }
    }
    return solvers::refine(configuration, problem, active, starts, digits);
}

// L(D): the closed form's loss class by class, log K for the dead.
Enclosure claimed_value(const Case& subject, const std::vector<long>& dead) {
    const Configuration& configuration = subject.key.configuration;
    const Enclosure others(configuration.classes() - 1);
    Enclosure loss(0);
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        const Enclosure share =
            from_rational<Enclosure>(Rational(Integer(configuration.counts[k]), configuration.samples()));
        if (std::find(dead.begin(), dead.end(), static_cast<long>(k)) != dead.end()) {
            loss += share * log(Enclosure(configuration.classes()));
            continue;
        }
        const theory::ClassForm& form = subject.closed_form().classes[k];
        loss += share * log1p(others * exp(-form.margin)) +
                from_rational<Enclosure>(configuration.lambda_h * configuration.counts[k]) *
                    form.feature_norm_squared;
    }
    return loss;
}

// The dead classes' features being zero, their part of the loss is at least n_k/N log K, which is what their
// term of D is at the slope (K-1)/K; so D with these slopes bounds all points with this dead set from below,
// and the refined point bounds their minimum from above.
Observation landscape(const Case& subject) {
    if (split_seed(subject.key.seed, 0xd0) % 2 != 0) {
        return {};
    }
    const Configuration& configuration = subject.key.configuration;
    const solvers::BalancedProblem problem = solvers::balanced_problem(configuration);
    Random random = subject.random(0xd1);
    const solvers::BalancedPoint point = plain_descent(problem, random);
    const solvers::ActiveSet active = solvers::identify(problem, point);
    Comparison comparison(subject);
    if (active.shared) {
        comparison.undecided("the dead set of a point with a coordinate that serves two classes");
        return comparison.observation();
    }
    const auto digits = static_cast<long>(static_cast<double>(Enclosure::precision()) * 0.301) - 40;
    const auto minimizer =
        refined(configuration, problem, point, active, solvers::working_digits(configuration, digits));
    if (!minimizer) {
        comparison.undecided("the local minimum");
        return comparison.observation();
    }
    std::vector<Rational> slopes = solvers::dual_slopes(configuration, minimizer->missing_weight, digits);
    for (const long k : active.dead) {
        slopes[static_cast<std::size_t>(k)] = Rational(configuration.classes() - 1, configuration.classes());
    }
    // Through the decimals of a certificate, as enclosures that are exact.
    const certificates::Point exact =
        certificates::enclosed_point(make_certificate(configuration, digits, *minimizer, slopes));
    const Enclosure upper = objective(configuration, feature_columns(configuration, Formulation::class_means),
                                      exact.classifier, exact.features);
    const Enclosure claimed = claimed_value(subject, active.dead);
    std::string name = "local minimum whose dead classes are {";
    for (const long k : active.dead) {
        name += (name.back() == '{' ? "" : ",") + std::to_string(k + 1);
    }
    comparison.equal(name + "}", Enclosure::hull(certificates::dual_value(configuration, slopes), upper),
                     claimed, claimed);
    return comparison.observation();
}

}  // namespace

std::vector<Claim> beyond_landscape_claims() {
    return {
        {"beyond.landscape", "ours",
         R"(L(\mathcal D) = \sum_{k\notin \mathcal D}\left[\tfrac{n_k}{N}\varphi(M_k) + \lambda_H n_k\|h_k\|^2\right] + \sum_{k\in \mathcal D}\tfrac{n_k}{N}\log K \text{ at every local minimum, } \mathcal D \text{ its dead set})",
         "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K", Kind::extension, landscape, false,
         "local minima are where a descent from a random point stands still, here one for every second case; "
         "each is refined with its own dead set, the global minimum having none",
         false, without(whole_domain(), {two_classes(), near_threshold()})}};
}

}  // namespace ncverify::properties
