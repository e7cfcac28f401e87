// Beyond the paper: what local minima look like for d >= K, and that a descent can always leave them.
#include <algorithm>

#include "properties/certified.hpp"
#include "properties/claims/domains.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "solvers/search.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

constexpr const char* where = "where a descent stood still";

Enclosure share_of(const Configuration& configuration, std::size_t k) {
    return from_rational<Enclosure>(Rational(Integer(configuration.counts[k]), configuration.samples()));
}

Enclosure loss_of(const Configuration& configuration, const FeasiblePoint& point) {
    return objective(configuration, feature_columns(configuration, Formulation::class_means),
                     point.classifier, point.features);
}

// n_k/N phi(M_k) + lH n_k ||h_k||^2: the block of class k alone, by the closed form.
Enclosure single_value(const Case& subject, std::size_t k) {
    const Configuration& configuration = subject.configuration();
    const theory::ClassForm& form = subject.closed_form().classes[k];
    return share_of(configuration, k) * log1p(Enclosure(configuration.classes() - 1) * exp(-form.margin)) +
           from_rational<Enclosure>(configuration.lambda_h * configuration.counts[k]) *
               form.feature_norm_squared;
}

// The block's value where no other class has features: Newton's method from its part of the search's point,
// in as many coordinates as it uses. Nothing where that does not converge.
std::optional<Enclosure> value_alone(const StillPoint& still, const Block& block) {
    const auto size = static_cast<Eigen::Index>(block.coordinates.size());
    Configuration configuration = still.configuration;
    configuration.dimension = size;
    const long classes = configuration.classes();
    solvers::ScaledPoint part{Matrix<double>::Zero(classes, size), Matrix<double>::Zero(size, classes), 0};
    for (Eigen::Index i = 0; i < size; ++i) {
        const long from = block.coordinates[static_cast<std::size_t>(i)];
        part.classifier.col(i) = still.searched.classifier.col(from);
        for (const long k : block.classes) {
            part.features(i, k) = still.searched.features(from, k);
        }
    }
    solvers::ActiveSet shared;
    shared.shared = true;
    const long digits = resolved_digits();
    const auto minimizer =
        refined(configuration, part, shared, solvers::working_digits(configuration, digits));
    if (!minimizer) {
        return std::nullopt;
    }
    Enclosure value = loss_of(
        configuration, solved_point(*minimizer, feature_columns(configuration, Formulation::class_means)));
    for (long k = 0; k < classes; ++k) {
        if (std::find(block.classes.begin(), block.classes.end(), k) == block.classes.end()) {
            value -= share_of(configuration, static_cast<std::size_t>(k)) * log(Enclosure(classes));
        }
    }
    return value;
}

// What is outside a block has equal rows of W there.
void check_outside(const StillPoint& still, const Block& block, Comparison& comparison) {
    const Matrix<Enclosure>& w = still.exact.classifier;
    for (const long i : block.coordinates) {
        Enclosure scale(0);
        long outside = -1;
        for (const Enclosure& entry : w.col(i)) {
            scale += abs(entry);
        }
        for (long k = 0; k < w.rows(); ++k) {
            if (std::find(block.classes.begin(), block.classes.end(), k) != block.classes.end()) {
                continue;
            }
            if (outside >= 0) {
                comparison.close("entries of W in a block's coordinate, of classes outside it", w(k, i),
                                 w(outside, i), scale, scale * still.refinement);
            }
            outside = k;
        }
    }
}

Observation sum_of_blocks(const Case& subject) {
    const StillPoint& still = subject.still_point();
    if (!still.minimizer) {
        return {};
    }
    Comparison comparison(subject, where);
    const Configuration& configuration = still.configuration;
    const Matrix<Enclosure>& features = still.exact.features;
    for (Eigen::Index i = 0; i < features.rows(); ++i) {
        const auto row = features.row(i);
        comparison.exact("a coordinate serves not all classes",
                         std::any_of(row.begin(), row.end(), is_exact_zero),
                         "coordinate " + std::to_string(i + 1) + " serves all");
    }
    Enclosure sum(0);
    std::vector<bool> lives(configuration.counts.size(), false);
    std::string sizes;
    for (const Block& block : blocks(features)) {
        for (const long k : block.classes) {
            lives[static_cast<std::size_t>(k)] = true;
        }
        const std::optional<Enclosure> value =
            block.classes.size() == 1 ? single_value(subject, static_cast<std::size_t>(block.classes[0]))
                                      : value_alone(still, block);
        if (!value) {
            comparison.undecided("a block's value");
            return comparison.observation();
        }
        sum += *value;
        check_outside(still, block, comparison);
        sizes += (sizes.empty() ? "" : ", ") + std::to_string(block.classes.size()) + " in " +
                 std::to_string(block.coordinates.size());
    }
    for (std::size_t k = 0; k < lives.size(); ++k) {
        if (!lives[k]) {
            sum += share_of(configuration, k) * log(Enclosure(configuration.classes()));
        }
    }
    comparison.close("loss, and the sum over its blocks", loss_of(configuration, still.exact), sum, sum,
                     sum * still.refinement);
    comparison.show("blocks: classes in coordinates", sizes.empty() ? "none" : sizes);
    return comparison.observation();
}

// The square of the sine between two coordinates' rows, features and W's columns together; the features in
// units in which both are equally long.
Enclosure sine_squared(const FeasiblePoint& point, const Enclosure& unit, long i, long j) {
    Enclosure ij(0), ii(0), jj(0);
    const auto add = [&](const Enclosure& a, const Enclosure& b) {
        ij += a * b;
        ii += a * a;
        jj += b * b;
    };
    for (Eigen::Index k = 0; k < point.features.cols(); ++k) {
        add(unit * point.features(i, k), unit * point.features(j, k));
        add(point.classifier(k, i), point.classifier(k, j));
    }
    return Enclosure(1) - ij * ij / (ii * jj);
}

// The block's coordinates, one of each that are copies of one another to these digits; none where it cannot
// be told whether two are: a count without one of them would flatter.
std::optional<std::vector<long>> different_coordinates(const FeasiblePoint& point, const Enclosure& unit,
                                                       const Block& block, long digits) {
    const Enclosure parallel = exp(-log(Enclosure(10)) * Enclosure(digits));
    std::vector<long> different;
    for (const long i : block.coordinates) {
        bool copy = false, unclear = false;
        for (const long j : different) {
            const Enclosure apart = sine_squared(point, unit, i, j);
            copy = copy || certainly_at_most(apart, parallel);
            unclear = unclear || !(certainly_at_most(apart, parallel) || certainly_less(parallel, apart));
        }
        if (!copy && unclear) {
            return std::nullopt;
        }
        if (!copy) {
            different.push_back(i);
        }
    }
    return different;
}

Observation parallel_coordinates(const Case& subject) {
    const StillPoint& still = subject.still_point();
    if (!still.local_minimum()) {
        return {};
    }
    Comparison comparison(subject, where);
    const FeasiblePoint& point = still.exact;
    const Enclosure unit = sqrt(from_rational<Enclosure>(Rational(
        still.configuration.lambda_h * still.configuration.samples() / still.configuration.lambda_w)));
    for (const Block& block : blocks(point.features)) {
        const std::optional<std::vector<long>> up_to_copies =
            different_coordinates(point, unit, block, subject.key.digits);
        if (!up_to_copies) {
            comparison.undecided("which coordinates of a block are copies of one another");
            return comparison.observation();
        }
        const std::vector<long>& different = *up_to_copies;
        const auto count = static_cast<long>(different.size()),
                   classes = static_cast<long>(block.classes.size());
        if (classes == 1) {
            comparison.exact("coordinates of a class alone", count == 1,
                             std::to_string(count) + " of class " + std::to_string(block.classes[0] + 1) +
                                 " are no copies of one another");
        } else {
            comparison.at_most("coordinates of a block of several classes, up to copies", Enclosure(count),
                               Enclosure(classes - 1), Enclosure(1));
        }
    }
    return comparison.observation();
}

Observation no_valley(const Case& subject) {
    const StillPoint& still = subject.still_point();
    if (!still.minimizer || still.separate()) {
        return {};
    }
    Comparison comparison(subject, "at the end");
    const Configuration& configuration = still.configuration;
    const solvers::ScaledProblem problem = solvers::scaled_problem(configuration);
    solvers::ScaledPoint point = still.searched;
    solvers::StartRecord record;
    solvers::descend_past_local_minima(configuration, problem, point, record);
    const solvers::ActiveSet active = solvers::identify(problem, point);
    const auto minimizer =
        refined(configuration, point, active, solvers::working_digits(configuration, resolved_digits()));
    if (!minimizer) {
        comparison.undecided("the point at the end");
        return comparison.observation();
    }
    const Enclosure start = loss_of(configuration, still.exact),
                    end = loss_of(
                        configuration,
                        solved_point(*minimizer, feature_columns(configuration, Formulation::class_means)));
    const Enclosure minimum = subject.closed_form().minimum_loss;
    comparison.below("loss at the end, and where the descent stood still", end, start, start);
    comparison.close("loss after merging and descending, and the minimum", end, minimum, minimum,
                     minimum * still.refinement);
    comparison.show("moves", std::to_string(record.met.size()));
    return comparison.observation();
}

}  // namespace

std::vector<Claim> landscape_claims() {
    const std::string met =
        "tried where a descent from a random point stands still that has no move for leaving it, of up to eight "
        "the first that does so above the minimum; the point refined";
    const std::string local =
        "; a coordinate that serves several classes only if the checker proves that a local minimum is near "
        "(K d <= 64)";
    const auto demands = without(whole_domain(), {two_classes(), near_threshold(), all_collapsed()});
    const std::vector<Demand> left = {{single_samples(), 0.02}, {two_groups(), 0.02},
                                      {all_distinct(), 0.05},   {none_collapsed(), 0.05},
                                      {some_collapsed(), 0.05}, {spare_coordinates(), 0.02}};
    return {
        {
            .id = "landscape.blocks",
            .source = "ours",
            .statement =
                R"(\mathcal{L}_0 = \sum_B V_B + \sum_{k:\,h_k = 0}\tfrac{n_k}{N}\log K \text{ at every stationary point, } V_B \text{ the value of block } B \text{ alone})",
            .domain = "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K; every stationary point",
            .kind = Kind::extension,
            .check = sum_of_blocks,
            .reading =
                "two classes are in one block where they share a coordinate; a coordinate serves at most "
                "K - 1 classes, and those outside a block have equal entries of W in its coordinates; "
                "the value of a class alone is the closed form's, that of several is found again with "
                "all other features zero; " +
                met + " (K d <= 64 where coordinates are shared)",
            .demands = demands,
        },
        {
            .id = "landscape.parallel",
            .source = "ours, a conjecture",
            .statement =
                R"(\text{at every local minimum a block of } m \ge 2 \text{ classes uses at most } m-1 \text{ coordinates up to copies, a class alone one})",
            .domain = "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K; every local minimum",
            .kind = Kind::extension,
            .check = parallel_coordinates,
            .reading = "coordinates i and j are copies of one another where (W_i, H_i) is a multiple of "
                       "(W_j, H_j); " +
                       met + local,
            .demands = demands,
        },
        {
            .id = "landscape.valleys",
            .source = "ours, a conjecture",
            .statement =
                R"(\text{from every local minimum, merging copies of coordinates and giving the freed one to the class with the largest } \|Ae_k\|/\sqrt{n_k} \text{ leads down to the global minimum})",
            .domain = "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K; every local minimum",
            .kind = Kind::extension,
            .check = no_valley,
            .reading =
                "A = (Y - P) diag(n/N), P the softmax's probabilities; " + met +
                "; a point at which every class that can use a coordinate has one of its own is global "
                "already and does not count",
            .demands = left,
        },
    };
}

}  // namespace ncverify::properties
