// Mutation: which claim refutes which wrong theorem, and after how many cases.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "trial/claim.hpp"

namespace ncverify::trial {

struct TrialResult;

/// A theorem that is wrong on purpose, to measure what the claims' checks can see.
struct Mutant {
    std::string name;      ///< "margin, with all that follows: K for K-1"
    std::string equation;  ///< what it spoils: "(6)"
    /// Where this is the theorem itself, written otherwise: why. Empty for mutants that say something else.
    std::string equivalent = "";
    /// Whether it certainly says something else than the theorem in this case.
    std::function<bool(const Case& sound)> differs;
    /// The same case, testimony included, with the wrong theorem in the theorem's place.
    std::function<std::unique_ptr<Case>(const Case& sound)> spoilt;
};

struct MutationOptions {
    std::vector<Instance> fixed;  ///< tried first; on these, every claim that refutes a mutant is sought
    long random = 0;              ///< generated cases for mutants that survive the fixed ones
    long digits = 20;             ///< that comparisons must resolve
    std::uint64_t seed = 1;
    std::string method = {};  ///< of Paper::methods
    int jobs = 0;             ///< threads; 0: all cores
    std::vector<Claim> claims;
};

/// What became of one mutant, in a word.
enum class Fate {
    killed,          ///< wrong, and refuted by some claim
    survived,        ///< wrong, and refuted by none
    equivalent,      ///< the theorem written otherwise, and refuted by none
    wrongly_refuted  ///< the theorem written otherwise, and refuted all the same
};
std::string to_string(Fate fate);  ///< "killed", .. "wrongly refuted"

/// What became of one mutant.
struct MutantResult {
    Mutant mutant;
    long cases = 0;      ///< looked at until it was refuted; all, where it never was
    long different = 0;  ///< of these, cases on which it says something else than the theorem
    std::vector<std::string> first_killers;  ///< claims that refute it in the first case where one does
    std::vector<std::string> killers;        ///< claims that refute it in that case or a fixed one
    std::string example;                     ///< text of that case's instance; empty for survivors
    bool killed() const { return !first_killers.empty(); }
    Fate fate() const;
};

/// What one claim can see.
struct ClaimPower {
    std::string claim;
    std::vector<std::string> first;  ///< mutants that it is among the first to refute
    std::vector<std::string> all;    ///< mutants that it refutes
};

struct MutationResult {
    std::vector<MutantResult> mutants;
    std::vector<ClaimPower> claims;  ///< of the claims that ran, in their order
    long cases = 0;                  ///< that the longest-lived mutant was put to
    long count(Fate fate) const;     ///< how many mutants came to this
    /// No mutant survived but those that are the theorem, and none of those was refuted.
    bool as_should_be() const;
};

/// Runs the claims (misreadings and claims of existence left out: they say nothing of the theorem's numbers)
/// with each mutant in place of the theorem. A claim kills a mutant in a case where it passes with the
/// theorem and is refuted with the mutant; an undecided comparison kills nothing. The result depends on
/// neither thread count nor order. After each case, `so_far` is told what all of them came to.
MutationResult run_mutants(const Paper& paper, const std::vector<Mutant>& mutants,
                           const MutationOptions& options, const std::atomic<bool>& stop,
                           const std::function<void(const MutationResult&)>& so_far = {});

/// Adds to each claim the names of the mutants that it refuted.
void add_mutants(TrialResult& result, const MutationResult& mutants);

}  // namespace ncverify::trial
