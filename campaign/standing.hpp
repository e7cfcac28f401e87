// Standing: what a campaign has come to so far, and what is to be done next.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "campaign/plan.hpp"
#include "campaign/tally.hpp"
#include "campaign/work.hpp"

namespace ncverify::campaign {

/// One of several campaigns that share the blocks of a base plan: those whose number leaves this remainder.
struct Shard {
    long index = 0, count = 1;  ///< index below count
    bool whole() const { return count == 1; }
    /// As `--shard` takes it.
    std::string text() const { return std::to_string(index) + "/" + std::to_string(count); }
};

/// All that the findings so far add up to, in whatever order they came.
struct Standing {
    std::array<std::set<long>, std::size(all_parts)> done;  ///< numbers of the tasks done, by part
    std::array<std::vector<Tally>, counted_parts> tallies;  ///< by part and claim
    std::vector<std::optional<Kept>> shrunk;                ///< by claim
    std::map<std::string, long> combinations;               ///< of the base plan's inputs
    std::array<long, std::size(all_parts)> cases{};         ///< by part, steps of searches among them
    trial::SolverRecord solver;
    std::optional<std::vector<long>> adaptive;  ///< cases of that part, once the base plan is done
    std::vector<Slow> slow;
    double seconds = 0;  ///< that one thread would have needed

    explicit Standing(const Plan& plan);
    bool has(Part part, long number) const { return done[static_cast<std::size_t>(part)].count(number) > 0; }
    const Tally& tally(Part part, std::size_t claim) const {
        return tallies[static_cast<std::size_t>(part)][claim];
    }
    /// The claim's tallies of all parts together.
    Tally total(const Plan& plan, std::size_t claim) const;
    /// Adds what is not there yet. @returns false where it was
    bool add(const Plan& plan, const Finding& finding);
};

/// The cases beyond the base plan that are worth a look, once that is done: of the next ones in the
/// generator's order, those of kinds that some claim has not seen enough of, and those of combinations of
/// kinds that are rare. A function of what the base plan found.
std::vector<long> adaptive_cases(const Plan& plan, const Standing& standing);

/// What is left to do.
class Schedule {
  public:
    /// Both must outlive it; `standing.adaptive` is set as soon as the base plan is done.
    Schedule(const Plan& plan, const Standing& standing, Shard shard);

    /// The next task that is neither done nor handed out; none while such a one has to be waited for, and at
    /// the end.
    std::optional<Task> next();
    /// Whether every task is done; of a shard, every one of its own.
    bool complete() const;
    /// Tasks that are done, and all that are known of: what comes after the base plan is known when that is
    /// done.
    std::pair<long, long> tasks() const;
    const Shard& shard() const { return shard_; }

  private:
    bool base_done() const;
    std::vector<std::pair<Part, long>> wanted() const;
    Task task_of(Part part, long number) const;

    const Plan& plan_;
    const Standing& standing_;
    Shard shard_;
    long next_block_ = 0;  // of the base plan
    std::set<std::pair<Part, long>> handed_out_;
};

}  // namespace ncverify::campaign
