// Case: a configuration on trial, and what theorem, solver and checker say of it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "certificates/implied_bounds.hpp"
#include "problem/configuration.hpp"
#include "problem/random.hpp"
#include "properties/certified.hpp"
#include "properties/engine.hpp"
#include "properties/points.hpp"
#include "theory/closed_form.hpp"

namespace ncverify::properties {

/// What the witnesses said on one configuration; each part is taken when a check first asks for it. A world
/// in which something is wrong is a case with other testimony.
struct Testimony {
    std::optional<theory::ClosedForm> closed_form = {};
    std::optional<certificates::ImpliedBounds> bounds = {};
    std::shared_ptr<const CertifiedSolution> solution = {};
    std::optional<std::vector<FeasiblePoint>> critical_points = {};
    /// What becomes of minimisers of the samples form, which are not kept; null: nothing.
    std::function<void(CertifiedSolution&)> altered_samples = {};
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
    /// Enclosures of the invariants of every global minimiser, by the solver's point and the dual
    /// certificate.
    const certificates::ImpliedBounds& bounds() const;
    /// The solver's point itself, proven optimal to within its gap.
    const CertifiedSolution& solution() const;
    /// A minimiser of the samples form of a configuration of the check's own: the case's may have far too
    /// many samples. Not kept.
    CertifiedSolution samples_solution(const Configuration& configuration) const;
    /// Stationary points in class-means form, the solver's and others that are not minima (points.hpp); they
    /// are approximate, and so is what rests on them.
    const std::vector<FeasiblePoint>& critical_points() const;
    /// An independent stream for part `index` of what the check draws at random.
    Random random(std::uint64_t index) const;
    /// Says that the check rests on points that only approximate what the claim is about.
    void approximate() const { drawn_.sampled = true; }

    /// Whether the solver's point is proven optimal; solves first where no check has asked yet.
    bool certified() const;
    /// What has been asked for until now.
    const Testimony& testimony() const { return testimony_; }

    void begin() const override { drawn_ = {}; }
    Evidence evidence() const override;
    bool asked_for_theorem() const override { return drawn_.theorem; }
    std::optional<trial::SolverAccount> solver() const override;

  private:
    struct Drawn {
        bool sampled = false, certificate = false, theorem = false;
    };
    solvers::SolveOptions solve_options() const;

    int raise_ = 0;
    mutable Drawn drawn_;
    mutable Testimony testimony_;
};

/// Digits at which a case is solved and compared, for comparisons that must resolve `key.digits`: a gap g
/// pins a minimiser's invariants down to about sqrt(g) only. `raise` doubles them, once per unit. Cases want
/// a PrecisionScope of this and trial::guard_digits more.
long comparison_digits(const CaseKey& key, int raise = 0);

}  // namespace ncverify::properties
