// The tree that branch and bound leaves behind: how cones were halved, and what bounds the loss on the
// leaves.
#pragma once

#include <optional>
#include <vector>

#include "bottleneck/cell_bound.hpp"

namespace ncverify::bottleneck {

/// A symmetry of the problem: it takes W to W'(k, i) = W(classes[k], coordinates[i]).
struct Symmetry {
    Order classes, coordinates;
};

/// A node: either split, its two halves following it in the order of the walk, or a leaf.
struct TreeNode {
    std::optional<Edge> split;
    Probabilities probabilities;     ///< of a leaf
    std::optional<Symmetry> closed;  ///< of a leaf: the best point's image that is the least in this cell
};

/// One tuple of chambers with its nodes in preorder.
struct RootedTree {
    Chambers chambers;
    std::vector<TreeNode> nodes;
};

using Tree = std::vector<RootedTree>;

}  // namespace ncverify::bottleneck
