// Search: from one random start to a stationary point in double precision, by either of two methods.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ncverify/solution.hpp"
#include "problem/configuration.hpp"
#include "solvers/active_set.hpp"
#include "solvers/class_start.hpp"

namespace ncverify::solvers {

using api::EscapedMinimum;
using api::SearchMethod;
using api::SolutionStatus;
using api::StartOutcome;
using api::StartRecord;
using api::to_string;

/// Throws InputError, naming `where`, for any text but "descent" and "structured".
SearchMethod parse_search_method(const std::string& text, const std::string& where);

/// What a search hands to the refinement.
struct Found {
    ActiveSet active;
    /// One per class, empty for a class that owns nothing; none if `active.shared`.
    std::vector<ClassStart> starts;
    ScaledPoint point;  ///< the descent's last point; empty after a structured search
};

/// Descends from `point` and, wherever the descent stands still, merges coordinates that are copies of one
/// another and gives the freed one to a class that gains by it (merge.hpp), until none does: roughly at
/// first, and to the descent's full accuracy at the end. Adds what it did to `record`. The loss only ever
/// falls, but for a dead class within rounding of its threshold: that is given a coordinate last and left at
/// it.
/// @param after_move  called after each move, if any
/// @return whether the point is where a descent ended, not where such a class was given a coordinate
bool descend_past_local_minima(const Configuration& configuration, const ScaledProblem& problem,
                               ScaledPoint& point, StartRecord& record,
                               const std::function<void(ScaledPoint&)>& after_move = nullptr);

/// One start; fills in everything of `record` but its outcome. The same seed gives the same point.
///
/// Descent: `descend_past_local_minima`. Structured: a few gradient steps from the random point decide which
/// class each coordinate serves; classes left without one that the second-order test calls dead take a spare
/// one; then every class is solved apart by Newton's method (class_start.hpp), K operations a step. With
/// fewer coordinates than classes that could use one, some stay dead.
/// @param problem  scaled_problem(configuration)
Found search(const Configuration& configuration, const ScaledProblem& problem, SearchMethod method,
             std::uint64_t seed, StartRecord& record);

}  // namespace ncverify::solvers
