#include "properties/case.hpp"

#include <utility>
#include <vector>

#include "certificates/check.hpp"
#include "certificates/point.hpp"
#include "properties/few_coordinates.hpp"

namespace ncverify::properties {

long comparison_digits(const CaseKey& key, int raise) {
    return (2 * key.digits + 30) << raise;
}

Case::Case(CaseKey which, int raise) : trial::Case(std::move(which)), raise_(raise) {}

Case::Case(const Case& sound, Testimony altered) : Case(sound) {
    testimony_ = std::move(altered);
    found_ = nullptr;
    products_ = nullptr;
    loss_.reset();
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
    drawn_.parts |= part_theorem;
    if (!testimony_.closed_form) {
        testimony_.closed_form = theorem(configuration());
    }
    return *testimony_.closed_form;
}

theory::ClosedForm Case::theorem(const Configuration& configuration) const {
    drawn_.parts |= part_theorem;
    return testimony_.theorem ? testimony_.theorem(configuration) : theory::closed_form(configuration);
}

const CertifiedSolution& Case::solution() const {
    if (!testimony_.solution) {
        testimony_.solution =
            std::make_shared<CertifiedSolution>(solve_and_certify(configuration(), solve_options()));
    }
    drawn_.certificate = true;
    drawn_.parts |= part_minimisers;
    return *testimony_.solution;
}

const certificates::ImpliedBounds& Case::implied_bounds() const {
    drawn_.certificate = true;
    drawn_.parts |= part_minimisers;
    if (!testimony_.bounds) {
        const CertifiedSolution& solved = solution();
        testimony_.bounds = certificates::implied_bounds(configuration(), solved.solution.slopes,
                                                         solved.bounds.upper, solved.bounds.lower);
    }
    return *testimony_.bounds;
}

const certificates::ClassifierProducts& Case::classifier_products() const {
    const certificates::ImpliedBounds& bounds = implied_bounds();
    if (!products_) {
        products_ = std::make_shared<certificates::ClassifierProducts>(bounds);
    }
    return *products_;
}

const PointInvariants* Case::found() const {
    const CertifiedSolution& solved = solution();
    if (!testimony_.found && !solved.certificate.features.empty()) {
        certificates::EnclosedPoint point = solved.bounds.at
                                                ? certificates::dense(solved.bounds.at->point)
                                                : certificates::enclosed_point(solved.certificate);
        testimony_.found =
            FeasiblePoint{"the solver's point", std::move(point.classifier), std::move(point.features)};
    }
    if (!found_ && testimony_.found) {
        found_ = std::make_shared<PointInvariants>(
            configuration(), feature_columns(configuration(), Formulation::class_means), *testimony_.found);
    }
    return found_.get();
}

const Enclosure& Case::found_loss() const {
    if (!loss_) {
        loss_ = found()->loss();
    }
    return *loss_;
}

void Case::contradict(const std::string& name, const Enclosure& value, const Enclosure& bound) const {
    if (!drawn_.contradiction) {
        constexpr long shown = 25;
        drawn_.contradiction = {name + " of the found point breaks the bound that its certificate implies",
                                {{name + ", at the found point", value.text(shown)},
                                 {name + ", lower bound", bound.lower().text(shown)},
                                 {name + ", upper bound", bound.upper().text(shown)}}};
    }
}

Enclosure Case::dual_value(const Configuration& configuration, const std::vector<Rational>& slopes) const {
    drawn_.parts |= part_dual;
    const Enclosure value = certificates::dual_value(configuration, slopes);
    return testimony_.altered_dual ? testimony_.altered_dual(value) : value;
}

certificates::GapTerms Case::gap_terms(const std::vector<FeatureColumn>& columns,
                                       const std::vector<Rational>& slopes,
                                       const FeasiblePoint& point) const {
    drawn_.parts |= part_dual;
    certificates::GapTerms terms =
        certificates::gap_terms(configuration(), columns, slopes, point.classifier, point.features);
    if (testimony_.altered_gap_terms) {
        testimony_.altered_gap_terms(terms);
    }
    return terms;
}

certificates::ImpliedBounds Case::implications(const Configuration& configuration,
                                               const std::vector<Rational>& slopes, const Enclosure& upper,
                                               const Enclosure& lower) const {
    drawn_.parts |= part_implications;
    certificates::ImpliedBounds bounds = certificates::implied_bounds(configuration, slopes, upper, lower);
    if (testimony_.altered_implications) {
        testimony_.altered_implications(bounds);
    }
    return bounds;
}

Enclosure Case::radius(const Enclosure& found) const {
    drawn_.parts |= part_implications;
    return found * testimony_.radius_factor;
}

ProofTerms Case::terms(const Configuration& configuration) const {
    drawn_.parts |= part_terms;
    ProofTerms terms = proof_terms(configuration);
    if (testimony_.altered_terms) {
        testimony_.altered_terms(terms);
    }
    return terms;
}

FeasiblePoint Case::drawn(FeasiblePoint point) const {
    drawn_.parts |= part_drawn;
    if (testimony_.altered_drawn) {
        testimony_.altered_drawn(point);
    }
    return point;
}

std::vector<Rational> Case::drawn(std::vector<Rational> slopes) const {
    drawn_.parts |= part_drawn;
    if (testimony_.altered_slopes) {
        testimony_.altered_slopes(slopes);
    }
    return slopes;
}

CertifiedSolution Case::samples_solution(const Configuration& configuration) const {
    solvers::SolveOptions options = solve_options();
    options.formulation = Formulation::samples;
    CertifiedSolution found = solve_and_certify(configuration, options);
    drawn_.certificate = true;
    drawn_.parts |= part_samples;
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
    drawn_.parts |= part_critical;
    return *testimony_.critical_points;
}

Random Case::random(std::uint64_t index) const {
    drawn_.sampled = true;
    return Random(split_seed(key.seed, index));
}

const StillPoint& Case::still_point() const {
    if (!testimony_.still) {
        Random random(split_seed(key.seed, 0xd1));
        testimony_.still = std::make_shared<StillPoint>(properties::still_point(configuration(), random));
    }
    approximate();
    drawn_.parts |= part_still;
    return *testimony_.still;
}

const FewCoordinates& Case::few_coordinates() const {
    if (!testimony_.few) {
        testimony_.few = std::make_shared<FewCoordinates>(
            properties::few_coordinates(configuration(), key.seed, comparison_digits(key, raise_)));
    }
    drawn_.certificate = true;
    drawn_.parts |= part_few;
    return *testimony_.few;
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
