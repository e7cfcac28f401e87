#include "properties/case.hpp"

#include <vector>

#include "problem/errors.hpp"

namespace ncverify::properties {

namespace {
constexpr const char* token_mark = "ncv1";
constexpr const char* token_expected =
    "a token that `verify` printed, ncv1:CLAIM:DIGITS:SEED:COUNTS:LAMBDA_W:LAMBDA_H:DIM";
}  // namespace

std::string replay_token(const std::string& claim, const CaseKey& key) {
    return std::string(token_mark) + ":" + claim + ":" + std::to_string(key.digits) + ":" +
           std::to_string(key.seed) + ":" + counts_text(key.configuration.counts) + ":" +
           to_string(key.configuration.lambda_w) + ":" + to_string(key.configuration.lambda_h) + ":" +
           std::to_string(key.configuration.dimension);
}

std::pair<std::string, CaseKey> parse_replay_token(const std::string& token) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= token.size();) {
        const std::size_t end = std::min(token.find(':', begin), token.size());
        parts.push_back(token.substr(begin, end - begin));
        begin = end + 1;
    }
    const auto number = [&](const std::string& text, std::size_t longest) {
        if (text.empty() || text.size() > longest ||
            text.find_first_not_of("0123456789") != std::string::npos) {
            throw InputError("'" + printable(text) + "' is not a number", "--replay", token_expected);
        }
        return Integer(text);
    };
    if (parts.size() != 8 || parts[0] != token_mark) {
        throw InputError("'" + printable(token) + "' is not a token", "--replay", token_expected);
    }
    CaseKey key;
    const Integer digits = number(parts[2], 6), seed = number(parts[3], 20), dimension = number(parts[7], 10);
    if (digits < 1 || digits > 100000 || seed > Integer("18446744073709551615") || dimension < 1) {
        throw InputError("a number is out of range", "--replay", token_expected);
    }
    key.digits = static_cast<long>(digits);
    key.seed = static_cast<std::uint64_t>(seed);
    key.configuration = make_configuration(parse_counts(parts[4], "--replay"), parts[5], parts[6],
                                           static_cast<long long>(dimension));
    return {parts[1], key};
}

long comparison_digits(const CaseKey& key, int raise) {
    return (2 * key.digits + 30) << raise;
}

Case::Case(CaseKey which, int raise, solvers::SearchMethod search)
    : key(std::move(which)), raise_(raise), search_(search) {}

const theory::ClosedForm& Case::closed_form() const {
    drawn_.theorem = true;
    if (!closed_form_) {
        closed_form_ = theory::closed_form(key.configuration);
    }
    return *closed_form_;
}

const CertifiedSolution& Case::solution() const {
    if (!solution_) {
        solvers::SolveOptions options;
        options.digits = comparison_digits(key, raise_);
        options.seed = key.seed;
        options.search = search_;
        solution_ = std::make_shared<CertifiedSolution>(solve_and_certify(key.configuration, options));
    }
    drawn_.certificate = true;
    return *solution_;
}

const certificates::ImpliedBounds& Case::bounds() const {
    drawn_.certificate = true;
    if (!bounds_) {
        const CertifiedSolution& solved = solution();
        bounds_ = certificates::implied_bounds(key.configuration, solved.solution.slopes, solved.bounds.upper,
                                               solved.bounds.lower);
    }
    return *bounds_;
}

CertifiedSolution Case::samples_solution(const Configuration& configuration) const {
    solvers::SolveOptions options;
    options.digits = comparison_digits(key, raise_);
    options.seed = key.seed;
    options.search = search_;
    options.formulation = Formulation::samples;
    CertifiedSolution found = solve_and_certify(configuration, options);
    drawn_.certificate = true;
    drawn_.sampled = drawn_.sampled || found.solution.status != solvers::SolutionStatus::certified;
    if (spoil_samples_solution) {
        spoil_samples_solution(found);
    }
    return found;
}

const std::vector<FeasiblePoint>& Case::critical_points() const {
    if (!critical_points_) {
        critical_points_ = stationary_points(key.configuration, solution().solution.minimizer, key.seed);
    }
    approximate();
    return *critical_points_;
}

Random Case::random(std::uint64_t index) const {
    drawn_.sampled = true;
    return Random(split_seed(key.seed, index));
}

theory::ClosedForm& Case::spoil_closed_form() {
    closed_form();
    return *closed_form_;
}

certificates::ImpliedBounds& Case::spoil_bounds() {
    bounds();
    return *bounds_;
}

std::vector<FeasiblePoint>& Case::spoil_critical_points() {
    critical_points();
    return *critical_points_;
}

SolverAccount Case::solver() const {
    const solvers::Solution& solved = solution().solution;
    SolverAccount account;
    account.certified = solved.status == solvers::SolutionStatus::certified;
    account.starts = static_cast<long>(solved.starts.size());
    for (const solvers::StartRecord& start : solved.starts) {
        account.local_minima +=
            static_cast<long>(start.met.size()) + (start.outcome == solvers::StartOutcome::local ? 1 : 0);
    }
    return account;
}

Evidence Case::evidence() const {
    if (drawn_.sampled || (drawn_.certificate && solution_ &&
                           solution_->solution.status != solvers::SolutionStatus::certified)) {
        return Evidence::sampled;
    }
    return drawn_.certificate ? Evidence::certified : Evidence::enclosed;
}

}  // namespace ncverify::properties
