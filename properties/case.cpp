#include "properties/case.hpp"

#include <vector>

namespace ncverify::properties {

long comparison_digits(const CaseKey& key, int raise) {
    return (2 * key.digits + 30) << raise;
}

Case::Case(CaseKey which, int raise) : trial::Case(std::move(which)), raise_(raise) {}

Case::Case(const Case& sound, Testimony altered) : Case(sound) {
    testimony_ = std::move(altered);
}

solvers::SolveOptions Case::solve_options() const {
    solvers::SolveOptions options;
    options.digits = comparison_digits(key, raise_);
    options.seed = key.seed;
    options.search = key.method.empty() ? solvers::SearchMethod::descent
                                        : solvers::parse_search_method(key.method, "--search");
    return options;
}

const theory::ClosedForm& Case::closed_form() const {
    drawn_.theorem = true;
    if (!testimony_.closed_form) {
        testimony_.closed_form = theory::closed_form(configuration());
    }
    return *testimony_.closed_form;
}

const CertifiedSolution& Case::solution() const {
    if (!testimony_.solution) {
        testimony_.solution =
            std::make_shared<CertifiedSolution>(solve_and_certify(configuration(), solve_options()));
    }
    drawn_.certificate = true;
    return *testimony_.solution;
}

const certificates::ImpliedBounds& Case::bounds() const {
    drawn_.certificate = true;
    if (!testimony_.bounds) {
        const CertifiedSolution& solved = solution();
        testimony_.bounds = certificates::implied_bounds(configuration(), solved.solution.slopes,
                                                         solved.bounds.upper, solved.bounds.lower);
    }
    return *testimony_.bounds;
}

CertifiedSolution Case::samples_solution(const Configuration& configuration) const {
    solvers::SolveOptions options = solve_options();
    options.formulation = Formulation::samples;
    CertifiedSolution found = solve_and_certify(configuration, options);
    drawn_.certificate = true;
    drawn_.sampled = drawn_.sampled || found.solution.status != solvers::SolutionStatus::certified;
    if (testimony_.altered_samples) {
        testimony_.altered_samples(found);
    }
    return found;
}

const std::vector<FeasiblePoint>& Case::critical_points() const {
    if (!testimony_.critical_points) {
        testimony_.critical_points =
            stationary_points(configuration(), solution().solution.minimizer, key.seed);
    }
    approximate();
    return *testimony_.critical_points;
}

Random Case::random(std::uint64_t index) const {
    drawn_.sampled = true;
    return Random(split_seed(key.seed, index));
}

bool Case::certified() const {
    return solution().solution.status == solvers::SolutionStatus::certified;
}

std::optional<trial::SolverAccount> Case::solver() const {
    if (!testimony_.solution) {
        return std::nullopt;
    }
    const solvers::Solution& solved = testimony_.solution->solution;
    trial::SolverAccount account;
    account.certified = solved.status == solvers::SolutionStatus::certified;
    account.starts = static_cast<long>(solved.starts.size());
    for (const solvers::StartRecord& start : solved.starts) {
        account.local_minima +=
            static_cast<long>(start.met.size()) + (start.outcome == solvers::StartOutcome::local ? 1 : 0);
    }
    return account;
}

Evidence Case::evidence() const {
    const bool uncertified =
        testimony_.solution && testimony_.solution->solution.status != solvers::SolutionStatus::certified;
    if (drawn_.sampled || (drawn_.certificate && uncertified)) {
        return Evidence::sampled;
    }
    return drawn_.certificate ? Evidence::certified : Evidence::enclosed;
}

}  // namespace ncverify::properties
