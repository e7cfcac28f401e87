#include "bottleneck/margin_limit.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

namespace ncverify::bottleneck {

namespace {

using Vector = Eigen::VectorXd;

// A leaf's multipliers are stored with as many bits as probabilities have.
constexpr long bits = 60;
constexpr double more_than_rounding = 1e-12;  // relative: in double, and to `bits`
// The barrier's weight grows by this factor; a step of Newton's method from the last centre still converges.
constexpr double growth = 8;
// Of the barrier's gap, constraints over weight, to the sum of multipliers: a tenth of what is asked for.
constexpr double share_of_gap = 0.1;
constexpr int newton_steps = 30;
constexpr double centred = 1e-9;  // Newton's decrement squared: far below what the weight is worth
// Armijo's rule with the usual share of the predicted decrease; below the least step rounding decides.
constexpr double sufficient_decrease = 1e-4, least_step = 1e-12;
// Before any point is known, a sum of multipliers beyond which directions count as hopeless.
constexpr double unbounded = 1e3;

// The dual at fixed directions, in the K(K-1) multipliers.
class Dual {
  public:
    explicit Dual(const Small& directions)
        : classes_(directions.rows()), dimension_(directions.cols()), directions_(directions) {}

    // Multipliers, K x K with a zero diagonal, that are nearly the best; where their sum passes `most`, some
    // that do. On return `features` are the primal's, up to a factor.
    Small solve(double gap, double most, Small& features) {
        const auto size = classes_ * (classes_ - 1);
        // Strictly feasible: each t_k is at most 2 (K-1) times the largest.
        Vector multipliers = Vector::Constant(size, 0.25 / static_cast<double>(classes_ * classes_));
        const auto constraints = static_cast<double>(size + dimension_);
        double weight = 1;
        for (;; weight *= growth) {
            centre(weight, most, multipliers);
            const double sum = multipliers.sum();
            if (constraints / weight < gap * sum || sum > most) {
                break;
            }
        }
        features = Small::Zero(classes_, dimension_);
        for (Eigen::Index i = 0; i < dimension_; ++i) {
            const Vector pull = pulls(multipliers, i);
            features.col(i) = pull * (2 / (weight * (1 - pull.squaredNorm())));
        }
        return matrix(multipliers);
    }

  private:
    template <typename Visit>
    void each(Visit visit) const {
        Eigen::Index index = 0;
        for (Eigen::Index k = 0; k < classes_; ++k) {
            for (Eigen::Index m = 0; m < classes_; ++m) {
                if (m != k) {
                    visit(index++, k, m);
                }
            }
        }
    }

    Small matrix(const Vector& multipliers) const {
        Small result = Small::Zero(classes_, classes_);
        each([&](Eigen::Index index, Eigen::Index k, Eigen::Index m) { result(k, m) = multipliers(index); });
        return result;
    }

    // t_k(v_i)_+, k = 1..K.
    Vector pulls(const Vector& multipliers, Eigen::Index i) const {
        Vector result = Vector::Zero(classes_);
        each([&](Eigen::Index index, Eigen::Index k, Eigen::Index m) {
            result(k) += multipliers(index) * (directions_(k, i) - directions_(m, i));
        });
        return result.cwiseMax(0.0);
    }

    // -weight sum - sum log L - sum log(1 - ||pulls||^2); infinite where it is not defined.
    double barrier(double weight, const Vector& multipliers) const {
        if (multipliers.minCoeff() <= 0) {
            return std::numeric_limits<double>::infinity();
        }
        double value = -weight * multipliers.sum() - multipliers.array().log().sum();
        for (Eigen::Index i = 0; i < dimension_; ++i) {
            const double room = 1 - pulls(multipliers, i).squaredNorm();
            if (room <= 0) {
                return std::numeric_limits<double>::infinity();
            }
            value -= std::log(room);
        }
        return value;
    }

    void centre(double weight, double most, Vector& multipliers) const {
        const Eigen::Index size = multipliers.size();
        for (int step = 0; step < newton_steps && multipliers.sum() <= most; ++step) {
            Vector gradient = -Vector::Constant(size, weight) - multipliers.cwiseInverse();
            Eigen::MatrixXd hessian = multipliers.array().square().inverse().matrix().asDiagonal();
            for (Eigen::Index i = 0; i < dimension_; ++i) {
                const Vector pull = pulls(multipliers, i);
                const double room = 1 - pull.squaredNorm();
                Eigen::MatrixXd jacobian = Eigen::MatrixXd::Zero(classes_, size);
                each([&](Eigen::Index index, Eigen::Index k, Eigen::Index m) {
                    if (pull(k) > 0) {
                        jacobian(k, index) = directions_(k, i) - directions_(m, i);
                    }
                });
                const Vector slope = 2 * jacobian.transpose() * pull;
                gradient += slope / room;
                hessian +=
                    2 / room * jacobian.transpose() * jacobian + slope * slope.transpose() / (room * room);
            }
            const Vector move = -hessian.llt().solve(gradient);
            const double decrease = -gradient.dot(move);
            if (!(decrease > centred)) {
                return;
            }
            const double now = barrier(weight, multipliers);
            double length = 1;
            while (length > least_step && !(barrier(weight, multipliers + length * move) <
                                            now - sufficient_decrease * length * decrease)) {
                length /= 2;
            }
            if (length <= least_step) {
                return;
            }
            multipliers += length * move;
        }
    }

    Eigen::Index classes_, dimension_;
    const Small& directions_;
};

// Least margin (w_k - w_m).h_k of these columns and features.
double least_margin(const Small& directions, const Small& features) {
    double least = std::numeric_limits<double>::infinity();
    for (Eigen::Index k = 0; k < directions.rows(); ++k) {
        for (Eigen::Index m = 0; m < directions.rows(); ++m) {
            if (m != k) {
                least = std::min(least, (directions.row(k) - directions.row(m)).dot(features.row(k)));
            }
        }
    }
    return least;
}

struct Node {
    Cell cell;
    Small multipliers;  // feasible on the cell
    double bound = 0;
    long children = -1;
    Edge edge;
};

class Search {
  public:
    explicit Search(const LimitOptions& options) : options_(options) {
        constants_.classes = options.classes;
        constants_.dimension = options.dimension;
        constants_.square = SmallVector::Ones(options.classes);
        constants_.decay = 1;
        outcome_.value = std::numeric_limits<double>::infinity();
        const Configuration equal =
            make_configuration(std::vector<long long>(static_cast<std::size_t>(options.classes), 1), "1", "1",
                               options.dimension);
        for (const Chambers& chambers : canonical_chambers(equal)) {
            chambers_.push_back(chambers);
            nodes_.push_back({cell_of(chambers), {}, 0, -1, {}});
        }
        roots_ = static_cast<long>(nodes_.size());
    }

    LimitOutcome run() {
        for (long root = 0; root < roots_; ++root) {
            evaluate(root);
        }
        while (!open_.empty() && open_.top().first < target() &&
               static_cast<long>(nodes_.size()) < options_.nodes &&
               !(options_.stop != nullptr && options_.stop->load())) {
            halve(open_.top().second);
        }
        write();
        return std::move(outcome_);
    }

  private:
    double target() const { return outcome_.value / (1 + options_.gap); }

    void halve(long parent) {
        open_.pop();
        const Edge edge = widest_edge(nodes_[static_cast<std::size_t>(parent)].cell).first;
        for (int side = 0; side < 2; ++side) {
            const Node& from = nodes_[static_cast<std::size_t>(parent)];
            nodes_.push_back({half(from.cell, edge, side), from.multipliers, from.bound, -1, {}});
        }
        Node& split = nodes_[static_cast<std::size_t>(parent)];
        split.children = static_cast<long>(nodes_.size()) - 2;
        split.edge = edge;
        evaluate(split.children);
        evaluate(split.children + 1);
    }

    void evaluate(long index) {
        Node& node = nodes_[static_cast<std::size_t>(index)];
        const Small directions = central_directions(node.cell);
        Small features;
        // Directions that no margins are possible along have no largest sum.
        const double most = 4 * std::min(outcome_.value, unbounded);
        Small multipliers = Dual(directions).solve(share_of_gap * options_.gap, most, features);
        if (const double margin = least_margin(directions, features); margin > 0) {
            features /= margin;
            const double value = features.colwise().norm().sum();
            if (value < outcome_.value) {
                outcome_.value = value;
                outcome_.directions = directions;
                outcome_.features = features;
            }
        }
        double ratio = 0;
        for (long i = 0; i < node.cell.dimension; ++i) {
            ratio = std::max(ratio, largest_ratio(constants_, node.cell, i, multipliers));
        }
        multipliers *= (1 - more_than_rounding) / std::sqrt(ratio);
        if (std::isfinite(ratio) && (node.multipliers.size() == 0 || multipliers.sum() > node.bound)) {
            node.multipliers = multipliers;
            node.bound = multipliers.sum();
        } else if (node.multipliers.size() == 0) {
            node.multipliers = Small::Zero(node.cell.classes, node.cell.classes);
        }
        open_.emplace(node.bound, index);
    }

    void write() {
        outcome_.nodes = static_cast<long>(nodes_.size());
        outcome_.bound = std::numeric_limits<double>::infinity();
        // More than this no leaf needs; those along which no margins are possible could have any.
        most_ = std::isfinite(outcome_.value) ? 2 * outcome_.value : unbounded;
        outcome_.unit = std::exp2(std::ceil(std::log2(1 + most_)));
        for (const Node& node : nodes_) {
            if (node.children < 0) {
                outcome_.bound = std::min(outcome_.bound, node.bound);
            }
        }
        for (long root = 0; root < roots_; ++root) {
            RootedTree tree{chambers_[static_cast<std::size_t>(root)], {}};
            write(root, tree.nodes);
            outcome_.tree.push_back(std::move(tree));
        }
    }

    void write(long index, std::vector<TreeNode>& nodes) const {
        const Node& node = nodes_[static_cast<std::size_t>(index)];
        if (node.children >= 0 && node.bound < outcome_.bound) {
            nodes.push_back({node.edge, {}, std::nullopt});
            write(node.children, nodes);
            write(node.children + 1, nodes);
            return;
        }
        const double kept = node.bound > most_ ? most_ / node.bound : 1;
        nodes.push_back({std::nullopt, {bits, node.multipliers * (kept / outcome_.unit)}, std::nullopt});
    }

    const LimitOptions& options_;
    Constants constants_;
    LimitOutcome outcome_;
    std::vector<Chambers> chambers_;
    std::vector<Node> nodes_;
    long roots_ = 0;
    double most_ = 0;
    using Entry = std::pair<double, long>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open_;
};

}  // namespace

LimitOutcome margin_limit(const LimitOptions& options) {
    return Search(options).run();
}

}  // namespace ncverify::bottleneck
