// Work: a task of a campaign, small enough to be lost, and what one thread finds when it does it.
#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "campaign/plan.hpp"
#include "campaign/tally.hpp"

namespace ncverify::campaign {

/// One piece of work. What it comes to depends on the plan and on what is said here, not on who does it.
struct Task {
    Part part = Part::base;
    long number = 0;           ///< of the block; of a search, or what is shrunk, of the claim
    std::vector<long> cases;   ///< of a block: their numbers
    std::optional<Kept> from;  ///< where a search starts; what is shrunk
};

/// A case, and how long it took.
struct Slow {
    Place place;
    double seconds = 0;
};
inline constexpr std::size_t most_slow = 20;  ///< of them that are kept

/// What a task came to.
struct Finding {
    Part part = Part::base;
    long number = 0;
    long cases = 0;                            ///< tried; of a search, steps
    std::map<std::size_t, Tally> claims;       ///< by their numbers in the plan
    std::map<std::string, long> combinations;  ///< of inputs, in a block of the base plan: how many cases
    trial::SolverRecord solver;                ///< of a block
    double seconds = 0;                        ///< that it took one thread
    std::vector<Slow> slow;                    ///< the slowest first
    std::string machine;                       ///< whose it was
};

/// Does it in this thread. @returns none where `stop` became true before it was done
std::optional<Finding> work(const Plan& plan, const Task& task, const std::atomic<bool>& stop);

/// Keeps the slowest of both.
void merge(std::vector<Slow>& slow, const std::vector<Slow>& more);

}  // namespace ncverify::campaign
