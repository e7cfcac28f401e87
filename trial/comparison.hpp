// Comparisons in enclosures: the only place where "equal" is decided.
#pragma once

#include <string>
#include <vector>

#include "problem/enclosure.hpp"
#include "trial/claim.hpp"

namespace ncverify::trial {

/// Collects the comparisons that one check makes into one observation: refuted if one fails, undecided if one
/// is undecided, else passed with the largest proven deviation.
class Comparison {
  public:
    /// @param where  what the left sides of equalities are values of, for counterexamples
    explicit Comparison(const Case& subject, std::string where = "at every global minimiser")
        : subject_(&subject), digits_(subject.key.digits), where_(std::move(where)) {}

    /// The certified quantity equals the claimed one. Refuted where their enclosures are disjoint; passed
    /// where they overlap and together reach no further than 10^-digits of `scale`; undecided between.
    void equal(const std::string& name, const Enclosure& certified, const Enclosure& claimed,
               const Enclosure& scale);
    /// A certified quantity that cannot be negative is zero.
    void zero(const std::string& name, const Enclosure& certified, const Enclosure& scale) {
        equal(name, certified, Enclosure(0), scale);
    }
    /// Equality at a point that only approximates what the claim is about, by which the values may differ up
    /// to `allowance`. Passed where they differ by at most 10^-digits of `scale`, refuted where certainly by
    /// more than that and the allowance together; undecided between.
    void close(const std::string& name, const Enclosure& value, const Enclosure& claimed,
               const Enclosure& scale, const Enclosure& allowance);
    /// `smaller` <= `larger`. Refuted where certainly violated; passed where it certainly holds, or where the
    /// enclosures reach beyond it by at most 10^-digits of `scale`; undecided between. Sets the slack.
    void at_most(const std::string& name, const Enclosure& smaller, const Enclosure& larger,
                 const Enclosure& scale);
    /// `smaller` < `larger`: passed only where certain, refuted where the contrary is. Sets the slack.
    void below(const std::string& name, const Enclosure& smaller, const Enclosure& larger,
               const Enclosure& scale);
    /// A value of one point lies within a bound on the values of all such points. Refuted where it certainly
    /// does not; a bound that leaves room, or is not finite, is no error; undecided where the value itself is
    /// not finite.
    void within(const std::string& name, const Enclosure& value, const Enclosure& bound);
    /// A condition that was decided exactly.
    void exact(const std::string& name, bool holds, const std::string& message);
    /// Something could not be decided at this precision.
    void undecided(const std::string& name);
    /// Adds a value to the observation, for witnesses.
    void show(const std::string& name, const std::string& value) {
        observation_.values.emplace_back(name, value);
    }

    /// What all comparisons came to. Where the witnesses contradict themselves, the claim or their statement
    /// is wrong: it is refuted, and either is a finding.
    Observation observation() const;

  private:
    // Notes the comparison's kind; whether this world has its expression wrong.
    bool begin(const std::string& name);
    void refute(const std::string& message, std::vector<NamedValue> values);
    void pass(double error_log10);
    void violated(const std::string& name, const Enclosure& smaller, const Enclosure& larger);
    void note_slack(const Enclosure& margin);

    const Case* subject_;
    long digits_;
    std::string where_;
    std::string kind_;  // of the comparison being made; empty where nobody asks
    Observation observation_;
};

/// log10 of an upper bound of |value|; -1e300 for exact zero, +1e300 where it is not finite.
double log10_bound(const Enclosure& value);

/// max(1, value) up to rounding: the scale of margins and logits.
Enclosure at_least_one(const Enclosure& value);

}  // namespace ncverify::trial
