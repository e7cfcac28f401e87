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

}  // namespace

Solution solve(const Configuration& configuration, const SolveOptions& options) {
    const ncverify::Configuration problem = library::checked(configuration);
    const solvers::SolveOptions inner = checked(problem, options);
    const auto start = std::chrono::steady_clock::now();
    properties::CertifiedSolution result = properties::solve_and_certify(problem, inner);
    const double seconds = seconds_since(start);
    Solution solution = properties::printed_solution(problem, inner, result, !options.matrices);
    solution.configuration = library::as_given(problem);
    solution.timing.total = seconds;
    if (result.bounds.feasible && options.certificate) {
        solution.certificate = certificates::to_text(result.certificate);
    }
    if (result.bounds.feasible && options.point) {
        solution.point = properties::printed_point(std::move(result.certificate));
    }
    return solution;
}

std::string to_json(const Solution& solution) {
    return properties::to_json(library::checked(solution.configuration), solution).dump(2);
}

}  // namespace ncverify::api
