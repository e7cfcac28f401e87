// Mutation trial: which claim refutes which wrong theorem, and after how many cases.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "properties/claim.hpp"
#include "properties/mutants/mutant.hpp"

namespace ncverify::properties {

struct MutationOptions {
    std::vector<Configuration> fixed;  ///< tried first; on these, every claim that refutes a mutant is sought
    long random = 0;                   ///< generated cases for mutants that survive the fixed ones
    long digits = 20;                  ///< that comparisons must resolve
    std::uint64_t seed = 1;
    solvers::SearchMethod search = solvers::SearchMethod::descent;
    int jobs = 0;  ///< threads; 0: all cores
    std::vector<Claim> claims;
};

/// What became of one mutant.
struct MutantResult {
    Mutant mutant;
    long cases = 0;      ///< looked at until it was refuted; all, where it never was
    long different = 0;  ///< of these, cases on which it says something else than the theorem
    std::vector<std::string> first_killers;  ///< claims that refute it in the first case where one does
    std::vector<std::string> killers;        ///< claims that refute it in that case or a fixed one
    std::string example;                     ///< command line of that case; empty for survivors
    bool killed() const { return !first_killers.empty(); }
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
    /// No mutant survived but those that are the theorem, and none of those was refuted.
    bool as_should_be() const;
};

/// Small configurations that show most slips at once: collapsed classes and thresholds among them.
std::vector<Configuration> mutation_configurations();

/// Runs the claims (misreadings and claims of existence left out: they say nothing of the theorem's numbers)
/// with each mutant in place of the theorem. A claim kills a mutant in a case where it passes with the
/// theorem and is refuted with the mutant; an undecided comparison kills nothing. The result depends on
/// neither thread count nor order.
MutationResult run_mutants(const std::vector<Mutant>& mutants, const MutationOptions& options,
                           const std::atomic<bool>& stop);

/// The same for one mutant, on the fixed configurations and at most `most_cases` cases in all.
MutantResult kill(const Mutant& mutant, const std::vector<Claim>& claims, std::uint64_t seed,
                  long most_cases);

/// Whether two theorems certainly differ for a configuration: two numbers with disjoint enclosures, or two
/// verdicts on whether a class collapses.
bool certainly_differ(const Configuration& configuration, const theory::ClosedForm& a,
                      const theory::ClosedForm& b);

}  // namespace ncverify::properties
