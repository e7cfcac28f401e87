// Ledger: which cases a run tried and what each claim made of each, so that runs merge case by case.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "trial/coverage.hpp"
#include "trial/mark.hpp"
#include "trial/run_lengths.hpp"

namespace ncverify::trial {

struct CaseRecord;
struct TrialOptions;

/// What a solver did for a case, in numbers that add up.
struct Effort {
    bool finished = false;  ///< the case is; else nothing below says anything
    long starts = 0;
    bool certified = false;
    long local_minima = 0;
    auto operator<=>(const Effort&) const = default;
};

/// The search for counterexamples: where it started and what it met, step by step.
struct Walk {
    long start = 0;  ///< number of the case
    RunLengths<Mark> marks;
};

/// One claim's column.
struct ClaimLedger {
    std::string claim;
    RunLengths<Mark> marks;      ///< a mark for each case
    std::optional<long> failed;  ///< of the cases in which it failed the one whose instance is simplest
    std::optional<Walk> walk;
};

/// A class of inputs and which of the random cases are of it.
struct InputLedger {
    InputClass input;
    RunLengths<bool> met;
};

/// One run. Its cases, by number: the kept ones, the given ones, the random ones.
struct Ledger {
    std::string version = NCVERIFY_VERSION;
    std::uint64_t seed = 1;
    long digits = 50;
    std::string method;  ///< one of Paper::methods
    long asked = 0;      ///< random cases that were asked for
    long random = 0;     ///< random cases that were planned: more where coverage was open
    bool until_covered = false;
    std::vector<CaseKey> kept, given;
    RunLengths<Effort> efforts;       ///< one for each case
    std::vector<InputLedger> inputs;  ///< of all demands
    std::vector<ClaimLedger> claims;

    long listed() const { return static_cast<long>(kept.size() + given.size()); }
    long cases() const { return listed() + random; }
    long length()
        const;  ///< how many runs of equal entries it consists of, a kept or given case for one a claim
};

/// Ledgers that are longer than this altogether are not kept: it bounds memory and files, at about a hundred
/// thousand cases of a hundred claims.
inline constexpr long longest_ledger = 10'000'000;
/// The most runs that one report remembers.
inline constexpr std::size_t most_ledgers = 1000;
/// Whether these are within both limits.
bool may_be_kept(const std::vector<Ledger>& ledgers);

Effort effort_of(const CaseRecord& record);

/// The ledger of a run before its first case.
Ledger blank_ledger(const Paper& paper, const TrialOptions& options);

/// The case of this number.
CaseKey case_of(const Paper& paper, const Ledger& ledger, long number);

/// Enters the next case; one that is not finished counts as untried.
void enter(Ledger& ledger, const CaseRecord& record, const CaseKey& key);

/// Enters the cases that were planned and not reached. @param planned  of all cases
void close(Ledger& ledger, long planned);

}  // namespace ncverify::trial
