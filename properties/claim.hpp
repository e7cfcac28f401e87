// Claim: one statement of the paper that can be put on trial, and what a trial of it observes.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "properties/case.hpp"
#include "properties/coverage.hpp"

namespace ncverify::properties {

enum class Kind { claim, misreading, extension };
enum class Outcome { passed, refuted, inconclusive, not_applicable };

/// One named value of an observation, as decimal text, for counterexamples.
using NamedValue = std::pair<std::string, std::string>;

/// What one claim's check saw in one case. `error` is a proven upper bound on the deviation from the claim,
/// in units of the quantity's natural scale; `message` and `values` say what was compared when it failed.
struct Observation {
    Outcome outcome = Outcome::not_applicable;
    double error_log10 = -1e300;  ///< log10 of the proven bound on the relative deviation; -1e300: exact
    /// Of inequalities: by how much the closest one held, in units of its natural scale; below zero it fails.
    /// The search for counterexamples walks towards smaller ones.
    std::optional<double> slack;
    std::string message;
    std::vector<NamedValue> values;
    Evidence evidence = Evidence::enclosed;  ///< filled in by the trial
};

/// One entry of the registry. Adding a claim is adding one of these to one file under `claims/`.
struct Claim {
    std::string id;         ///< "thm1.b"
    std::string source;     ///< "Theorem 1 (8)"
    std::string statement;  ///< TeX, as the paper states it
    std::string domain;     ///< where it is claimed to hold, in words
    Kind kind = Kind::claim;
    /// Decides the claim for one case at the case's working precision; `inconclusive` asks for more digits.
    std::function<Observation(const Case&)> check;
    bool any_dimension = false;  ///< also claimed for d < K
    std::string reading = "";    ///< where the paper's words leave room: how they are read here
    bool existence = false;      ///< claims that some case passes, not that all do
    std::vector<Demand> demands = whole_domain();  ///< inputs that a run must have seen
};

}  // namespace ncverify::properties
