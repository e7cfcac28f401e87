// Search: from one random start to a stationary point in double precision, by either of two methods.
#pragma once

#include <cstdint>
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

/// One start; fills in everything of `record` but its outcome. The same seed gives the same point.
///
/// Descent: to a rough stationary point, dead classes revived there, and again until none can be; then to the
/// end. Structured: a few gradient steps from the random point decide which class each coordinate serves;
/// classes left without one that the second-order test calls dead take a spare one; then every class is
/// solved apart by Newton's method (class_start.hpp), K operations a step. With fewer coordinates than
/// classes that could use one, some stay dead.
/// @param problem  scaled_problem(configuration)
Found search(const Configuration& configuration, const ScaledProblem& problem, SearchMethod method,
             std::uint64_t seed, StartRecord& record);

}  // namespace ncverify::solvers
