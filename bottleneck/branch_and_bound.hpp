// Branch and bound over the directions of W's columns: proves how low the loss can be.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "bottleneck/tree.hpp"
#include "problem/objective.hpp"

namespace ncverify::bottleneck {

/// Where it stops short of a proof to all digits.
struct Limits {
    double gap = 0;          ///< relative: (upper - bound)/bound at most this suffices; 0: only closed leaves
    double seconds = 0;      ///< of the clock; 0: no limit
    long nodes = 1'000'000;  ///< in all, which is a limit on memory
    long jobs = 0;           ///< threads; 0: all cores. The result does not depend on it
    const std::atomic<bool>* stop = nullptr;  ///< ends it, what is proven kept, once true
};

/// The best point known: an upper bound, and what leaves that cannot exceed it may be closed around.
struct Incumbent {
    double loss = 0;
    Matrix<double> classifier;  ///< W, K x d
};

/// A point found on the way whose loss is below the incumbent's by more than double precision errs.
struct BetterPoint {
    double loss = 0;
    Small directions;  ///< K x d, unit columns
    Small features;    ///< K x d, as in fixed_directions.hpp
};

/// Asked whether no point of loss at most the incumbent's lies in the cell but where the image of the
/// incumbent under `symmetry` is the least. Whatever it answers to, it answers alike; any thread.
using LeafJudge =
    std::function<bool(const Cell& cell, const Probabilities& probabilities, const Symmetry& symmetry)>;

/// Why the search ended.
enum class End {
    proven,        ///< every leaf is closed, or bounded as the gap asks
    better_point,  ///< the incumbent is not the minimum
    narrow,        ///< what is left is as narrow as double precision can tell apart
    stopped,       ///< by the clock, by the limit of nodes, or because it was asked to
};

struct Outcome {
    End end = End::stopped;
    double bound =
        0;  ///< the least bound of a leaf that is not closed, in double; infinite where all are closed
    long nodes = 0;  ///< bounded in all
    Tree tree;       ///< complete whatever the end, but for `better_point`, where it is empty
    std::optional<BetterPoint> better;
};

/// Whether the cones are few enough for this method to be worth a try by default: (K-2) d is the number of
/// angles, and the work grows exponentially in it.
bool promising(const Configuration& configuration);
/// Whether it can be tried at all.
bool possible(const Configuration& configuration);
/// Why it cannot, for people.
std::string obstacle(const Configuration& configuration);
/// Its conditions in words, for who asks for more.
std::string what_is_possible();

/// Best cell first, in rounds of a fixed size whose cells are bounded in parallel: the same tree whatever the
/// threads, unless the clock ended it. Leaves and bounds are double precision's; a checker proves them.
Outcome branch_and_bound(const Configuration& configuration, const Incumbent& incumbent, const Limits& limits,
                         const LeafJudge& judge);

}  // namespace ncverify::bottleneck
