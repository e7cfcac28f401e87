// Tally: what one claim made of some cases, in numbers and kept cases that add up in any order.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "campaign/plan.hpp"
#include "trial/claim.hpp"
#include "trial/mark.hpp"
#include "trial/result.hpp"

namespace ncverify::campaign {

/// Why a case is kept, which decides which ones are: the first ones in an order in which no two are equal.
enum class Why {
    hardest,    ///< it passed, by the least slack, or with the largest error
    refuted,    ///< the simplest instances that it failed on
    worst,      ///< it passed with the largest error
    closest,    ///< it passed with the least slack: where the search for counterexamples starts
    first,      ///< it applied
    undecided,  ///< the first one
    shrunk      ///< the simplest that a refuted case could be made
};
inline constexpr std::size_t reasons = 7;
/// How many of each are kept.
inline constexpr std::array<std::size_t, reasons> most_kept = {20, 20, 1, 1, 1, 1, 1};

std::string to_string(Why why);
/// The one that `to_string` calls so; throws InputError naming `where`.
Why why_named(const std::string& word, const std::string& where);

/// One case, as far as it is kept.
struct Kept {
    Place place;  ///< of what was shrunk, that of the case that it began with
    trial::CaseKey key;
    double error_log10 = -1e300;
    std::optional<double> slack;
    std::string message;  ///< of what failed or stayed undecided
    std::vector<trial::NamedValue> values;
};

struct Tally {
    std::map<trial::Mark, long> marks;        ///< how many cases had which
    std::optional<trial::Evidence> evidence;  ///< the weakest behind any decided case
    std::optional<double> least_slack;        ///< below zero: failed
    std::vector<long> hits;  ///< of Plan::inputs, among the cases that it applied to; base plan only
    std::array<std::vector<Kept>, reasons> kept;

    const std::vector<Kept>& of(Why why) const { return kept[static_cast<std::size_t>(why)]; }
    /// Cases with marks of these kinds: from `least` up to `most`.
    long count(trial::Mark::Kind least, trial::Mark::Kind most) const;
    long refuted() const { return count(trial::Mark::Kind::refuted, trial::Mark::Kind::refuted); }
    /// Cases that it applied to.
    long checked() const { return count(trial::Mark::Kind::exact, trial::Mark::Kind::refuted); }

    /// Adds what was seen in one case.
    void add(const trial::Paper& paper, const Place& place, const trial::CaseKey& key,
             const trial::Observation& observation);
    /// Keeps the case, if it is one of the first for this reason.
    void keep(const trial::Paper& paper, Why why, Kept kept);
    /// Adds another one, of other cases.
    void merge(const trial::Paper& paper, const Tally& other);
};

/// Adds what a solver did for other cases.
void merge(trial::SolverRecord& solver, const trial::SolverRecord& more);

}  // namespace ncverify::campaign
