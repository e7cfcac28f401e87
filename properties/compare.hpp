// Comparisons in enclosures: the only place where "equal" is decided.
#pragma once

#include <string>

#include "properties/case.hpp"
#include "properties/claim.hpp"

namespace ncverify::properties {

/// Collects the comparisons that one check makes into one observation: refuted if one fails, undecided if one
/// is undecided, else passed with the largest proven deviation.
class Comparison {
  public:
    explicit Comparison(const Case& subject) : digits_(subject.key.digits) {}

    /// The certified quantity equals the claimed one. Refuted where their enclosures are disjoint; passed
    /// where they overlap and together reach no further than 10^-digits of `scale`; undecided between.
    void equal(const std::string& name, const Enclosure& certified, const Enclosure& claimed,
               const Enclosure& scale);
    /// A certified quantity that cannot be negative is zero.
    void zero(const std::string& name, const Enclosure& certified, const Enclosure& scale) {
        equal(name, certified, Enclosure(0), scale);
    }
    /// smaller <= larger. Passed or refuted where the enclosures decide, else undecided: what may be an exact
    /// tie the caller decides first. The slack of the observation is (larger - smaller) / scale, the least.
    void at_most(const std::string& name, const Enclosure& smaller, const Enclosure& larger,
                 const Enclosure& scale);
    /// smaller < larger, likewise.
    void less(const std::string& name, const Enclosure& smaller, const Enclosure& larger,
              const Enclosure& scale);
    /// A condition that was decided exactly.
    void exact(const std::string& name, bool holds, const std::string& message);
    /// Something could not be decided at this precision.
    void undecided(const std::string& name);
    /// Adds a value to the observation, for witnesses.
    void show(const std::string& name, const std::string& value) {
        observation_.values.emplace_back(name, value);
    }

    Observation observation() const { return observation_; }

  private:
    void ordered(const std::string& name, const Enclosure& smaller, const Enclosure& larger,
                 const Enclosure& scale, bool strict);

    long digits_;
    Observation observation_;
};

/// log10 of an upper bound of |value|; -1e300 for exact zero, +1e300 where it is not finite.
double log10_bound(const Enclosure& value);

/// max(1, value) up to rounding: the scale of margins and logits.
Enclosure at_least_one(const Enclosure& value);

}  // namespace ncverify::properties
