#include "solvers/sample_newton.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "solvers/sample_elimination.hpp"

namespace ncverify::solvers {

std::vector<bool> free_features(const BlockPoint& point, long target_exponent) {
    std::vector<bool> free(static_cast<std::size_t>(point.u.size()));
    for (long a = 0; a < point.u.size(); ++a) {
        free[static_cast<std::size_t>(a)] =
            arf_sgn(point.u[a]) > 0 ||
            (arf_sgn(point.gradient_u[a]) < 0 && exponent_of(point.gradient_u[a]) > target_exponent);
    }
    return free;
}

namespace {

constexpr long smallest_bits = 64;  // of a step's matrix
constexpr long first_rung = 100;    // bits: about what two quadratic steps from a search in double earn
constexpr long guard = 32;          // bits beyond half of a rung for its matrix
constexpr long follow_bits = 80, follow_exponent = -24;  // how closely a minimum is followed in gamma
constexpr int most_rejections = 60;                      // in a row: the damping has grown by 2^180 then
constexpr long nearly = 24;  // bits above the rounding level at which a stall counts as its end

// Norm of the gradient in V and the free features.
void free_norm(const BlockPoint& point, const std::vector<bool>& free, arf_ptr norm) {
    const Arithmetic with{smallest_bits};
    arf_zero(norm);
    for (long a = 0; a < point.v.size(); ++a) {
        with.addmul(norm, point.gradient_v[a], point.gradient_v[a]);
    }
    for (long a = 0; a < point.u.size(); ++a) {
        if (free[static_cast<std::size_t>(a)]) {
            with.addmul(norm, point.gradient_u[a], point.gradient_u[a]);
        }
    }
    with.sqrt(norm, norm);
}

long largest_exponent(const Floats& values) {
    long largest = 0;
    for (long a = 0; a < values.size(); ++a) {
        largest = std::max(largest, exponent_of(values[a]));
    }
    return largest;
}

// What rounding leaves of the gradient: sums of n terms as large as V, of factors with errors like the
// logits.
long rounding_exponent(const SampleBlock& block, const BlockPoint& point, long bits) {
    const auto logarithm = [](long value) {
        return static_cast<long>(std::bit_width(static_cast<unsigned long>(value)));
    };
    return 8 - bits + logarithm(block.size()) + logarithm(block.classes * block.width()) +
           2 * largest_exponent(point.v) + largest_exponent(point.u);
}

void move(const Arithmetic& with, const BlockPoint& from, const Floats& step_v, const Floats& step_u,
          BlockPoint& to) {
    for (long a = 0; a < from.v.size(); ++a) {
        with.add(to.v[a], from.v[a], step_v[a]);
    }
    for (long a = 0; a < from.u.size(); ++a) {
        with.add(to.u[a], from.u[a], step_u[a]);
        if (arf_sgn(to.u[a]) < 0) {
            arf_zero(to.u[a]);
        }
    }
}

// Newton's method at `bits` until the norm of the free gradient is below 2^target.
bool newton_to(const SampleBlock& block, arf_srcptr gamma, long bits, long target, BlockPoint& point,
               BlockSummary& summary) {
    const Arithmetic full{bits};
    BlockPoint next(block);
    Floats step_v(point.v.size()), step_u(point.u.size()), norm(3);
    arf_ptr size = norm[0], next_size = norm[1], damping = norm[2];
    // A quadratic step needs half the precision in its matrix; a linear one, where the curvature vanishes,
    // all.
    long matrix_bits = std::max(smallest_bits, bits / 2 + guard), shift = 0, rejections = 0, steps = 0;
    const long most_steps = 100 + 4 * bits;
    evaluate(full, block, gamma, point);
    std::vector<bool> free = free_features(point, target);
    free_norm(point, free, size);
    while (exponent_of(size) > target) {
        const bool stalled = rejections > 10 && exponent_of(size) <= target + nearly;
        if (stalled || rejections > most_rejections || steps > most_steps) {
            summary.residual_exponent = exponent_of(size);
            return stalled;
        }
        arf_mul_2exp_si(damping, size, shift);
        ++steps;
        ++summary.steps;
        bool better = newton_step({matrix_bits}, block, gamma, point, free, damping, step_v, step_u);
        if (better) {
            move(full, point, step_v, step_u, next);
            evaluate(full, block, gamma, next);
            std::vector<bool> next_free = free_features(next, target);
            free_norm(next, next_free, next_size);
            better = arf_cmp(next_size, size) < 0;
            if (better) {
                std::swap(point, next);
                arf_swap(size, next_size);
                free.swap(next_free);
            }
        }
        rejections = better ? 0 : rejections + 1;
        shift = better ? std::max(0L, shift - 3) : shift + 3;
        matrix_bits = better && steps < 3 ? matrix_bits : bits + guard;
    }
    summary.residual_exponent = exponent_of(size);
    return true;
}

// Smallest margin z_k - mean of the other logits over the block's samples.
double smallest_margin(const SampleBlock& block, const BlockPoint& point) {
    double smallest = INFINITY;
    for (long j = 0; j < block.size(); ++j) {
        double margin = 0;
        for (long i = 0; i < block.width(); ++i) {
            double own = 0, others = 0;
            for (long m = 0; m < block.classes; ++m) {
                const double v = arf_get_d(point.v[i * block.classes + m], ARF_RND_NEAR);
                (m == block.labels[static_cast<std::size_t>(j)] ? own : others) += v;
            }
            margin += (own - others / static_cast<double>(block.classes - 1)) *
                      arf_get_d(point.u[j * block.width() + i], ARF_RND_NEAR);
        }
        smallest = std::min(smallest, margin);
    }
    return smallest;
}

// From the minimum for gamma / 2^shortfall to near the one for gamma. Where gamma grows by a factor e^t, so
// does the softmax residual that balances the ridge, and the margin grows by about t: V and U are stretched
// for that, and Newton's method does the rest.
bool follow(const SampleBlock& block, arf_srcptr gamma, double shortfall, BlockPoint& point,
            BlockSummary& summary) {
    const Arithmetic with{follow_bits};
    Floats reached(3);
    arf_ptr at = reached[0], stretch = reached[1], power = reached[2];
    double part = 1;
    while (shortfall > 0) {
        const double margin = std::max(smallest_margin(block, point), 0.1);
        double reach = std::min(shortfall, part * margin / std::log(2.0));
        reach = shortfall - reach < 0.01 ? shortfall : reach;
        shortfall -= reach;
        const double whole = std::floor(shortfall);
        arf_set_d(power, std::exp2(shortfall - whole));
        with.div(at, gamma, power);
        arf_mul_2exp_si(at, at, -static_cast<long>(whole));
        arf_set_d(stretch, std::sqrt(1 + reach * std::log(2.0) / margin));
        BlockPoint trial(block);
        for (long a = 0; a < point.v.size(); ++a) {
            with.mul(trial.v[a], point.v[a], stretch);
        }
        for (long a = 0; a < point.u.size(); ++a) {
            with.mul(trial.u[a], point.u[a], stretch);
        }
        if (newton_to(block, at, follow_bits, follow_exponent, trial, summary)) {
            std::swap(point, trial);
            part = std::min(1.0, 2 * part);
        } else if ((part /= 4) > 1e-4) {
            shortfall += reach;
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace

BlockSummary refine_block(const SampleBlock& block, arf_srcptr gamma, double shortfall, long bits,
                          BlockPoint& point) {
    BlockSummary summary;
    if (!follow(block, gamma, shortfall, point, summary)) {
        return summary;
    }
    std::vector<long> rungs{bits};
    while (rungs.back() > first_rung) {
        rungs.push_back(rungs.back() / 2 + guard / 2);
    }
    for (; !rungs.empty(); rungs.pop_back()) {
        const long target = rounding_exponent(block, point, rungs.back());
        if (!newton_to(block, gamma, rungs.back(), target, point, summary)) {
            return summary;
        }
    }
    summary.converged = true;
    return summary;
}

}  // namespace ncverify::solvers
