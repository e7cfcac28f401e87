// Claim: one statement of the paper that can be put on trial, and what a trial of it observes.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "properties/case.hpp"

namespace ncverify::properties {

enum class Kind { claim, misreading, extension };
/// What stands behind a verdict: random cases with rounding controlled; each case decided by enclosures; or a
/// minimiser whose global optimality the certificate proves. (`proved` is granted by a proof, never by a
/// run.)
enum class Evidence { sampled, enclosed, certified, proved };
enum class Outcome { passed, refuted, inconclusive, not_applicable };

/// One named value of an observation, as decimal text, for counterexamples.
using NamedValue = std::pair<std::string, std::string>;

/// What one claim's check saw in one case. `error` is a proven upper bound on the deviation from the claim,
/// in units of the quantity's natural scale; `message` and `values` say what was compared when it failed.
struct Observation {
    Outcome outcome = Outcome::not_applicable;
    double error_log10 = -1e300;  ///< log10 of the proven bound on the relative deviation; -1e300: exact
    std::string message;
    std::vector<NamedValue> values;
};

/// One entry of the registry. Adding a claim is adding one of these to one file under `claims/`.
struct Claim {
    std::string id;         ///< "thm1.b"
    std::string source;     ///< "Theorem 1 (8)"
    std::string statement;  ///< TeX, as the paper states it
    std::string domain;     ///< where it is claimed to hold, in words
    Kind kind = Kind::claim;
    Evidence evidence = Evidence::certified;
    /// Decides the claim for one case at the case's working precision; `inconclusive` asks for more digits.
    std::function<Observation(const Case&)> check;
    bool any_dimension = false;  ///< also claimed for d < K
};

}  // namespace ncverify::properties
