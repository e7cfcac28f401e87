#include "properties/proven_minimum.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "certificates/leaf_box.hpp"
#include "problem/processor_clock.hpp"
#include "problem/progress.hpp"
#include "solvers/block_refine.hpp"
#include "solvers/descent.hpp"

namespace ncverify::properties {

namespace {

constexpr long guard_digits = 30;    // as the checker's
constexpr int largest_restarts = 8;  // each from a lower point
// Below this relative gap leaves have to be closed around the minimiser: double precision is at its end, by
// what branch and bound allows for rounding.
constexpr double least_gap_in_double = 1e-11;
constexpr long entropy_digits = 20;  // of a bound that stands for a gap above that: more would be noise
constexpr int cell_bits = 60;  // of the numbers of a cell, after the point: each is below 8 and exact in 53

certificates::Cone cone_of(const bottleneck::Cell& cell, long coordinate) {
    certificates::Cone cone;
    for (long j = 0; j + 1 < cell.classes; ++j) {
        certificates::ConeGenerator generator{{}, cell_bits};
        for (long k = 0; k < cell.classes; ++k) {
            generator.entries.emplace_back(std::ldexp(cell.generator(coordinate, j)[k], cell_bits));
        }
        cone.push_back(std::move(generator));
    }
    return cone;
}

certificates::ConeNode leaf_of(const bottleneck::Probabilities& probabilities,
                               const std::optional<bottleneck::Symmetry>& image) {
    certificates::ConeNode leaf;
    leaf.bits = probabilities.bits;
    const bottleneck::Small& p = probabilities.matrix;
    for (Eigen::Index k = 0; k < p.rows(); ++k) {
        std::vector<long long>& row = leaf.off_diagonal.emplace_back();
        for (Eigen::Index m = 0; m < p.cols(); ++m) {
            if (m != k) {
                row.push_back(std::llround(std::ldexp(p(k, m), static_cast<int>(probabilities.bits))));
            }
        }
    }
    if (image) {
        leaf.image = certificates::PointImage{image->classes, image->coordinates};
    }
    return leaf;
}

// A point of the search in the solver's variables: V_i = sqrt(s_i) v_i, u_k = sqrt(n_k) h_k / sqrt(s_i),
// s_i = (sum_k n_k h_ki^2)^(1/2).
solvers::ScaledPoint scaled(const Configuration& configuration, const bottleneck::BetterPoint& better) {
    solvers::ScaledPoint point{better.directions, better.features.transpose(), 0};
    for (Eigen::Index i = 0; i < point.features.rows(); ++i) {
        double square = 0;
        for (Eigen::Index k = 0; k < point.features.cols(); ++k) {
            point.features(i, k) *=
                std::sqrt(static_cast<double>(configuration.counts[static_cast<std::size_t>(k)]));
            square += point.features(i, k) * point.features(i, k);
        }
        const double root = std::pow(square, 0.25);
        point.classifier.col(i) *= root;
        point.features.row(i) /= root > 0 ? root : 1;
    }
    return point;
}

// Makes the refined better point the solution's. False where it could not be refined, or is none.
bool adopt(const Configuration& configuration, const solvers::SolveOptions& options,
           const bottleneck::BetterPoint& better, CertifiedSolution& result) {
    const solvers::ScaledProblem problem = solvers::scaled_problem(configuration);
    solvers::ScaledPoint point = scaled(configuration, better);
    solvers::descend(problem, point, {});
    const long digits = solvers::working_digits(configuration, options.digits);
    const std::optional<solvers::Minimizer> minimizer =
        solvers::refine_shared(configuration, problem, point, digits);
    if (!minimizer) {
        return false;
    }
    const PrecisionScope scope(digits + 20);
    const std::vector<Rational> slopes =
        solvers::dual_slopes(configuration, minimizer->missing_weight, minimizer->digits);
    certificates::Certificate certificate =
        make_certificate(configuration, options.digits, *minimizer, slopes, options.formulation);
    const certificates::Bounds bounds = certificates::evaluate_bounds(certificate);
    if (!bounds.feasible || !certainly_less(bounds.upper, result.bounds.upper)) {
        return false;
    }
    certificate.upper_bound = certificates::outward(bounds.upper, digits, true);
    certificate.lower_bound = certificates::outward(bounds.lower, digits, false);
    result.certificate = std::move(certificate);
    result.bounds = bounds;
    result.solution.minimizer = *minimizer;
    result.solution.slopes = slopes;
    result.solution.status = minimizer->kkt_residual_log10 < -static_cast<double>(options.digits)
                                 ? solvers::SolutionStatus::stationary
                                 : solvers::SolutionStatus::failed;
    return true;
}

// Says which start the proven point came from: the one whose loss is shown as the refined point's. Others
// that ended as low were not refined, and nothing is proven of them.
void note_global(solvers::Solution& solution) {
    const PrecisionScope scope(20);
    const std::string shown = from_rational<Multiprecision>(solution.judgement.upper_bound)
                                  .str(17, std::ios_base::scientific);  // as the solver shows it
    const auto refined = std::find_if(solution.starts.begin(), solution.starts.end(),
                                      [&](const auto& start) { return start.objective == shown; });
    if (refined != solution.starts.end()) {
        refined->outcome = solvers::StartOutcome::global;
    }
}

bottleneck::Incumbent incumbent_of(const CertifiedSolution& result) {
    const double loss = certificates::middle_double(result.bounds.upper);
    return {std::nextafter(loss, std::numeric_limits<double>::infinity()),
            result.solution.minimizer.classifier.cast<double>()};
}

// Whether the checker would close a cell around the point, all of which must live as long as the judge.
bottleneck::LeafJudge judge_of(const Configuration& configuration,
                               const certificates::ConeInequality& inequality,
                               const certificates::DifferentiatedPoint& point, long digits,
                               const Enclosure& allowed) {
    return [&, digits](const bottleneck::Cell& cell, const bottleneck::Probabilities& probabilities,
                       const bottleneck::Symmetry& symmetry) {
        const PrecisionScope own(digits);
        std::vector<certificates::Cone> cones;
        for (long i = 0; i < cell.dimension; ++i) {
            cones.push_back(cone_of(cell, i));
        }
        std::string reason;
        const std::optional<Enclosure> bound = certificates::leaf_bound(
            configuration, inequality, point, cones, leaf_of(probabilities, symmetry), reason);
        return bound && certainly_at_most(point.loss - *bound, allowed);
    };
}

}  // namespace

std::vector<certificates::ConeTree> trees_of(const bottleneck::Tree& tree) {
    std::vector<certificates::ConeTree> result;
    for (const bottleneck::RootedTree& rooted : tree) {
        certificates::ConeTree& cones = result.emplace_back();
        cones.chambers = rooted.chambers;
        for (const bottleneck::TreeNode& node : rooted.nodes) {
            if (node.split) {
                cones.nodes.emplace_back();
                cones.nodes.back().split =
                    certificates::ConeEdge{node.split->coordinate, node.split->first, node.split->second};
            } else {
                cones.nodes.push_back(leaf_of(node.probabilities, node.closed));
            }
        }
    }
    return result;
}

long leaves_of(const std::vector<certificates::ConeTree>& trees) {
    long leaves = 0;
    for (const certificates::ConeTree& tree : trees) {
        leaves += std::count_if(tree.nodes.begin(), tree.nodes.end(),
                                [](const certificates::ConeNode& node) { return !node.split; });
    }
    return leaves;
}

std::optional<ProvenMinimum> prove_minimum(const Configuration& configuration,
                                           const solvers::SolveOptions& options,
                                           const bottleneck::Limits& limits, CertifiedSolution& result) {
    if (!result.bounds.feasible) {
        return std::nullopt;
    }
    const auto start = std::chrono::steady_clock::now();
    const long digits = options.digits + guard_digits;
    const certificates::ConeInequality inequality(configuration);
    bottleneck::Limits inner = limits;
    const double answer = std::pow(10.0, 2 - static_cast<double>(options.digits));
    inner.gap = std::max(limits.gap, answer < least_gap_in_double ? 0 : answer / 2);
    ProvenMinimum proven;
    bottleneck::Outcome outcome;
    bool found_on_the_way = false;
    for (int restart = 0; restart < largest_restarts; ++restart) {
        const PrecisionScope scope(digits);
        const certificates::DifferentiatedPoint point = certificates::differentiated_point(
            configuration, certificates::enclosed_point(result.certificate));
        const Enclosure allowed =
            point.loss * from_rational<Enclosure>(
                             parse_rational("1e" + std::to_string(1 - options.digits), "gap", 1'000'000));
        const bottleneck::LeafJudge judge = judge_of(configuration, inequality, point, digits, allowed);
        if (limits.seconds > 0) {
            // What is left; never zero, which would be no limit.
            inner.seconds =
                std::max(std::numeric_limits<double>::min(), limits.seconds - seconds_since(start));
        }
        outcome = bottleneck::branch_and_bound(configuration, incumbent_of(result), inner,
                                               inner.gap > 0 ? bottleneck::LeafJudge() : judge);
        proven.nodes += outcome.nodes;
        if (!outcome.better || !adopt(configuration, options, *outcome.better, result)) {
            break;
        }
        found_on_the_way = true;
    }
    proven.search_seconds = seconds_since(start);
    if (outcome.end == bottleneck::End::better_point) {
        return std::nullopt;
    }
    const auto checking = std::chrono::steady_clock::now();
    proven.end = outcome.end;
    proven.interrupted =
        outcome.end == bottleneck::End::stopped && limits.stop != nullptr && limits.stop->load();
    proven.certificate.claim = result.certificate;
    proven.certificate.claim.slopes.clear();
    proven.certificate.trees = trees_of(outcome.tree);
    proven.leaves = leaves_of(proven.certificate.trees);
    const PrecisionScope scope(digits);
    proven.bounds = certificates::evaluate_bounds(proven.certificate);
    if (proven.bounds.feasible) {
        proven.certificate.claim.upper_bound =
            certificates::outward(proven.bounds.upper, options.digits + 10, true);
        // The gap of a minimum known to all digits is noise: the claim is that it is small enough.
        const std::string allowed = "1e" + std::to_string(2 - options.digits);
        const bool certified = certainly_at_most(
            proven.bounds.relative_gap, from_rational<Enclosure>(parse_rational(allowed, "gap", 1'000'000)));
        // Entropies of leaves are evaluated to fewer digits than the point's loss.
        proven.certificate.claim.lower_bound = certificates::outward_nonnegative(
            proven.bounds.lower, certified ? options.digits + 10 : entropy_digits);
        proven.certificate.gap =
            certified ? allowed : certificates::outward(proven.bounds.relative_gap, 6, true);
        if (certified && !found_on_the_way) {
            note_global(result.solution);
        }
    }
    proven.check_seconds = seconds_since(checking);
    return proven;
}

}  // namespace ncverify::properties
