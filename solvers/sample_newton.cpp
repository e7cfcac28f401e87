#include "solvers/sample_newton.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "problem/cancellation.hpp"
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

constexpr long smallest_bits = 64;          // of norms, and of a step's matrix in Floats
constexpr long first_bits = 100;            // to begin with: the start is known to about 30
constexpr long guard = 32;                  // bits beyond those that a step is expected to earn
constexpr long double_gain = 44;            // bits that a step in double may earn
constexpr double double_damping = 0x1p-44;  // least damping at which double tells singular from indefinite
constexpr int most_poor_steps = 6;          // steps in double that earned little, before Floats take over
constexpr long largest_in_floats = 400;     // entries of V beyond which a matrix in Floats would take minutes
constexpr int most_wide_poor_steps = 40;
constexpr long little = 4;           // bits
constexpr long far = 400;            // bits still to earn beyond which quadratic steps are the cheaper ones
constexpr int most_rejections = 60;  // in a row: the damping has grown by 2^180 then
constexpr long nearly = 24;          // bits above the rounding level at which a stall counts as its end
constexpr long follow_bits = 80, follow_exponent = -24;  // how closely a minimum is followed in gamma

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

// What rounding leaves of the gradient: sums of n terms as large as V,
// of factors with errors like the logits.
long rounding_exponent(const SampleBlock& block, const BlockPoint& point, long bits) {
    const auto logarithm = [](long value) {
        return static_cast<long>(std::bit_width(static_cast<unsigned long>(value)));
    };
    return 8 - bits + logarithm(block.size()) + logarithm(block.classes * block.width()) +
           2 * largest_exponent(point.v) + largest_exponent(point.u);
}

/// A step of Newton's method, in V and in the features.
struct Step {
    explicit Step(const BlockPoint& point) : v(point.v.size()), u(point.u.size()) {}
    Floats v, u;
};

void move(const Arithmetic& with, const BlockPoint& from, const Step& step, BlockPoint& to) {
    for (long a = 0; a < from.v.size(); ++a) {
        with.add(to.v[a], from.v[a], step.v[a]);
    }
    for (long a = 0; a < from.u.size(); ++a) {
        with.add(to.u[a], from.u[a], step.u[a]);
        if (arf_sgn(to.u[a]) < 0) {
            arf_zero(to.u[a]);
        }
    }
}

/// Where Newton's method stands.
struct State {
    explicit State(const SampleBlock& block) : point(block), size(1) {}
    BlockPoint point;
    std::vector<bool> free;
    Floats size;      ///< norm of the free gradient
    long bits = 0;    ///< of the evaluation
    long target = 0;  ///< rounding level of the evaluation, or what is asked for: below 2^target is its end
};

void evaluate_state(const SampleBlock& block, const Floats& gamma, long bits, long wanted, State& state) {
    state.bits = bits;
    state.target = std::max(wanted, rounding_exponent(block, state.point, bits));
    evaluate({bits}, block, gamma, state.point);
    state.free = free_features(state.point, state.target);
    free_norm(state.point, state.free, state.size[0]);
}

// The step from `from`, with 2^shift times the gradient's norm as damping: in double, or in Floats of
// matrix_bits > 0. False where the damped matrix is not positive definite.
bool step_from(const SampleBlock& block, const Floats& gamma, const State& from, long shift, long matrix_bits,
               Step& step) {
    Floats damping(1), inverse(block.classes);
    arf_mul_2exp_si(damping[0], from.size[0], shift);
    for (long k = 0; k < block.classes; ++k) {
        arf_ui_div(inverse[k], 1, gamma[k], smallest_bits + std::max(0L, matrix_bits), ARF_RND_DOWN);
    }
    if (matrix_bits > 0) {
        return block_newton_step(Arithmetic{matrix_bits}, block, inverse, from.point, from.free, damping,
                                 step.v, step.u);
    }
    const long scale = exponent_of(from.size[0]);
    Doubles fast_v(step.v.size()), fast_u(step.u.size()), fast_damping(1), fast_inverse(block.classes);
    *fast_damping[0] = std::max(arf_get_d(damping[0], ARF_RND_NEAR),
                                std::ldexp(double_damping, static_cast<int>(std::min(shift, 1000L))));
    for (long k = 0; k < block.classes; ++k) {
        *fast_inverse[k] = arf_get_d(inverse[k], ARF_RND_NEAR);
    }
    if (!block_newton_step(DoubleArithmetic{}, block, fast_inverse, in_double(block, from.point, scale),
                           from.free, fast_damping, fast_v, fast_u)) {
        return false;
    }
    for (const auto& [fast, slow] : {std::pair(&fast_v, &step.v), std::pair(&fast_u, &step.u)}) {
        for (long a = 0; a < fast->size(); ++a) {
            if (!std::isfinite(*(*fast)[a])) {
                return false;
            }
            arf_set_d((*slow)[a], *(*fast)[a]);
            arf_mul_2exp_si((*slow)[a], (*slow)[a], scale);
        }
    }
    return true;
}

// Whether the loss still falls along the step where it ends.
bool falls_along(const State& at, const Step& step) {
    const Arithmetic with{smallest_bits};
    Float slope;
    for (long a = 0; a < step.v.size(); ++a) {
        with.addmul(slope, at.point.gradient_v[a], step.v[a]);
    }
    for (long a = 0; a < step.u.size(); ++a) {
        with.addmul(slope, at.point.gradient_u[a], step.u[a]);
    }
    return arf_sgn(slope) < 0;
}

// Replaces `next`, a step from `here`, by one almost three times as long where that leads to a smaller
// gradient. At a class that hardly exceeds its threshold the loss is almost a fourth power, of which Newton's
// step takes a third of the way, over and over (Schroeder, Math. Annalen 2, 1870). A little less than the
// whole way, lest a feature ends at zero, where the class would stay; and never beyond a minimum: on the
// other side the curvature soon vanishes, and only small steps lead back.
void lengthen(const SampleBlock& block, const Floats& gamma, const State& here, const Step& step, long wanted,
              State& next) {
    for (const long left : {8, 3}) {  // of the way: 2^-left
        Step longer_step(here.point);
        for (const auto& [from, to] :
             {std::pair(&step.v, &longer_step.v), std::pair(&step.u, &longer_step.u)}) {
            for (long a = 0; a < from->size(); ++a) {
                arf_mul_ui((*to)[a], (*from)[a], 3 * ((1UL << left) - 1), next.bits, ARF_RND_DOWN);
                arf_mul_2exp_si((*to)[a], (*to)[a], -left);
            }
        }
        State longer(block);
        move({next.bits}, here.point, longer_step, longer.point);
        bool alive = true;
        for (long a = 0; a < longer.point.u.size(); ++a) {
            alive = alive && (!arf_is_zero(longer.point.u[a]) || arf_is_zero(next.point.u[a]));
        }
        if (!alive) {
            continue;
        }
        evaluate_state(block, gamma, next.bits, wanted, longer);
        if (exponent_of(longer.size[0]) < exponent_of(next.size[0]) - little && falls_along(longer, step)) {
            std::swap(longer, next);
            return;
        }
    }
}

// Newton's method until the norm of the free gradient is below 2^wanted, or at the rounding level of `bits`.
// Steps in double gain a fixed number of digits each and cost next to nothing beside the evaluation; where
// they gain little (the curvature nearly vanishes) or many digits are missing, the matrix is in Floats too.
bool newton_to(const SampleBlock& block, const Floats& gamma, long bits, long wanted, BlockPoint& point,
               BlockSummary& summary) {
    State here(block), next(block);
    std::swap(here.point, point);
    evaluate_state(block, gamma, std::min(bits, first_bits), wanted, here);
    const long most_steps = summary.steps + 100 + 4 * bits;
    long shift = 0, rejections = 0, poor = 0, gain = 0;
    const bool wide = here.point.v.size() > largest_in_floats;
    bool reached = false;
    for (;;) {
        give_up_if_cancelled();
        const long exponent = exponent_of(here.size[0]);
        if (exponent <= here.target) {
            if (here.bits == bits || here.target == wanted) {
                reached = true;
                break;
            }
            evaluate_state(block, gamma, std::min(bits, 2 * here.bits), wanted, here);
            continue;
        }
        if (rejections > 3 && here.bits == bits && exponent <= here.target + nearly) {
            reached = true;
            break;
        }
        if (rejections > most_rejections || summary.steps > most_steps ||
            (wide && poor > most_wide_poor_steps)) {
            break;
        }
        const bool quadratic =
            !wide && (poor >= most_poor_steps || (exponent < -first_bits && bits + exponent > far));
        // The norm expected after this step, and the precision at which it stands above rounding.
        const long expected =
            quadratic && poor == 0 ? 2 * exponent : exponent - std::max(double_gain, 2 * gain);
        const long slack = rounding_exponent(block, here.point, 0);
        next.bits = std::min(bits, std::max(here.bits, slack - expected + guard));
        const long matrix_bits = !quadratic ? 0
                                 : poor > 0 ? next.bits + guard
                                            : std::max(smallest_bits, next.bits / 2 + guard);
        ++summary.steps;
        Step step(here.point);
        bool better = step_from(block, gamma, here, shift, matrix_bits, step);
        if (better) {
            move({next.bits}, here.point, step, next.point);
            evaluate_state(block, gamma, next.bits, wanted, next);
            if (matrix_bits > 0 && poor > 0) {
                lengthen(block, gamma, here, step, wanted, next);
            }
            better = arf_cmp(next.size[0], here.size[0]) < 0;
        }
        if (!better || exponent_of(next.size[0]) > exponent - little) {
            ++poor;
        } else if (!quadratic) {
            poor = 0;
        }
        if (better) {
            gain = exponent - exponent_of(next.size[0]);
            std::swap(here, next);
        }
        // The damping follows the gradient down; less of it is tried where this much was enough at once.
        shift = !better ? shift + 3 : rejections > 0 ? shift : std::max(0L, shift - 3);
        rejections = better ? 0 : rejections + 1;
    }
    summary.residual_exponent = exponent_of(here.size[0]);
    std::swap(here.point, point);
    return reached;
}

// Smallest margin z_k - mean of the other logits over the block's samples.
double smallest_margin(const SampleBlock& block, const BlockPoint& point) {
    double smallest = INFINITY;
    for (long j = 0; j < block.size(); ++j) {
        double margin = 0;
        const double inverse_root =
            block.inverse_root.size() == 0 ? 1 : arf_get_d(block.inverse_root[j], ARF_RND_NEAR);
        for (long i = 0; i < block.width(); ++i) {
            double own = 0, others = 0;
            for (long m = 0; m < block.classes; ++m) {
                const double v = arf_get_d(point.v[i * block.classes + m], ARF_RND_NEAR);
                (m == block.labels[static_cast<std::size_t>(j)] ? own : others) += v;
            }
            margin += (own - others / static_cast<double>(block.classes - 1)) *
                      arf_get_d(point.u[j * block.width() + i], ARF_RND_NEAR);
        }
        smallest = std::min(smallest, margin * inverse_root);
    }
    return smallest;
}

// From the minimum for gamma / 2^shortfall to near the one for gamma. Where gamma grows by a factor e^t, so
// does the softmax residual that balances the ridge, and the margin grows by about t: V and U are stretched
// for that, and Newton's method does the rest.
bool follow(const SampleBlock& block, const Floats& gamma, double shortfall, BlockPoint& point,
            BlockSummary& summary) {
    const Arithmetic with{follow_bits};
    Floats at(block.classes), reached(2);
    arf_ptr stretch = reached[0], power = reached[1];
    double part = 1;
    while (shortfall > 0) {
        const double margin = std::max(smallest_margin(block, point), 0.1);
        double reach = std::min(shortfall, part * margin / std::log(2.0));
        reach = shortfall - reach < 0.01 ? shortfall : reach;
        shortfall -= reach;
        const double whole = std::floor(shortfall);
        arf_set_d(power, std::exp2(shortfall - whole));
        for (long k = 0; k < block.classes; ++k) {
            with.div(at[k], gamma[k], power);
            arf_mul_2exp_si(at[k], at[k], -static_cast<long>(whole));
        }
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

BlockSummary refine_block(const SampleBlock& block, const Floats& gamma, double shortfall, long bits,
                          BlockPoint& point) {
    BlockSummary summary;
    if (!follow(block, gamma, shortfall, point, summary)) {
        return summary;
    }
    summary.converged = newton_to(block, gamma, bits, -2 * bits - 1000, point, summary);
    return summary;
}

}  // namespace ncverify::solvers
