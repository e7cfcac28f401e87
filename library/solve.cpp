#include "ncverify/solve.hpp"

#include <chrono>
#include <nlohmann/json.hpp>

#include "library/checked.hpp"
#include "problem/limits.hpp"
#include "problem/processor_clock.hpp"
#include "properties/printed_solution.hpp"
#include "solvers/samples.hpp"

namespace ncverify::api {

namespace {

// Refuses, before any work, what cannot be done.
solvers::SolveOptions checked(const ncverify::Configuration& problem, const SolveOptions& options) {
    solvers::SolveOptions inner;
    inner.formulation = options.formulation;
    inner.digits = static_cast<long>(library::checked(options.digits, "digits", 1, largest_digits));
    inner.seed = options.seed;
    inner.measure_evaluation = true;
    library::checked(options.jobs, "jobs", 0, largest_jobs);
    if (!(options.gap >= 0 && options.gap < 1) || !(options.seconds >= 0)) {
        throw InputError("a gap or time out of range", "gap, seconds", "a gap in [0, 1), a time not below 0");
    }
    if (options.starts != 0) {
        inner.largest_starts =
            static_cast<long>(library::checked(options.starts, "starts", 1, largest_starts));
        inner.all_starts = true;
    }
    if (options.formulation == Formulation::samples) {
        solvers::require_samples_fit(problem, inner.digits);
    } else {
        solvers::require_fits(problem, inner.digits);
    }
    inner.search = options.search.value_or(
        solvers::structured_search_applies(problem) ? SearchMethod::structured : SearchMethod::descent);
    return inner;
}

constexpr long unasked_cells = 30'000;  // some seconds

// Whether branch and bound is asked for, or cheap enough to be tried unasked. Refuses, before any work, what
// was asked for and is hopeless.
bool proves_by_branching(const ncverify::Configuration& problem, const SolveOptions& options) {
    const bool asked = options.gap > 0 || options.seconds > 0;
    if (solvers::structured_search_applies(problem)) {
        return false;  // the dual bound closes
    }
    if (options.formulation == Formulation::samples) {
        if (asked) {
            throw InputError("branch and bound works in the class-means form", "formulation",
                             "class-means, whose minimum is the same");
        }
        return false;
    }
    if (asked && !bottleneck::possible(problem)) {
        throw InputError(bottleneck::obstacle(problem), "configuration", bottleneck::what_is_possible());
    }
    return asked || bottleneck::promising(problem);
}

}  // namespace

Solution solve(const Configuration& configuration, const SolveOptions& options) {
    const ncverify::Configuration problem = library::checked(configuration);
    const solvers::SolveOptions inner = checked(problem, options);
    const bool branching = proves_by_branching(problem, options);
    const auto start = std::chrono::steady_clock::now();
    properties::CertifiedSolution result = properties::solve_and_certify(problem, inner);
    std::optional<properties::ProvenMinimum> proven;
    if (branching && result.solution.status != SolutionStatus::certified) {
        bottleneck::Limits limits;
        limits.gap = options.gap;
        limits.seconds = options.seconds;
        limits.jobs = library::threads(options.jobs);
        limits.stop = options.stop;
        if (options.gap == 0 && options.seconds == 0) {
            limits.nodes = unasked_cells;
        }
        proven = properties::prove_minimum(problem, inner, limits, result);
    }
    const double seconds = seconds_since(start);
    Solution solution =
        properties::printed_solution(problem, inner, result, proven, options.gap, !options.matrices);
    solution.configuration = library::as_given(problem);
    solution.timing.total = seconds;
    if (result.bounds.feasible && options.certificate) {
        solution.certificate = proven && proven->bounds.feasible ? certificates::to_text(proven->certificate)
                                                                 : certificates::to_text(result.certificate);
    }
    if (result.bounds.feasible && options.point) {
        solution.point = properties::printed_point(result.certificate);
    }
    return solution;
}

std::string to_json(const Solution& solution) {
    return properties::to_json(library::checked(solution.configuration), solution).dump(2);
}

}  // namespace ncverify::api
