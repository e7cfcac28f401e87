// Plan: what a campaign tries, fixed by its options: every block of it depends on them and its number alone.
#pragma once

#include <compare>
#include <string>
#include <utility>
#include <vector>

#include "trial/ledger.hpp"
#include "trial/paper.hpp"
#include "trial/trial.hpp"

namespace ncverify::campaign {

/// Where in a campaign a case stands, or a piece of work.
enum class Part {
    base,      ///< the random cases asked for; what statistics are about
    adaptive,  ///< further ones, chosen by what the base plan left open
    search,    ///< the searches for counterexamples, a walk for each claim
    shrink     ///< the simplest refutation of each claim, made simpler
};
inline constexpr Part all_parts[] = {Part::base, Part::adaptive, Part::search, Part::shrink};
/// Of those in which cases are tried and counted.
inline constexpr std::size_t counted_parts = 3;

std::string to_string(Part part);  ///< "base", "adaptive", "search", "shrink"
/// The part that `to_string` calls so; throws InputError naming `where`.
Part part_named(const std::string& word, const std::string& where);

/// A case's place: its part, and its number there; of a search the step.
struct Place {
    Part part = Part::base;
    long number = 0;
    auto operator<=>(const Place&) const = default;
};

/// Names and values.
using Settings = std::vector<std::pair<std::string, std::string>>;

/// What decides every case of a campaign.
class Plan {
  public:
    /// @param options  paper, claims, digits, seed, method and `random`, which is at least 1; the rest is not
    /// looked at
    Plan(const trial::Paper& paper, trial::TrialOptions options, long block_size);

    const trial::Paper& paper() const { return *paper_; }
    const trial::TrialOptions& options() const { return options_; }
    const std::vector<trial::Claim>& claims() const { return options_.claims; }
    long cases() const { return options_.random; }  ///< of the base plan
    long block_size() const { return block_size_; }

    /// Blocks of so many cases.
    long blocks(long cases) const { return (cases + block_size_ - 1) / block_size_; }
    /// The case of this number: the same as that of `ncverify verify --random`; those from `cases()` on are
    /// beyond the base plan.
    trial::CaseKey key(long number) const { return case_of(*paper_, ledger_, number); }

    /// Kinds of input that some claim demands to have seen.
    const std::vector<trial::InputLedger>& inputs() const { return ledger_.inputs; }
    /// Of which of them an instance is: "n" or "y" for each.
    std::string combination(const trial::Instance& instance) const;

    /// All that decides what a case is and what comes of it, the version included: two campaigns with the
    /// same settings are one.
    Settings settings() const;

  private:
    const trial::Paper* paper_;
    trial::TrialOptions options_;
    long block_size_;
    trial::Ledger ledger_;  // without an entry
};

/// The plan of such settings. @param papers  of which it may be
/// Throws InputError naming `where` for settings that this version does not make.
Plan plan_of(const Settings& settings, const std::vector<const trial::Paper*>& papers,
             const std::string& where);

/// "--digits 50 instead of 20, ..": in what the second differ from the first; "" where in nothing.
std::string difference(const Settings& here, const Settings& asked);

/// Instances that a search for a counterexample may try.
inline constexpr long search_steps = 200;

}  // namespace ncverify::campaign
