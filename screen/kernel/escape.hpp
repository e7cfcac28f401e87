// The move that takes a point out of a local minimum with dead classes; works on one lane, by scalars.
#pragma once

#include "screen/kernel/arena.hpp"
#include "screen/kernel/exponential.hpp"

namespace ncverify::screen::NCVERIFY_LANES {

/// Which class owns each coordinate of one lane, read off its features.
struct Ownership {
    static constexpr int most = 64;
    std::int8_t owner[most];  ///< by coordinate: the class, or -1
    std::uint32_t dead;       ///< bit k: class k could lower F from zero, and owns nothing
    bool shared;              ///< some coordinate serves two classes
};

/// Features below 10^-4 (10^-2 of the coordinate's largest, for a second user), in units of n_k^(1/4), count
/// as zero. @param revivable  bit k: class k can lower F from h_k = 0, gamma_k^2 (K-1)/K > 1
template <typename R>
NCVERIFY_DEVICE inline Ownership ownership(const Arena<R>& arena, int lane, std::uint32_t revivable) {
    using S = typename R::scalar;
    const auto u = Arena<R>::lane(arena.point + arena.entries(), lane);
    const auto inverse_scale = Arena<R>::lane(arena.inverse_scale, lane);
    Ownership result{{}, revivable, false};
    for (int i = 0; i < arena.dimension; ++i) {
        int owner = -1;
        S first = 0, second = 0;
        for (int k = 0; k < arena.classes; ++k) {
            const S feature = u[i * arena.padded + k] * inverse_scale[k];
            if ((revivable >> k & 1U) == 0) {
                continue;  // it decays to zero, slowly where it stands at its threshold
            }
            if (feature > first) {
                second = first;
                first = feature;
                owner = k;
            } else if (feature > second) {
                second = feature;
            }
        }
        if (first <= S(1e-4)) {
            owner = -1;
        } else {
            result.dead &= ~(1U << owner);
            result.shared = result.shared || second > S(1e-2) * first;
        }
        result.owner[i] = static_cast<std::int8_t>(owner);
    }
    return result;
}

// A coordinate for a dead class: an unused one, else one of a class that owns several, whose features are
// first rotated into another of its coordinates, which does not raise F. -1 where there is none.
template <typename R>
NCVERIFY_DEVICE inline int free_coordinate(const Arena<R>& arena, int lane, const Ownership& active) {
    using S = typename R::scalar;
    const auto v = Arena<R>::lane(arena.point, lane);
    const auto u = Arena<R>::lane(arena.point + arena.entries(), lane);
    const int padded = arena.padded;
    for (int i = 0; i < arena.dimension; ++i) {
        if (active.owner[i] < 0) {
            return i;
        }
    }
    for (int given = 0; given < arena.dimension; ++given) {
        const int owner = active.owner[given];  // NOLINT(bugprone-signed-char-misuse): -1 stays -1
        int kept = given;
        for (int i = 0; i < arena.dimension; ++i) {
            if (active.owner[i] == owner && u[i * padded + owner] > u[kept * padded + owner]) {
                kept = i;
            }
        }
        if (kept == given) {
            continue;
        }
        const S a = u[kept * padded + owner], b = u[given * padded + owner];
        const S squared = a * a + b * b, both = sizeof(S) == 4 ? S(__builtin_sqrtf(float(squared)))
                                                               : S(__builtin_sqrt(double(squared)));
        for (int m = 0; m < arena.classes; ++m) {
            v[kept * padded + m] = (a * v[kept * padded + m] + b * v[given * padded + m]) / both;
        }
        u[kept * padded + owner] = both;
        return given;
    }
    return -1;
}

// Aligns coordinate i with class k: v = alpha s (e_k - 1/K), s = sqrt(K/(K-1)), u = alpha, the direction in
// which F curves down most; alpha doubles as long as that lowers F.
template <typename R>
NCVERIFY_DEVICE inline void orient(const Arena<R>& arena, int lane, int i, int k) {
    using S = typename R::scalar;
    const auto v = Arena<R>::lane(arena.point, lane);
    const auto u = Arena<R>::lane(arena.point + arena.entries(), lane);
    const S weight = Arena<R>::lane(arena.weight, lane)[k];
    const S inverse_root = Arena<R>::lane(arena.inverse_root, lane)[k];
    const S others = S(arena.classes - 1);
    const S stretch = S(__builtin_sqrt(double(arena.classes) / double(arena.classes - 1)));
    const auto along = [&](S alpha) {
        const S exponent = -stretch * alpha * alpha * inverse_root * S(binary_log_of_e);
        const One<S> power = power_of_two(One<S>{exponent});
        const One<S> all = {others * power.v}, one = {1};
        return weight * log_one_plus(all, one / (one + all)).v + alpha * alpha;
    };
    S alpha = S(1e-2) / Arena<R>::lane(arena.inverse_scale, lane)[k];
    for (S value = along(alpha), next; (next = along(2 * alpha)) < value; value = next) {
        alpha *= 2;
    }
    for (int m = 0; m < arena.classes; ++m) {
        v[i * arena.padded + m] = -alpha * stretch / S(arena.classes);
        u[i * arena.padded + m] = 0;
    }
    v[i * arena.padded + k] += alpha * stretch;
    u[i * arena.padded + k] = alpha;
}

/// Gives each dead class a coordinate, as far as they reach; returns how many were revived.
template <typename R>
NCVERIFY_DEVICE inline int revive(const Arena<R>& arena, int lane, std::uint32_t revivable) {
    int revived = 0;
    Ownership active = ownership(arena, lane, revivable);
    for (int k = 0; k < arena.classes; ++k) {
        if ((active.dead >> k & 1U) == 0) {
            continue;
        }
        const int i = free_coordinate(arena, lane, active);
        if (i < 0) {
            break;
        }
        orient(arena, lane, i, k);
        active.owner[i] = static_cast<std::int8_t>(k);
        ++revived;
    }
    return revived;
}

}  // namespace ncverify::screen::NCVERIFY_LANES
