// The descent: W problems at once, each one exchanged for the next as soon as it has ended.
#pragma once

#include "screen/kernel/escape.hpp"
#include "screen/kernel/evaluate.hpp"
#include "screen/kernel/summary.hpp"

namespace ncverify::screen::NCVERIFY_LANES {

/// Minimises the problems that a feed hands out, in W lanes, by the spectral projected gradient method
/// (Birgin, Martinez, Raydan 2000): x+ = P(x - lambda g) with Barzilai and Borwein's lambda = s.s / s.y, and
/// a step is quartered where F exceeds a running average of its values (Zhang, Hager 2004). Lanes never meet:
/// what becomes of a problem depends neither on its lane nor on its neighbours. At a rough stationary point
/// dead classes are revived, and again at the end.
///
/// Feed has: bool next(lane): writes the next problem into the arena's lane, false where there is none;
/// std::uint32_t revivable(lane); void done(lane, Summary): takes the point out of the lane.
template <typename R>
class Descent {
  public:
    using S = typename R::scalar;
    using Mask = typename R::mask;

    NCVERIFY_DEVICE explicit Descent(const Arena<R>& arena) : arena_(arena) {}

    template <typename Feed>
    NCVERIFY_DEVICE void run(Feed& feed) {
        std::uint32_t busy = 0;
        for (int l = 0; l < R::width; ++l) {
            if (feed.next(l)) {
                busy |= 1U << l;
                begin(l, true);
            }
        }
        move();
        while (busy != 0) {
            const std::uint32_t halted = advance() & busy;
            for (int l = 0; l < R::width; ++l) {
                if ((halted >> l & 1U) == 0 || goes_on(feed, l)) {
                    continue;
                }
                if (feed.next(l)) {
                    begin(l, true);
                } else {
                    busy &= ~(1U << l);
                }
            }
            move();
        }
    }

  private:
    // One evaluation, and what it means for each lane. Returns the lanes that have come to a halt.
    NCVERIFY_DEVICE std::uint32_t advance() {
        using L = Limits<S>;
        const R zero = R::all(0), one = R::all(1);
        const Found<R> found = evaluate(arena_, squares_);
        const Mask fresh = R::unset(fresh_);
        // Comparisons are false where F is no number, so that such a point is refused.
        const R bound = average_ + R::all(S(1e-4)) * slope_ + R::all(L::rounding) * average_;
        accepted_ = select_mask(fresh, found.value <= R::all(S(3e38)), found.value <= bound);
        const R curvature = found.slope - slope_;
        const R spectral = select(zero < curvature, length_squared_ / curvature, R::all(4) * lambda_);
        const R next = select(fresh, first_, larger(smaller(spectral, R::all(30)), R::all(S(1e-8))));
        lambda_ = select(accepted_, next, lambda_);
        const R memory = R::all(S(0.85)) * weight_;
        const R mean = (memory * average_ + found.value) / (memory + one);
        average_ = select(accepted_, select(fresh, found.value, mean), average_);
        weight_ = select(accepted_, select(fresh, one, memory + one), weight_);

        // Of the last step, as the projected gradient at the point before this one has the same length.
        const Mask better = residual_ < R::all(S(0.5)) * best_;
        patience_ = select(better, R::all(L::patience), patience_ - one);
        best_ = select(better, residual_, best_);
        evaluations_ = evaluations_ + one;
        const std::uint32_t accepted = R::set(accepted_);
        const std::uint32_t stopped = R::set(residual_ <= goal_ * (one + squares_)) & accepted;
        const std::uint32_t out = R::set(patience_ <= zero) | R::set(R::all(L::evaluations) <= evaluations_);
        converged_ = stopped;
        fresh_ = 0;
        return stopped | out;
    }

    // What a halt comes to: true where the lane goes on with the same problem, to a finer tolerance or from
    // a point out of a local minimum.
    template <typename Feed>
    NCVERIFY_DEVICE bool goes_on(Feed& feed, int l) {
        using L = Limits<S>;
        const std::uint32_t revivable = feed.revivable(l);
        const bool converged = (converged_ >> l & 1U) != 0;
        const int evaluations = static_cast<int>(lane(evaluations_, l));
        if (rounds_[l] <= arena_.classes && evaluations < L::evaluations) {
            const int revived = revive(arena_, l, revivable);
            if (revived > 0) {
                revived_[l] += revived;
                ++rounds_[l];
                begin(l, false);
                return true;
            }
            if (converged && lane(goal_, l) > L::tolerance * L::tolerance) {
                lane(goal_, l) = L::tolerance * L::tolerance;
                return true;  // nothing is dead: on to the end, undisturbed
            }
        }
        const Ownership end = ownership(arena_, l, revivable);
        const Ending ending = converged && lane(goal_, l) <= L::tolerance * L::tolerance ? Ending::converged
                              : evaluations >= L::evaluations                            ? Ending::exhausted
                                                                                         : Ending::stagnated;
        feed.done(l, Summary{ending, evaluations, revived_[l], end.dead, end.shared});
        return false;
    }

    // The next trial points: a step from where F was accepted, a quarter of the last one where not.
    NCVERIFY_DEVICE void move() {
        const R zero = R::all(0), quarter = R::all(S(0.25)), back = R::all(S(-0.75));
        const Mask still = R::unset(fresh_);
        const bool plain = fresh_ == 0 && R::set(accepted_) == full;
        R slope = zero, length = zero, squares = zero;
        const int entries = arena_.entries();
        const auto part = [&](int begin, int end, auto bounded, auto uniform) {
            for (int j = begin; j < end; ++j) {
                const R x = arena_.point[j], g = arena_.gradient[j];
                R next = fma(zero - lambda_, g, x);
                if constexpr (bounded.value) {
                    next = larger(zero, next);
                }
                R step = next - x;
                if constexpr (!uniform.value) {
                    const R last = arena_.step[j];
                    step = select(accepted_, step, quarter * last);
                    R retreat = fma(back, last, x);
                    if constexpr (bounded.value) {
                        retreat = larger(zero, retreat);
                    }
                    next = select(still, x, select(accepted_, next, retreat));
                }
                slope = fma(g, step, slope);
                length = fma(step, step, length);
                squares = fma(next, next, squares);
                arena_.step[j] = step;
                arena_.point[j] = next;
            }
        };
        if (plain) {
            part(0, entries, No{}, Yes{});
            part(entries, 2 * entries, Yes{}, Yes{});
            slope_ = slope;
            length_squared_ = length;
            residual_ = length / (lambda_ * lambda_);
        } else {
            part(0, entries, No{}, No{});
            part(entries, 2 * entries, Yes{}, No{});
            slope_ = select(accepted_, slope, quarter * slope_);
            length_squared_ = select(accepted_, length, quarter * quarter * length_squared_);
            residual_ = select(still, residual_, select(accepted_, length / (lambda_ * lambda_), residual_));
        }
        squares_ = squares;
    }

    struct Yes {
        static constexpr bool value = true;
    };
    struct No {
        static constexpr bool value = false;
    };

    // Starts lane l at the point that stands in the arena: a new problem, or one out of a local minimum.
    NCVERIFY_DEVICE void begin(int l, bool fresh_problem) {
        using L = Limits<S>;
        fresh_ |= 1U << l;
        lane(goal_, l) = L::rough * L::rough;
        lane(residual_, l) = S(1e30);
        lane(patience_, l) = S(L::patience);
        lane(best_, l) = S(1e30);
        if (fresh_problem) {
            S steepest = 1;
            for (int k = 0; k < arena_.classes; ++k) {
                const S gamma = Arena<R>::lane(arena_.gamma, l)[k];
                steepest = gamma > steepest ? gamma : steepest;
            }
            lane(first_, l) = 1 / steepest;
            lane(evaluations_, l) = 0;
            rounds_[l] = 0;
            revived_[l] = 0;
        }
    }

    NCVERIFY_DEVICE static S& lane(R& numbers, int l) { return reinterpret_cast<S*>(&numbers)[l]; }
    NCVERIFY_DEVICE static Mask select_mask(Mask where, Mask a, Mask b) {
        return R::unset((R::set(where) & R::set(a)) | (~R::set(where) & R::set(b)));
    }

    static constexpr std::uint32_t full = R::width == 32 ? ~0U : (1U << R::width) - 1;

    Arena<R> arena_;
    std::uint32_t fresh_ = 0;      // bit l: the point of lane l has not been evaluated yet
    std::uint32_t converged_ = 0;  // bit l: lane l has reached its goal
    Mask accepted_{};
    R lambda_{}, slope_{}, length_squared_{};  // of the step that led to the trial point
    R squares_{};                              // ||V||^2 + ||U||^2 at the trial point
    R average_{}, weight_{};                   // Zhang and Hager's average of F, and its weight
    R residual_{};  // squared length of the projected gradient where F was last accepted
    R goal_{}, best_{}, patience_{}, evaluations_{};  // the first two compare with residual_
    R first_{};                                       // the first step's lambda
    int rounds_[R::width]{}, revived_[R::width]{};
};

}  // namespace ncverify::screen::NCVERIFY_LANES
