// A minimiser of problem (4), found without the theorem, and what its certificate proves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ncverify/certification.hpp"
#include "ncverify/configuration.hpp"
#include "ncverify/formulation.hpp"

namespace ncverify::api {

/// How minimisers are looked for.
enum class SearchMethod {
    descent,     ///< a bound-constrained method on all of W and H: assumes nothing of the solution's shape
    structured,  ///< each coordinate given to one class, the classes solved apart: finds no other shape
};

/// What is known of the point that `solve` returns.
enum class SolutionStatus {
    /// Its bounds prove it a global minimum, up to a relative gap of 10^(2-digits).
    certified,
    /// Branch and bound proves that no loss is lower by more than the gap shown, which is at most the one
    /// asked
    /// for, or the one at which time, memory or double precision ended it, and above 10^(2-digits).
    bounded,
    /// It satisfies the first-order conditions to the accuracy asked for, and the bounds do not close: a
    /// local
    /// minimum, or a global one that the dual bound does not reach, as with fewer coordinates than classes.
    stationary,
    /// No start came to a stationary point of that accuracy. Where none was refined, there is no point.
    failed,
};

/// What became of one random start.
enum class StartOutcome {
    /// Its refined point is proven to be a global minimum.
    global,
    /// It ended in a stationary point that is not proven to be one. Not every such point is refined: of those
    /// with shared coordinates only the best, and none that equals one refined before.
    local,
    /// The refinement did not converge from where the search ended.
    failed,
};

/// "descent" or "structured".
inline std::string to_string(SearchMethod method) {
    return method == SearchMethod::descent ? "descent" : "structured";
}

/// "certified", "bounded", "stationary" or "failed".
inline std::string to_string(SolutionStatus status) {
    return status == SolutionStatus::certified    ? "certified"
           : status == SolutionStatus::bounded    ? "bounded"
           : status == SolutionStatus::stationary ? "stationary"
                                                  : "failed";
}

/// "global", "local" or "failed".
inline std::string to_string(StartOutcome outcome) {
    return outcome == StartOutcome::global ? "global" : outcome == StartOutcome::local ? "local" : "failed";
}

/// A point at which the descent stood still, and which a move left.
struct EscapedMinimum {
    std::string objective;  ///< decimal, loss of problem (4), to the accuracy of a rough descent
    /// Classes that own nothing although they could lower the loss; none where all share coordinates.
    std::vector<long> dead_classes;
};

/// What one random start came to.
struct StartRecord {
    std::uint64_t seed = 0;
    std::string objective;  ///< decimal, loss of problem (4) at the start's final point
    long iterations = 0;    ///< descent: steps taken; structured: Newton steps, the most of any class
    StartOutcome outcome = StartOutcome::failed;
    std::vector<long>
        dead_classes;  ///< at the end: classes that could lower the loss but found no coordinate
    long revived = 0;  ///< classes that were given a freed coordinate on the way, dead ones mostly
    std::vector<EscapedMinimum> met;  ///< where the start stood before a move freed a coordinate
};

/// Seconds: of processor time, `total` of the clock.
struct SolveTiming {
    double search = 0, refine = 0, evaluation = 0, certificate = 0, total = 0;
};

/// What branch and bound over the directions of W's columns came to (docs/bottleneck.md).
struct BranchAndBound {
    bool interrupted = false;  ///< asked to end before it was through
    std::string
        ended;       ///< "proven", "narrow" (double precision's end) or "stopped" (time, memory, interrupted)
    long nodes = 0;  ///< cells bounded
    long leaves = 0;                               ///< of the certificate's trees
    double search_seconds = 0, check_seconds = 0;  ///< of the clock
};

/// Rows of decimals.
using DecimalMatrix = std::vector<std::vector<std::string>>;

/// W and H, every digit of them.
struct Point {
    DecimalMatrix classifier;          ///< W: K rows of d
    DecimalMatrix features;            ///< H: row k is h_k; in the samples form N rows, class by class
    std::vector<std::int64_t> labels;  ///< samples form: the class 0..K-1 of each row of the features
};

/// A certified minimum, or what was found instead. Decimals; "" where there is no such number.
struct Solution {
    Configuration configuration;
    long digits = 0;
    std::uint64_t seed = 0;
    Formulation formulation = Formulation::class_means;
    SearchMethod search = SearchMethod::descent;
    SolutionStatus status = SolutionStatus::failed;
    std::string objective;     ///< the point's loss, proven, rounded up
    std::string lower_bound;   ///< what no feasible point goes below, proven, rounded down
    std::string relative_gap;  ///< (objective - lower_bound) / lower_bound, rounded up
    std::string kkt_residual;  ///< largest entry of the projected gradient, in scaled variables
    DecimalMatrix feature_gram, classifier_gram, logits;  ///< of the class means; empty for a summary
    std::string within_class_spread;                      ///< samples form: max ||h_ki - h_k||, rounded up
    std::optional<PrintedGapTerms> gap_terms;  ///< of the dual bound; nothing where the bound is another
    std::optional<PrintedBounds> implied;      ///< where the dual bound certifies
    std::optional<BranchAndBound> branch_and_bound;  ///< where it was tried
    std::vector<StartRecord> starts;
    SolveTiming timing;
    std::optional<Point> point;  ///< the best point, where asked for and there is one
    std::string certificate;     ///< its certificate, the text of a file, where asked for and there is one
};

}  // namespace ncverify::api
