#include "solvers/search.hpp"

#include <algorithm>
#include <cmath>

#include "problem/cancellation.hpp"
#include "problem/errors.hpp"
#include "problem/random.hpp"
#include "solvers/consider.hpp"
#include "solvers/descent.hpp"
#include "solvers/merge.hpp"

namespace ncverify::solvers {

namespace {

// All of these steer a search whose end is refined and then certified, or is not believed. Another value
// costs steps, or another start.
//
// The structured search asks a random point only which class each coordinate leans to. One step from there
// tells already; a few let coordinates that lean to several classes decide, each step short enough that the
// gradient still points that way at its end.
constexpr int gradient_steps = 3;
constexpr double relative_move = 0.3;  // in units of the point's norm
// Of a class solved in double, where Newton's method ends at 10^-13 or has lost its way; then it is solved
// again from a safe ray.
constexpr double good_residual = 1e-9;

// A rough descent, to see where it leads; it is repeated to full accuracy before anything is read off it.
constexpr double rough_tolerance = 1e-5;
constexpr long rough_iterations = 1000;
// A pull above 1 means that the loss can fall, and classes with a coordinate of their own stand at 1 exactly.
// At the end of a descent residuals, so pulls, are off by its tolerance (1e-5 here, 1e-9 by default) over the
// curvature, for which these leave two and three digits. Too large misses a class with little to gain, which
// the certificate then shows; too small tries a move that does not lower F, and is undone.
constexpr double rough_pull = 1 + 1e-3, least_pull = 1 + 1e-6;
// The random step off a saddle, relative to each entry, lowers F by half its square times the negative
// curvature: 10^-4 of that, which is above saddle_fall for any curvature that double precision tells from
// none. F that fell by less came back to where it was.
constexpr double saddle_step = 1e-2, saddle_fall = 1e-12;
constexpr long most_moves = 10;  // for each class: a stop for what rounding might do; one or two are the rule

Found descent_search(const Configuration& configuration, const ScaledProblem& problem, ScaledPoint point,
                     StartRecord& record) {
    Found found;
    descend_past_local_minima(configuration, problem, point, record);
    found.active = identify(problem, point);
    record.objective = searched_objective(configuration, stretched(problem, point).value);
    if (!found.active.shared) {
        found.starts.resize(static_cast<std::size_t>(problem.classes));
        const Matrix<double> logits = scaled_logits(problem, point);
        for (const long k : found.active.owner) {
            auto& start = found.starts[static_cast<std::size_t>(std::max(k, 0L))];
            if (k != unowned && start.logits.size() == 0) {
                start = start_class(problem.log_gamma[static_cast<std::size_t>(k)], k, logits.col(k));
            }
        }
    }
    found.point = std::move(point);
    return found;
}

// Each coordinate goes to the class that uses it most;
// a class that got none and could use one takes a spare one.
ActiveSet assign_coordinates(const ScaledProblem& problem, const ScaledPoint& point, StartRecord& record) {
    ActiveSet active;
    std::vector<long> owned(static_cast<std::size_t>(problem.classes), 0);
    for (long i = 0; i < problem.dimension; ++i) {
        long owner = unowned;
        double most = 0;
        for (long k = 0; k < problem.classes; ++k) {
            const auto index = static_cast<std::size_t>(k);
            const double share = point.features(i, k) / std::sqrt(problem.root_count[index]);
            if (problem.revivable[index] && share > most) {
                most = share;
                owner = k;
            }
        }
        active.owner.push_back(owner);
        active.weight.push_back(owner == unowned ? 0.0 : point.features(i, owner));
        if (owner != unowned) {
            ++owned[static_cast<std::size_t>(owner)];
        }
    }
    std::size_t spare = 0;
    for (long k = 0; k < problem.classes; ++k) {
        const auto index = static_cast<std::size_t>(k);
        if (!problem.revivable[index] || owned[index] > 0) {
            continue;
        }
        const auto is_spare = [&](long owner) {
            return owner == unowned || owned[static_cast<std::size_t>(owner)] > 1;
        };
        while (spare < active.owner.size() && !is_spare(active.owner[spare])) {
            ++spare;
        }
        if (spare == active.owner.size()) {
            active.dead.push_back(k);
            continue;
        }
        if (active.owner[spare] != unowned) {
            --owned[static_cast<std::size_t>(active.owner[spare])];
        }
        active.owner[spare] = k;
        active.weight[spare] = 1;
        owned[index] = 1;
        ++record.revived;
    }
    return active;
}

Found structured_search(const Configuration& configuration, const ScaledProblem& problem, ScaledPoint point,
                        StartRecord& record) {
    Matrix<double> gradient_v, gradient_u;
    for (int step = 0; step < gradient_steps; ++step) {
        scaled_gradient(problem, point.classifier, point.features, gradient_v, gradient_u);
        const double length =
            relative_move * std::sqrt((point.classifier.squaredNorm() + point.features.squaredNorm()) /
                                      (gradient_v.squaredNorm() + gradient_u.squaredNorm()));
        point.classifier -= length * gradient_v;
        point.features = (point.features - length * gradient_u).cwiseMax(0.0);
    }
    Found found;
    found.active = assign_coordinates(problem, point, record);
    const auto classes = static_cast<std::size_t>(problem.classes);
    std::vector<Vector<double>> rays(classes);
    for (std::size_t i = 0; i < found.active.owner.size(); ++i) {
        if (found.active.owner[i] == unowned) {
            continue;
        }
        auto& ray = rays[static_cast<std::size_t>(found.active.owner[i])];
        if (ray.size() == 0) {
            ray = Vector<double>::Zero(problem.classes);
        }
        ray += found.active.weight[i] * point.classifier.col(static_cast<Eigen::Index>(i));
    }
    found.starts.resize(classes);
    double value = 0;
    for (long k = 0; k < problem.classes; ++k) {
        give_up_if_cancelled();
        const auto index = static_cast<std::size_t>(k);
        if (rays[index].size() == 0) {
            value += problem.root_count[index] * static_cast<double>(std::exp(problem.log_gamma[index])) *
                     std::log(static_cast<double>(problem.classes));
            continue;
        }
        ClassStart& start = found.starts[index];
        start = start_class(problem.log_gamma[index], k, rays[index]);
        if (!(start.residual < good_residual)) {
            start = start_class(problem.log_gamma[index], k, Vector<double>::Zero(problem.classes));
        }
        record.iterations = std::max(record.iterations, static_cast<long>(start.evaluations));
        value += class_objective(problem, k, start);
    }
    if (std::isfinite(value)) {  // not where gamma is beyond double
        record.objective = searched_objective(configuration, value);
    }
    return found;
}

}  // namespace

// Equal classes that were given coordinates by one rule move alike, and a descent keeps what is symmetric: it
// may end in a saddle, where classes pull and nothing is a copy. Any step off it leads down.
static bool step_off_saddle(const ScaledProblem& problem, ScaledPoint& point, StartRecord& record) {
    const std::vector<double> all = pulls(problem, point);
    const auto living = std::count(problem.revivable.begin(), problem.revivable.end(), true);
    if (living > problem.dimension || *std::max_element(all.begin(), all.end()) <= least_pull) {
        return false;
    }
    Random random(split_seed(record.seed, 1));
    ScaledPoint beside = point;
    for (Matrix<double>* part : {&beside.classifier, &beside.features}) {
        for (double& entry : part->reshaped()) {
            entry *= 1 + saddle_step * (2 * random.uniform() - 1);
        }
    }
    record.iterations += descend(problem, beside, DescentOptions{}).iterations;
    if (beside.value >= point.value * (1 - saddle_fall)) {
        return false;
    }
    point = std::move(beside);
    return true;
}

bool descend_past_local_minima(const Configuration& configuration, const ScaledProblem& problem,
                               ScaledPoint& point, StartRecord& record,
                               const std::function<void(ScaledPoint&)>& after_move) {
    DescentOptions rough;
    rough.tolerance = rough_tolerance;
    rough.largest_iterations = rough_iterations;
    long moves = 0;
    bool given = false;
    const auto leave = [&](double smallest_pull) {
        EscapedMinimum here{searched_objective(configuration, stretched(problem, point).value),
                            identify(problem, point).dead};
        const Move move = merge_and_give(problem, point, smallest_pull);
        given = !move.given.empty();
        if (!given) {
            return false;
        }
        record.met.push_back(std::move(here));
        record.revived += static_cast<long>(move.given.size());
        if (after_move) {
            after_move(point);
        }
        return move.fall > 0 && ++moves < most_moves * problem.classes;
    };
    do {
        record.iterations += descend(problem, point, rough).iterations;
    } while (leave(rough_pull));
    do {
        do {
            record.iterations += descend(problem, point, DescentOptions{}).iterations;
        } while (leave(least_pull));
    } while (!given && ++moves < most_moves * problem.classes && step_off_saddle(problem, point, record));
    return !given;
}

SearchMethod parse_search_method(const std::string& text, const std::string& where) {
    for (const SearchMethod method : {SearchMethod::descent, SearchMethod::structured}) {
        if (text == to_string(method)) {
            return method;
        }
    }
    throw InputError("'" + printable(text) + "' is no search", where, "descent or structured");
}

Found search(const Configuration& configuration, const ScaledProblem& problem, SearchMethod method,
             std::uint64_t seed, StartRecord& record) {
    record.seed = seed;
    Random random(seed);
    Found found = method == SearchMethod::descent
                      ? descent_search(configuration, problem, random_point(problem, random), record)
                      : structured_search(configuration, problem, random_point(problem, random), record);
    record.dead_classes = found.active.dead;
    return found;
}

}  // namespace ncverify::solvers
