// Mutation: which claim refutes which wrong theorem or world, and whether each of its comparisons can fail.
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

/// A theorem, or another part of the world, that is wrong on purpose, to measure what the claims' checks can
/// see.
struct Mutant {
    std::string name;      ///< "margin, with all that follows: K for K-1"
    std::string equation;  ///< what it spoils: "(6)"
    /// Where this is the theorem itself, written otherwise: why. Empty for mutants that say something else.
    std::string equivalent = "";
    /// Whether it certainly says something else than the theorem in this case.
    std::function<bool(const Case& sound)> differs;
    /// The same case, testimony included, with the wrong theorem in the theorem's place.
    std::function<std::unique_ptr<Case>(const Case& sound)> spoilt;
    /// The parts of the testimony that it changes, as in Case::asked: claims that asked for none of these
    /// cannot see it, and are not run.
    unsigned parts = 1;
};

/// The name of the world in which a comparison's own expression is wrong (trace.hpp): for comparisons that no
/// mutant makes fail, such as those of statements that are true of all numbers.
inline constexpr const char* wrong_expression = "wrong expression";

/// A comparison that cannot fail, and why it stands there.
struct Unneeded {
    std::string claim, comparison, reason;
};

struct MutationOptions {
    std::vector<Instance> fixed;  ///< tried first; on these, every claim that refutes a mutant is sought
    long random = 0;              ///< generated cases for mutants that survive the fixed ones
    long digits = 20;             ///< that comparisons must resolve
    std::uint64_t seed = 1;
    std::string method = {};  ///< of Paper::methods
    int jobs = 0;             ///< threads; 0: all cores
    std::vector<Claim> claims;
    /// Whether claims that see nothing, and comparisons that nothing shows, keep the search going too.
    bool powers = true;
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
    std::vector<std::string> killers;        ///< claims that refute it in any case in which they were tried
    std::string example;                     ///< text of that case's instance; empty for survivors
    bool killed() const { return !first_killers.empty(); }
    Fate fate() const;
};

/// One kind of comparison of a claim, and a world in which it fails.
struct ComparisonPower {
    std::string comparison;
    std::string world;   ///< a mutant's name, or `wrong_expression`; empty: none was found
    bool alone = false;  ///< no other comparison of the claim fails there: without it, that world would pass
    std::string token;   ///< replays the claim on the case, in the sound world
    std::string unneeded;  ///< Unneeded::reason, where there is one
};

/// What one claim can see.
struct ClaimPower {
    std::string claim;
    std::vector<std::string> first;     ///< mutants that it is among the first to refute
    std::vector<std::string> all;       ///< mutants that it refutes
    bool refuted_as_it_stands = false;  ///< in some case, by the sound world itself: it can fail
    bool of_all_numbers =
        false;  ///< rests on drawn numbers: a step that no world but a wrong expression refutes
    std::vector<ComparisonPower> comparisons = {};  ///< made in a case that passed, in alphabetic order
    std::vector<std::string> lost = {};  ///< comparisons on record that were made nowhere: dropped or renamed

    /// Some world refutes it: a mutant, the sound one, or where it speaks of all numbers a wrong expression.
    bool can_fail() const;
    /// Comparisons that fail in no world, and that no argument excuses.
    std::vector<std::string> never_failing() const;
};

/// Why a claim counts as untested, in words; empty where it can fail as the record says.
std::string fault_of(const ClaimPower& power);

struct MutationResult {
    std::vector<MutantResult> mutants;
    std::vector<ClaimPower> claims;  ///< of the claims that ran, in their order
    long cases = 0;                  ///< that the longest-lived mutant was put to
    long count(Fate fate) const;     ///< how many mutants came to this
    /// No mutant survived but those that are the theorem, and none of those was refuted.
    bool mutants_as_should_be() const;
    /// That, every claim can fail, each of its comparisons too, and none on record is lost.
    bool as_should_be() const;
};

/// Runs the claims (misreadings left out: they are wrong themselves) in the world of each mutant. A claim
/// kills a mutant in a case where it passes in the sound world and is refuted in the mutant's (where it
/// claims existence: where it loses its witness); an undecided comparison kills nothing. Then each comparison
/// that no mutant made fail gets a wrong expression. The result depends on neither thread count nor order.
/// After each case, `so_far` is told what all of them came to.
/// @param paper  also says which comparisons are on record, and which are not needed
MutationResult run_mutants(const Paper& paper, const std::vector<Mutant>& mutants,
                           const MutationOptions& options, const std::atomic<bool>& stop,
                           const std::function<void(const MutationResult&)>& so_far = {});

/// The text of the file that puts these comparisons on record: {"thm1.b":["h_# . h_#", ..], ..}.
std::string comparisons_text(const MutationResult& result);

/// Adds to each claim the names of the mutants that it refuted.
void add_mutants(TrialResult& result, const MutationResult& mutants);

}  // namespace ncverify::trial
