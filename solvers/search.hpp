// Search: from one random start to a stationary point in double precision, by either of two methods.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "problem/configuration.hpp"
#include "solvers/active_set.hpp"
#include "solvers/class_start.hpp"
#include "solvers/status.hpp"

namespace ncverify::solvers {

/// How minimisers are looked for.
enum class SearchMethod {
    descent,     ///< a bound-constrained method on all of W and H: assumes nothing of the solution's shape
    structured,  ///< each coordinate given to one class, the classes solved apart: finds no other shape
};

/// A local minimum, with dead classes, at which the descent stood still before it was moved on.
struct EscapedMinimum {
    std::string objective;           ///< decimal, loss of problem (4), to the accuracy of a rough descent
    std::vector<long> dead_classes;  ///< classes that own nothing although they could lower the loss
};

std::string to_string(SearchMethod method);  ///< "descent", "structured"
/// Throws InputError, naming `where`, for any other text.
SearchMethod parse_search_method(const std::string& text, const std::string& where);

/// What one random start came to.
struct StartRecord {
    std::uint64_t seed = 0;
    std::string objective;  ///< decimal, loss of problem (4) at the start's final point
    long iterations = 0;    ///< descent: steps taken; structured: Newton steps, the most of any class
    StartOutcome outcome = StartOutcome::failed;
    /// At the end: classes that could lower the loss but found no coordinate.
    std::vector<long> dead_classes;
    long revived = 0;  ///< dead classes met on the way and given a coordinate
    /// Local minima that the start stood in before a move freed a coordinate.
    std::vector<EscapedMinimum> met;
};

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
