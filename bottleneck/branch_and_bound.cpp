#include "bottleneck/branch_and_bound.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <queue>

#include "bottleneck/symmetry.hpp"
#include "problem/cancellation.hpp"
#include "problem/progress.hpp"

namespace ncverify::bottleneck {

namespace {

// None of these decides what is proven: the checker does. They steer, and say when to stop.
constexpr std::size_t round_size = 64;  // cells halved together: enough for any number of threads
// Relative: more than a leaf's entropy loses where it is rounded. Its rows move towards the identity by at
// most four times cell_bound's margin, 8e-14, along which an entropy falls by at most log 2^60 = 42 times
// that.
constexpr double rounding = 1e-11;
// Relative: of an entropy in double, 64 terms at most, each to three roundings of 2^-53.
constexpr double evaluation_error = 1e-13;
// Relative: a point so much lower makes the search start again. Objectives are accurate to some 1e-13; a
// lower point nearer by is the incumbent's own minimum, to which it is refined.
constexpr double better_by = 1e-10;
// The relative gap at which a leaf may lie close enough to close. A gap g leaves the softmax uncertain by
// about sqrt(g), 1e-2 here: the Hessian must stay positive over that. Tried too early it costs one check, too
// late some halvings.
constexpr double first_closing_gap = 1e-4;
// Where it could not be closed: again when the gap is so much smaller, and the box a quarter as wide.
constexpr double closing_step = 16;
// A cone's edge: the bound's error, a quarter of its square (docs/bottleneck.md), is below a double's
// rounding.
constexpr double narrowest = 1e-7;
// Of probabilities: what a file's whole numbers hold, and a byte more at a time until a leaf is good enough.
constexpr long most_bits = 60, bit_step = 8;
// Two angles are searched in seconds, each more multiplies the cells.
constexpr double promising_angles = 2;
// A square is compared with lW lH; its own rounding, 2^-53 of it, is then at most 1e-4 of that. Double
// precision only steers here: beyond this it would steer badly, not prove anything false.
constexpr double largest_ratio_of_decays = 1e12;

struct Node {
    Cell cell;
    FixedDirections point;
    Small probabilities;
    double bound = 0;
    double closing_gap = 0;  // the relative gap at which closing is tried next
    long children = -1;      // the first of two, one after the other
    Edge edge;
    std::optional<Symmetry> closed;
    bool done = false;
};

class Search {
  public:
    Search(const Configuration& configuration, const Incumbent& incumbent, const Limits& limits,
           const LeafJudge& judge)
        : constants_(constants_of(configuration)),
          incumbent_(incumbent),
          limits_(limits),
          judge_(judge),
          images_(images(configuration, incumbent.classifier)),
          start_(std::chrono::steady_clock::now()) {
        target_ = incumbent.loss / (1 + limits.gap) * (1 + rounding);
        for (const Chambers& chambers : canonical_chambers(configuration)) {
            chambers_.push_back(chambers);
            Node node;
            node.cell = cell_of(chambers);
            node.point = initial(constants_);
            node.closing_gap = first_closing_gap;
            nodes_.push_back(std::move(node));
        }
        roots_ = static_cast<long>(nodes_.size());
    }

    Outcome run() {
        evaluate(0, roots_);
        while (!open_.empty() && !better_) {
            if (stopped()) {
                break;
            }
            note();
            halve_round();
        }
        return outcome();
    }

  private:
    using Entry = std::pair<double, long>;  // bound, node: the smallest first

    bool stopped() const {
        give_up_if_cancelled();
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start_;
        return (limits_.stop != nullptr && limits_.stop->load()) ||
               (limits_.seconds > 0 && spent.count() > limits_.seconds) ||
               static_cast<long>(nodes_.size()) >= limits_.nodes;
    }

    void note() const {
        if (progress_watcher() != nullptr) {
            const double gap = (incumbent_.loss - open_.top().first) / incumbent_.loss;
            char text[96];
            std::snprintf(text, sizeof text, "branch and bound: gap %.1e, %zu cells open", gap, open_.size());
            note_progress(text, -1);
        }
    }

    void halve_round() {
        const auto first = static_cast<long>(nodes_.size());
        for (std::size_t i = 0; i < round_size && !open_.empty(); ++i) {
            const long parent = open_.top().second;
            open_.pop();
            const auto [edge, width] = widest_edge(nodes_[static_cast<std::size_t>(parent)].cell);
            if (width < narrowest || !halves_exactly(nodes_[static_cast<std::size_t>(parent)].cell, edge)) {
                narrow_ = true;
                continue;
            }
            for (int side = 0; side < 2; ++side) {
                Node child;
                const Node& from = nodes_[static_cast<std::size_t>(parent)];
                child.cell = half(from.cell, edge, side);
                child.point = from.point;
                child.probabilities = from.probabilities;
                child.bound = from.bound;
                child.closing_gap = from.closing_gap;
                nodes_.push_back(std::move(child));
            }
            Node& split = nodes_[static_cast<std::size_t>(parent)];
            split.children = static_cast<long>(nodes_.size()) - 2;
            split.edge = edge;
        }
        evaluate(first, static_cast<long>(nodes_.size()));
    }

    void evaluate(long first, long last) {
        tbb::task_arena arena(limits_.jobs > 0 ? static_cast<int>(limits_.jobs) : tbb::task_arena::automatic);
        arena.execute([&] {
            tbb::parallel_for(first, last, [&](long i) { evaluate(nodes_[static_cast<std::size_t>(i)]); });
        });
        for (long i = first; i < last; ++i) {
            const Node& node = nodes_[static_cast<std::size_t>(i)];
            if (node.point.objective < incumbent_.loss * (1 - better_by) &&
                (!better_ || node.point.objective < better_->loss)) {
                better_ =
                    BetterPoint{node.point.objective, central_directions(node.cell), node.point.features};
            }
            if (!node.done) {
                open_.emplace(node.bound, i);
            }
        }
    }

    // Within rounding of the target: whether the rounded probabilities do, as the checker will see them.
    bool enough_when_rounded(const Node& node) const {
        const double least = target_ / (1 + rounding) * (1 + evaluation_error);
        return node.bound >= least &&
               entropy(constants_,
                       made_feasible(constants_, node.cell, node.probabilities, most_bits).matrix) >= least;
    }

    void evaluate(Node& node) const {
        const CellBound found = bound(constants_, node.cell, node.point);
        if (found.value > node.bound || node.probabilities.size() == 0) {
            node.bound = found.value;
            node.probabilities = found.probabilities;
        }
        const double gap = (incumbent_.loss - node.bound) / incumbent_.loss;
        if (node.bound >= target_ || enough_when_rounded(node)) {
            node.done = true;
        } else if (judge_ && gap < node.closing_gap) {
            const Symmetry symmetry = nearest(images_, central_directions(node.cell));
            const Probabilities rounded = made_feasible(constants_, node.cell, node.probabilities, most_bits);
            if (judge_(node.cell, rounded, symmetry)) {
                node.closed = symmetry;
                node.done = true;
            }
            node.closing_gap = gap / closing_step;
        }
    }

    Outcome outcome() {
        Outcome result;
        result.nodes = static_cast<long>(nodes_.size());
        result.better = better_;
        result.bound = std::numeric_limits<double>::infinity();
        if (better_) {
            result.end = End::better_point;
            return result;
        }
        result.end = !open_.empty() ? End::stopped : narrow_ ? End::narrow : End::proven;
        for (const Node& node : nodes_) {
            if (node.children < 0 && !node.closed) {
                result.bound = std::min(result.bound, node.bound);
            }
        }
        for (long root = 0; root < roots_; ++root) {
            RootedTree tree{chambers_[static_cast<std::size_t>(root)], {}};
            write(root, result.bound, tree.nodes);
            result.tree.push_back(std::move(tree));
        }
        return result;
    }

    // The subtree in preorder, cut where a node's own bound is as good as the whole tree's.
    void write(long index, double needed, std::vector<TreeNode>& nodes) const {
        const Node& node = nodes_[static_cast<std::size_t>(index)];
        if (node.children >= 0 && !(node.bound >= std::min(needed, target_))) {
            nodes.push_back({node.edge, {}, std::nullopt});
            write(node.children, needed, nodes);
            write(node.children + 1, needed, nodes);
            return;
        }
        TreeNode leaf;
        leaf.closed = node.closed;
        leaf.probabilities = made_feasible(constants_, node.cell, node.probabilities, most_bits);
        // As few bits as keep what the leaf is there for.
        const double enough = std::min(target_, node.bound);
        for (long bits = 2 * bit_step; bits < most_bits && !node.closed && node.bound >= target_;
             bits += bit_step) {
            const Probabilities shorter = made_feasible(constants_, node.cell, node.probabilities, bits);
            if (entropy(constants_, shorter.matrix) >= enough) {
                leaf.probabilities = shorter;
                break;
            }
        }
        nodes.push_back(std::move(leaf));
    }

    Constants constants_;
    const Incumbent& incumbent_;
    const Limits& limits_;
    const LeafJudge& judge_;
    std::vector<Image> images_;
    std::chrono::steady_clock::time_point start_;
    double target_ = 0;  // a leaf whose bound is at least this needs nothing more
    std::vector<Chambers> chambers_;
    std::vector<Node> nodes_;
    long roots_ = 0;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open_;
    std::optional<BetterPoint> better_;
    bool narrow_ = false;
};

}  // namespace

bool few_cones(const Configuration& configuration) {
    return configuration.dimension <= largest_size && chambers_listable(configuration);
}

bool possible(const Configuration& configuration) {
    if (!few_cones(configuration)) {
        return false;
    }
    // Beyond these, squares in double lose what they are compared for.
    const Constants constants = constants_of(configuration);
    const double decay_squared = constants.decay * constants.decay;
    return constants.square.maxCoeff() < decay_squared * largest_ratio_of_decays &&
           constants.square.minCoeff() > 0 && decay_squared > 0;
}

std::string obstacle(const Configuration& configuration) {
    return few_cones(configuration) ? "decays too small for bounds in double precision"
                                    : "too many cones to branch over";
}

std::string what_is_possible() {
    return "(K!)^d at most " + std::to_string(largest_roots) + ", K at most 6 and d at most " +
           std::to_string(largest_size) + ", every omega_k^2 n_k below 10^12 N^2 lambda_W lambda_H";
}

bool promising(const Configuration& configuration) {
    const auto angles =
        static_cast<double>(configuration.classes() - 2) * static_cast<double>(configuration.dimension);
    return angles <= promising_angles && possible(configuration);
}

Outcome branch_and_bound(const Configuration& configuration, const Incumbent& incumbent, const Limits& limits,
                         const LeafJudge& judge) {
    return Search(configuration, incumbent, limits, judge).run();
}

}  // namespace ncverify::bottleneck
