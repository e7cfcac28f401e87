// Case: a configuration, a seed and a number of digits; everything a check looks at derives from it.
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
#include "properties/points.hpp"
#include "theory/closed_form.hpp"

namespace ncverify::properties {

/// What a case is made of, and what its replay token says.
struct CaseKey {
    Configuration configuration;
    std::uint64_t seed = 1;
    long digits = 50;
};

/// A token that replays one claim on one case on any machine: one shell word, readable.
std::string replay_token(const std::string& claim, const CaseKey& key);
/// The claim and the case of a token; throws InputError for anything that is not one.
std::pair<std::string, CaseKey> parse_replay_token(const std::string& token);

/// What stands behind a verdict. `sampled`: random points, or points only approximately what the claim is
/// about; `enclosed`: each case decided by enclosures or in rationals; `certified`: rests on a minimiser
/// whose global optimality the certificate proves; `proved`: a proof over a whole domain (never granted by
/// cases).
enum class Evidence { sampled, enclosed, certified, proved };

/// What the solver did for a case.
struct SolverAccount {
    bool certified = false;
    long starts = 0;
    long local_minima = 0;  ///< met on the way or ended in: points not global or not proven so
};

/// The witnesses' testimony on one configuration, taken when a check first asks for it. A case remembers what
/// has been asked for, so that the level of evidence is a fact and not a declaration.
class Case {
  public:
    Case() = default;
    /// @param raise  how often the digits of `comparison_digits` are doubled
    explicit Case(CaseKey which, int raise = 0,
                  solvers::SearchMethod search = solvers::SearchMethod::descent);

    CaseKey key;

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

    /// For seeded defects: the same testimony, to be spoilt.
    theory::ClosedForm& spoil_closed_form();
    certificates::ImpliedBounds& spoil_bounds();
    std::vector<FeasiblePoint>& spoil_critical_points();
    std::function<void(CertifiedSolution&)> spoil_samples_solution;

    bool solved() const { return solution_ != nullptr; }
    SolverAccount solver() const;  ///< solves first where no check has asked yet

    /// Forgets what was asked for; `evidence` says what the questions since then amount to.
    void begin() const { drawn_ = {}; }
    Evidence evidence() const;
    /// Whether a number of the theorem was asked for: a check that needed none cannot see the theorem change.
    bool asked_for_theorem() const { return drawn_.theorem; }

  private:
    struct Drawn {
        bool sampled = false, certificate = false, theorem = false;
    };
    int raise_ = 0;
    solvers::SearchMethod search_ = solvers::SearchMethod::descent;
    mutable Drawn drawn_;
    mutable std::optional<theory::ClosedForm> closed_form_;
    mutable std::optional<certificates::ImpliedBounds> bounds_;
    mutable std::shared_ptr<const CertifiedSolution> solution_;
    mutable std::optional<std::vector<FeasiblePoint>> critical_points_;
};

/// Digits at which a case is solved and compared, for comparisons that must resolve `key.digits`: a gap g
/// pins a minimiser's invariants down to about sqrt(g) only. `raise` doubles them, once per unit. Cases want
/// a PrecisionScope of this and 40 more.
long comparison_digits(const CaseKey& key, int raise);

}  // namespace ncverify::properties
