// Beyond the paper: the local minima that a descent ends in, and their values.
#include <algorithm>
#include <cmath>

#include "certificates/check.hpp"
#include "certificates/local_minimum.hpp"
#include "certificates/point.hpp"
#include "properties/claims/sections.hpp"
#include "properties/compare.hpp"
#include "solvers/active_set.hpp"
#include "solvers/dense_newton.hpp"
#include "solvers/descent.hpp"

namespace ncverify::properties {

namespace {

constexpr long largest_shared_classes = 8;  // the Hessian in all variables costs (K d)^3

// A descent from a random point that frees no coordinate for classes that died on the way.
solvers::ScaledPoint plain_descent(const solvers::ScaledProblem& problem, Random& random) {
    solvers::ScaledPoint point = solvers::random_point(problem, random);
    solvers::descend(problem, point, solvers::DescentOptions{});
    return point;
}

// The stationary point with the active set of the descent's, to the case's full precision.
std::optional<solvers::Minimizer> refined(const Configuration& configuration,
                                          const solvers::ScaledProblem& problem,
                                          const solvers::ScaledPoint& point, const solvers::ActiveSet& active,
                                          long digits) {
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

// Digits that a comparison at this precision can resolve.
long resolved_digits() {
    return static_cast<long>(static_cast<double>(Enclosure::precision()) * 0.301) - 40;
}

std::string name_of(const std::vector<long>& dead) {
    std::string name = "loss of the local minimum whose dead classes are {";
    for (const long k : dead) {
        name += (name.back() == '{' ? "" : ",") + std::to_string(k + 1);
    }
    return name + "}";
}

// The dead classes' features being zero, their part of the loss is at least n_k/N log K, which is what their
// term of D is at the slope (K-1)/K; so D with these slopes bounds all points with this dead set from below,
// and the refined point bounds their minimum from above.
void check_disjoint(const Case& subject, const solvers::ScaledProblem& problem,
                    const solvers::ScaledPoint& point, const solvers::ActiveSet& active,
                    Comparison& comparison) {
    const Configuration& configuration = subject.key.configuration;
    const long digits = resolved_digits();
    const auto minimizer =
        refined(configuration, problem, point, active, solvers::working_digits(configuration, digits));
    if (!minimizer) {
        comparison.undecided("the local minimum");
        return;
    }
    std::vector<Rational> slopes = solvers::dual_slopes(configuration, minimizer->missing_weight, digits);
    for (const long k : active.dead) {
        slopes[static_cast<std::size_t>(k)] = Rational(configuration.classes() - 1, configuration.classes());
    }
    // Through the decimals of a certificate, as enclosures that are exact.
    const certificates::EnclosedPoint exact =
        certificates::enclosed_point(make_certificate(configuration, digits, *minimizer, slopes));
    const Enclosure upper = objective(configuration, feature_columns(configuration, Formulation::class_means),
                                      exact.classifier, exact.features);
    const Enclosure claimed = claimed_value(subject, active.dead);
    comparison.equal(name_of(active.dead),
                     Enclosure::hull(certificates::dual_value(configuration, slopes), upper), claimed,
                     claimed);
}

// Coordinates that serve several classes: the checker proves that a local minimum is near, and its value.
// Where it cannot (a saddle on which the descent was slow, say) nothing is known of a local minimum.
void check_shared(const Case& subject, const solvers::ScaledProblem& problem,
                  const solvers::ScaledPoint& point, Comparison& comparison) {
    const Configuration& configuration = subject.key.configuration;
    if (configuration.classes() > largest_shared_classes) {
        return;
    }
    const long digits = resolved_digits();
    const auto minimizer =
        solvers::refine_dense(configuration, point, solvers::working_digits(configuration, digits));
    if (!minimizer) {
        return;
    }
    const certificates::EnclosedPoint exact = certificates::enclosed_point(
        make_certificate(configuration, digits, *minimizer,
                         solvers::dual_slopes(configuration, minimizer->missing_weight, digits)));
    const certificates::LocalMinimum minimum = certificates::local_minimum(configuration, exact);
    if (!minimum.proven) {
        return;
    }
    std::vector<long> dead;
    for (long k = 0; k < exact.features.cols(); ++k) {
        const auto column = exact.features.col(k);
        if (problem.revivable[static_cast<std::size_t>(k)] &&
            std::all_of(column.begin(), column.end(),
                        [](const Enclosure& h) { return arb_is_zero(h.data()) != 0; })) {
            dead.push_back(k);
        }
    }
    const Enclosure claimed = claimed_value(subject, dead);
    comparison.equal(name_of(dead), minimum.value, claimed, claimed);
    constexpr long shown = 10;
    for (Eigen::Index k = 0; k < exact.features.cols(); ++k) {
        std::string text;
        for (Eigen::Index i = 0; i < exact.features.rows(); ++i) {
            text += (i > 0 ? ", " : "") + exact.features(i, k).text(shown);
        }
        comparison.show("h_" + std::to_string(k + 1), text);
    }
}

template <bool Disjoint>
Observation landscape(const Case& subject) {
    if (split_seed(subject.key.seed, 0xd0) % 2 != 0) {
        return {};
    }
    const solvers::ScaledProblem problem = solvers::scaled_problem(subject.key.configuration);
    Random random = subject.random(0xd1);
    const solvers::ScaledPoint point = plain_descent(problem, random);
    const solvers::ActiveSet active = solvers::identify(problem, point);
    Comparison comparison(subject, "proven");
    if (!active.shared) {
        check_disjoint(subject, problem, point, active, comparison);
    } else if (!Disjoint) {
        check_shared(subject, problem, point, comparison);
    }
    return comparison.observation();
}

}  // namespace

std::vector<Claim> beyond_landscape_claims() {
    const char* value =
        R"(L(\mathcal D) = \sum_{k\notin \mathcal D}\left[\tfrac{n_k}{N}\varphi(M_k) + \lambda_H n_k\|h_k\|^2\right] + \sum_{k\in \mathcal D}\tfrac{n_k}{N}\log K \text{ at every local minimum, } \mathcal D = \{k : h_k = 0 < M_k\})";
    const std::string found =
        "local minima are where a descent from a random point stands still, here one for every second case";
    const auto demands = without(whole_domain(), {two_classes(), near_threshold()});
    return {{"beyond.landscape", "ours", value, "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K",
             Kind::extension, landscape<false>, false,
             found + "; where coordinates serve several classes, only if the checker proves that a "
                     "local minimum is near (K <= 8)",
             false, demands},
            {"beyond.landscape.corrected", "ours", value,
             "local minima in which each coordinate serves at most one class; every K >= 2, counts >= 1, "
             "lambda_W, lambda_H > 0, d >= K",
             Kind::extension, landscape<true>, false,
             found + "; each is refined with its own dead set, the global minimum having none. "
                     "Others exist from K = 4 on: classes of equal count that share coordinates, "
                     "none of them dead, at a loss that is no L(D)",
             false, demands}};
}

}  // namespace ncverify::properties
