// Claim: one statement of a paper that can be put on trial, and what a trial of it observes.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "trial/case.hpp"
#include "trial/coverage.hpp"

namespace ncverify::trial {

using api::Kind;

/// What a check made of one case.
enum class Outcome {
    passed,          ///< every comparison held, to the digits asked for
    refuted,         ///< some comparison certainly failed
    inconclusive,    ///< some comparison could not be decided at this precision
    not_applicable,  ///< the claim says nothing of this case
    untried          ///< the claim was not put to this case
};

std::string to_string(Outcome outcome);  ///< "passed", "refuted", "inconclusive", "skipped", "untried"

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

/// A claim's check: a function of a case of the paper's own kind, as the engine calls it.
class Check {
  public:
    Check() = default;
    /// @param check  callable as Observation(const C&), C derived from Case
    template <typename Function>
    requires(!std::is_same_v<std::remove_cvref_t<Function>, Check>) Check(Function check)
        : run_(erased(std::function(std::move(check)))) {}  // NOLINT(google-explicit-*)

    Observation operator()(const Case& subject) const { return run_(subject); }

  private:
    template <typename PaperCase>
    static std::function<Observation(const Case&)> erased(
        std::function<Observation(const PaperCase&)> check) {
        return [check = std::move(check)](const Case& subject) {
            return check(dynamic_cast<const PaperCase&>(subject));
        };
    }

    std::function<Observation(const Case&)> run_;
};

/// One entry of a registry. Adding a claim is adding one of these to one file of the paper's.
struct Claim {
    std::string id;         ///< "thm1.b"
    std::string source;     ///< "Theorem 1 (8)"
    std::string statement;  ///< TeX, as the paper states it
    std::string domain;     ///< where it is claimed to hold, in words
    Kind kind = Kind::claim;
    /// Decides the claim for one case at the case's working precision; `inconclusive` asks for more digits.
    Check check;
    bool any_instance = false;               ///< also claimed where InstanceKind::usual says no
    unsigned families = 1;                   ///< of instances that it is about, bits of InstanceKind::family
    std::string reading = "";                ///< where the paper's words leave room: how they are read here
    bool existence = false;                  ///< claims that some case passes, not that all do
    std::vector<Demand> demands = {};        ///< inputs that a run must have seen; empty: the usual ones
    std::vector<std::string> rests_on = {};  ///< what the paper derives it from: identifiers
};

/// Whether a pattern ("thm1.*", "thm1.b") matches an identifier; a star may only end it.
bool matches(const std::string& pattern, const std::string& id);

/// Which of `ids` match one of the comma-separated patterns ("thm1.*,cor4.threshold"); empty means all.
/// Throws InputError naming --claims for a pattern that matches nothing.
/// @param what, expected  of that error: "claim"; "identifiers that `ncverify claims` lists, .."
std::vector<bool> matching(const std::string& patterns, const std::vector<std::string>& ids,
                           const std::string& what, const std::string& expected);

/// The claim of exactly this identifier; throws InputError naming `where`.
Claim claim_named(const std::vector<Claim>& claims, const std::string& id, const std::string& where);

/// The claims whose identifiers match, in their order; throws InputError as `matching` does.
std::vector<Claim> select_claims(const std::vector<Claim>& claims, const std::string& patterns);

}  // namespace ncverify::trial
