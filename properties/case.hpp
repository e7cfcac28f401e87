// Case: a configuration on trial, and what theorem, solver and checker say of it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "certificates/gap_terms.hpp"
#include "certificates/implied_bounds.hpp"
#include "problem/configuration.hpp"
#include "problem/random.hpp"
#include "properties/certified.hpp"
#include "properties/engine.hpp"
#include "properties/minimiser_bounds.hpp"
#include "properties/points.hpp"
#include "properties/proof_terms.hpp"
#include "properties/still_points.hpp"
#include "theory/closed_form.hpp"

namespace ncverify::properties {

/// Parts of the testimony, as Case::asked says which were asked for.
enum Part : unsigned {
    part_theorem = 1,         ///< the closed forms
    part_minimisers = 2,      ///< the solver's point, and what its certificate implies
    part_samples = 4,         ///< minimisers of the samples form
    part_critical = 8,        ///< stationary points
    part_terms = 16,          ///< the constants of the proof
    part_drawn = 32,          ///< points drawn at random
    part_dual = 64,           ///< the dual bound and the gap's terms
    part_implications = 128,  ///< what the checker derives from gaps and boxes of a check's own
    part_still = 256,         ///< where a descent stood still
    part_few = 512            ///< with fewer coordinates than classes
};

struct FewCoordinates;

/// What the witnesses said on one configuration; each part is taken when a check first asks for it. A world
/// in which something is wrong is a case with other testimony: another value, or an alteration of what is
/// computed on the way, which is null where nothing is altered.
struct Testimony {
    std::optional<theory::ClosedForm> closed_form = {};
    std::optional<certificates::ImpliedBounds> bounds = {};
    std::shared_ptr<const CertifiedSolution> solution = {};
    std::optional<std::vector<FeasiblePoint>> critical_points = {};
    std::shared_ptr<const StillPoint> still = {};
    std::shared_ptr<const FewCoordinates> few = {};
    /// The solver's point, class means; what its certificate says unless a world has another.
    std::optional<FeasiblePoint> found = {};
    /// In this world the found point is all that there is: "every global minimiser" is that point.
    bool minimisers_are_the_point = false;

    std::function<theory::ClosedForm(const Configuration&)> theorem = {};  ///< instead of Theorem 1
    std::function<void(CertifiedSolution&)> altered_samples = {};          ///< minimisers of the samples form
    std::function<void(ProofTerms&)> altered_terms = {};
    std::function<void(FeasiblePoint&)> altered_drawn = {};        ///< every point that a check draws
    std::function<Enclosure(const Enclosure&)> altered_dual = {};  ///< of D(beta)
    std::function<void(certificates::GapTerms&)> altered_gap_terms = {};
    std::function<void(certificates::ImpliedBounds&)> altered_implications = {};
    std::function<void(std::vector<Rational>&)> altered_slopes = {};  ///< that a check draws
    Enclosure radius_factor = Enclosure(1);                           ///< of Krawczyk's box
    Enclosure within_class = Enclosure(0);  ///< how far, relative, samples of a class lie apart
};

/// A configuration of problem (4) and a seed, with the testimony of theorem, solver and checker.
class Case : public trial::Case {
  public:
    Case() = default;
    /// @param raise  how often the digits of `comparison_digits` are doubled
    explicit Case(CaseKey which, int raise = 0);
    /// The same case in a world of this testimony.
    Case(const Case& sound, Testimony altered);

    const Configuration& configuration() const { return configuration_of(key.instance); }

    /// The theorem.
    const theory::ClosedForm& closed_form() const;
    /// The theorem for a configuration of the check's own.
    theory::ClosedForm theorem(const Configuration& configuration) const;
    /// Enclosures of the invariants of every global minimiser, by the solver's point and the dual
    /// certificate, each held against the point's own.
    MinimiserBounds bounds() const { return MinimiserBounds(*this); }
    const certificates::ImpliedBounds& implied_bounds() const;
    /// What they imply for w_k . w_j.
    const certificates::ClassifierProducts& classifier_products() const;
    /// The solver's point and its invariants; null where no start found one.
    const PointInvariants* found() const;
    /// L0 at that point.
    const Enclosure& found_loss() const;
    /// D(beta), and the gap's terms, as certificates/ has them.
    Enclosure dual_value(const Configuration& configuration, const std::vector<Rational>& slopes) const;
    certificates::GapTerms gap_terms(const std::vector<FeatureColumn>& columns,
                                     const std::vector<Rational>& slopes, const FeasiblePoint& point) const;
    /// What a gap of the check's own implies.
    certificates::ImpliedBounds implications(const Configuration& configuration,
                                             const std::vector<Rational>& slopes, const Enclosure& upper,
                                             const Enclosure& lower) const;
    /// A radius that the checker's box test found, as it is in this world.
    Enclosure radius(const Enclosure& found) const;
    /// The constants of the proof for this configuration or another.
    ProofTerms terms(const Configuration& configuration) const;
    ProofTerms terms() const { return terms(configuration()); }
    /// A point, or slopes, that a check has drawn, as they are in this world.
    FeasiblePoint drawn(FeasiblePoint point) const;
    std::vector<Rational> drawn(std::vector<Rational> slopes) const;
    /// The solver's point itself, proven optimal to within its gap.
    const CertifiedSolution& solution() const;
    /// A minimiser of the samples form of a configuration of the check's own: the case's may have far too
    /// many samples. Not kept.
    CertifiedSolution samples_solution(const Configuration& configuration) const;
    /// Stationary points in class-means form, the solver's and others that are not minima (points.hpp); they
    /// are approximate, and so is what rests on them.
    const std::vector<FeasiblePoint>& critical_points() const;
    /// Where a descent from the case's own random point stands still.
    const StillPoint& still_point() const;
    /// A small problem with fewer coordinates than classes, made of this one (few_coordinates.hpp).
    const FewCoordinates& few_coordinates() const;
    /// An independent stream for part `index` of what the check draws at random.
    Random random(std::uint64_t index) const;
    /// Says that the check rests on points that only approximate what the claim is about.
    void approximate() const { drawn_.sampled = true; }

    /// Whether the solver's point is proven optimal; solves first where no check has asked yet.
    bool certified() const;
    /// What has been asked for until now.
    const Testimony& testimony() const { return testimony_; }
    /// Notes that the found point breaks a bound; the first stands.
    void contradict(const std::string& name, const Enclosure& value, const Enclosure& bound) const;

    void begin() const override { drawn_ = {}; }
    Evidence evidence() const override;
    unsigned asked() const override { return drawn_.parts; }
    std::unique_ptr<trial::Case> clone() const override { return std::make_unique<Case>(*this); }
    std::optional<trial::Contradiction> contradiction() const override { return drawn_.contradiction; }
    std::optional<trial::SolverAccount> solver() const override;

  private:
    struct Drawn {
        bool sampled = false, certificate = false;
        unsigned parts = 0;
        std::optional<trial::Contradiction> contradiction = {};
    };
    solvers::SolveOptions solve_options() const;

    int raise_ = 0;
    mutable Drawn drawn_;
    mutable Testimony testimony_;
    mutable std::shared_ptr<const PointInvariants> found_;
    mutable std::shared_ptr<const certificates::ClassifierProducts> products_;
    mutable std::optional<Enclosure> loss_;  // of found_
};

/// Digits at which a case is solved and compared, for comparisons that must resolve `key.digits`: a gap g
/// pins a minimiser's invariants down to about sqrt(g) only. `raise` doubles them, once per unit. Cases want
/// a PrecisionScope of this and trial::guard_digits more.
long comparison_digits(const CaseKey& key, int raise = 0);

}  // namespace ncverify::properties
