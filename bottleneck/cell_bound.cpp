#include "bottleneck/cell_bound.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ncverify::bottleneck {

namespace {

// Of the gradient at the centre, whose entries are sums of up to eight numbers below 1: what double can tell
// from zero. A worse centre makes a worse bound, and no false one.
constexpr double tolerance = 1e-14;
// Ratios of sums of up to 64 products in double err by less than two roundings, 2^-53, for each.
constexpr double rounding_margin = 2e-14;

// (1 - share) p + share * identity: every t_k becomes 1 - share times as large.
Small towards_identity(const Small& probabilities, double share) {
    return (1 - share) * probabilities + share * Small::Identity(probabilities.rows(), probabilities.cols());
}

Small rounded(const Small& probabilities, long bits) {
    const double unit = std::ldexp(1.0, static_cast<int>(bits));
    Small result = probabilities;
    for (Eigen::Index k = 0; k < result.rows(); ++k) {
        double others = 0;
        for (Eigen::Index m = 0; m < result.cols(); ++m) {
            if (m != k) {
                result(k, m) = std::clamp(std::floor(probabilities(k, m) * unit), 0.0, unit - others) / unit;
                others += result(k, m) * unit;
            }
        }
        result(k, k) = (unit - others) / unit;
    }
    return result;
}

double largest_ratio(const Constants& constants, const Cell& cell, const Small& probabilities) {
    double largest = 0;
    for (long i = 0; i < cell.dimension; ++i) {
        largest = std::max(largest, largest_ratio(constants, cell, i, probabilities));
    }
    return largest;
}

}  // namespace

double largest_ratio(const Constants& constants, const Cell& cell, long coordinate,
                     const Small& probabilities) {
    const long classes = cell.classes, generators = classes - 1;
    Small positive(generators, classes);
    for (long j = 0; j < generators; ++j) {
        const double* u = cell.generator(coordinate, j);
        for (long k = 0; k < classes; ++k) {
            double t = 0;
            for (long m = 0; m < classes; ++m) {
                t += probabilities(k, m) * (u[k] - u[m]);
            }
            positive(j, k) = std::max(0.0, t);
        }
    }
    double largest = 0;
    const double decay_squared = constants.decay * constants.decay;
    for (long j = 0; j < generators; ++j) {
        for (long q = 0; q <= j; ++q) {
            double used = 0, allowed = 0;
            for (long k = 0; k < classes; ++k) {
                used += constants.square(k) * positive(j, k) * positive(q, k);
                allowed += cell.generator(coordinate, j)[k] * cell.generator(coordinate, q)[k];
            }
            if (used > 0) {
                largest = std::max(largest, allowed > 0 ? used / (decay_squared * allowed)
                                                        : std::numeric_limits<double>::infinity());
            }
        }
    }
    return largest;
}

double entropy(const Constants& constants, const Small& probabilities) {
    double total = 0;
    for (Eigen::Index k = 0; k < probabilities.rows(); ++k) {
        for (Eigen::Index m = 0; m < probabilities.cols(); ++m) {
            const double p = probabilities(k, m);
            total -= p > 0 ? constants.share(k) * p * std::log(p) : 0;
        }
    }
    return total;
}

Probabilities made_feasible(const Constants& constants, const Cell& cell, const Small& probabilities,
                            long bits) {
    Small moved = probabilities;
    double more = std::ldexp(1.0, -static_cast<int>(bits));
    for (int attempt = 0; attempt < 60; ++attempt) {  // 2^-bits doubled as often is 1: the identity
        const Small candidate = rounded(moved, bits);
        const double ratio = largest_ratio(constants, cell, candidate);
        if (ratio <= 1 - rounding_margin) {
            return {bits, candidate};
        }
        if (!std::isfinite(ratio)) {
            break;
        }
        moved =
            towards_identity(moved, std::min(1.0, 1 - std::sqrt((1 - 2 * rounding_margin) / ratio) + more));
        more *= 2;
    }
    return {bits, Small::Identity(cell.classes, cell.classes)};
}

Small central_directions(const Cell& cell) {
    Small result = Small::Zero(cell.classes, cell.dimension);
    for (long i = 0; i < cell.dimension; ++i) {
        for (long j = 0; j + 1 < cell.classes; ++j) {
            const Eigen::Map<const Eigen::VectorXd> generator(cell.generator(i, j), cell.classes);
            result.col(i) += generator / generator.norm();
        }
        result.col(i).normalize();
    }
    return result;
}

CellBound bound(const Constants& constants, const Cell& cell, FixedDirections& point) {
    const Small directions = central_directions(cell);
    CellBound best{Small::Identity(cell.classes, cell.classes), 0};
    SmallVector decays = SmallVector::Constant(cell.dimension, constants.decay);
    FixedDirections lowered;
    for (int round = 0; round < 2; ++round) {
        FixedDirections& used = round == 0 ? point : lowered;
        solve(constants, directions, decays, tolerance, used);
        if (!used.softmax.allFinite()) {
            point = initial(constants);
            return best;
        }
        double largest = 0;
        SmallVector ratios(cell.dimension);
        for (long i = 0; i < cell.dimension; ++i) {
            ratios(i) = std::sqrt(largest_ratio(constants, cell, i, used.softmax));
            largest = std::max(largest, ratios(i));
        }
        if (std::isfinite(largest)) {
            const Small moved = towards_identity(used.softmax, largest > 1 ? 1 - 1 / largest : 0);
            const double value = entropy(constants, moved);
            if (value > best.value) {
                best = {moved, value};
            }
        }
        // The vertices ask for more than the centre: lower the decays by as much, and let the softmax answer.
        for (long i = 0; i < cell.dimension; ++i) {
            if (ratios(i) > 0 && std::isfinite(ratios(i))) {
                decays(i) = std::min(constants.decay, decays(i) / ratios(i));
            }
        }
        lowered = point;
    }
    return best;
}

}  // namespace ncverify::bottleneck
