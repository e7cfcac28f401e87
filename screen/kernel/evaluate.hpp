// The evaluation: F and its gradient, where all of the kernel's multiplications are.
#pragma once

#include "screen/kernel/arena.hpp"
#include "screen/kernel/exponential.hpp"

namespace ncverify::screen::NCVERIFY_LANES {

/// What one evaluation finds, by lane.
template <typename R>
struct Found {
    R value;      ///< F
    R slope;      ///< gradient . step
    R projected;  ///< largest entry of the projected gradient
    R largest;    ///< largest entry of the point
};

// Z = V u_k, by columns: residual[k][m] = sum_i V[i][m] U[i][k].
template <typename R>
NCVERIFY_DEVICE inline void products(const Arena<R>& arena) {
    using A = Arena<R>;
    const int padded = arena.padded;
    const R *v = arena.point, *u = arena.point + arena.entries();
    for (int k = 0; k < padded; k += A::block_rows) {
        for (int m = 0; m < padded; m += A::block_columns) {
            R sum[A::block_rows][A::block_columns];
#pragma GCC unroll 8
            for (int a = 0; a < A::block_rows; ++a) {
#pragma GCC unroll 8
                for (int b = 0; b < A::block_columns; ++b) {
                    sum[a][b] = R::all(0);
                }
            }
            for (int i = 0; i < arena.dimension; ++i) {
                const R *left = u + i * padded + k, *right = v + i * padded + m;
#pragma GCC unroll 8
                for (int a = 0; a < A::block_rows; ++a) {
#pragma GCC unroll 8
                    for (int b = 0; b < A::block_columns; ++b) {
                        sum[a][b] = fma(left[a], right[b], sum[a][b]);
                    }
                }
            }
#pragma GCC unroll 8
            for (int a = 0; a < A::block_rows; ++a) {
#pragma GCC unroll 8
                for (int b = 0; b < A::block_columns; ++b) {
                    arena.residual[(k + a) * padded + m + b] = sum[a][b];
                }
            }
        }
    }
}

// Turns the columns of Z into those of G and returns the data term of F. Logits are taken relative to the
// own one, so that the doubt 1 - softmax_k keeps its relative accuracy and nothing overflows.
template <typename R>
NCVERIFY_DEVICE inline R residuals(const Arena<R>& arena) {
    const R one = R::all(1), zero = R::all(0);
    R data = zero;
    for (int k = 0; k < arena.classes; ++k) {
        R* column = arena.residual + k * arena.padded;
        const R own = column[k], inverse_root = arena.inverse_root[k];
        R others = zero;
        const auto part = [&](int begin, int end) {
            for (int m = begin; m < end; ++m) {
                const R power = exponential((column[m] - own) * inverse_root);
                column[m] = power;
                others = others + power;
            }
        };
        part(0, k);
        part(k + 1, arena.classes);
        data = fma(arena.weight[k], log_one_plus(others), data);
        const R share = arena.gamma[k] / (one + others);
        for (int m = 0; m < arena.classes; ++m) {
            column[m] = column[m] * share;
        }
        column[k] = zero - share * others;
    }
    return data;
}

// One row block of `gradient` = `self` + `matrix` other, with what the step needs to know of it.
template <typename R, bool Transposed>
NCVERIFY_DEVICE inline void gradient_block(const Arena<R>& arena, const R* self, const R* other, R* gradient,
                                           const R* step, int i, int c, Found<R>& found) {
    using A = Arena<R>;
    const int padded = arena.padded;
    R sum[A::block_rows][A::block_columns];
#pragma GCC unroll 8
    for (int a = 0; a < A::block_rows; ++a) {
#pragma GCC unroll 8
        for (int b = 0; b < A::block_columns; ++b) {
            sum[a][b] = self[(i + a) * padded + c + b];
        }
    }
    for (int j = 0; j < arena.classes; ++j) {
#pragma GCC unroll 8
        for (int b = 0; b < A::block_columns; ++b) {
            const R factor =
                Transposed ? arena.residual[(c + b) * padded + j] : arena.residual[j * padded + c + b];
#pragma GCC unroll 8
            for (int a = 0; a < A::block_rows; ++a) {
                sum[a][b] = fma(factor, other[(i + a) * padded + j], sum[a][b]);
            }
        }
    }
    const R zero = R::all(0);
#pragma GCC unroll 8
    for (int a = 0; a < A::block_rows; ++a) {
#pragma GCC unroll 8
        for (int b = 0; b < A::block_columns; ++b) {
            const int place = (i + a) * padded + c + b;
            const R x = self[place], g = sum[a][b], size = Transposed ? x : magnitude_of(x);
            gradient[place] = g;
            found.slope = fma(g, step[place], found.slope);
            found.value = fma(x, x, found.value);
            found.largest = larger(found.largest, size);
            // A feature at zero that would shrink is where it should be.
            const R pull = magnitude_of(g), free = Transposed ? select(zero < x, pull, zero - g) : pull;
            found.projected = larger(found.projected, free);
        }
    }
}

/// F and its gradient at arena.point, written to arena.residual and arena.gradient. 3 K^2 d multiplications
/// and additions in each lane, K^2 exponentials.
template <typename R>
NCVERIFY_DEVICE inline Found<R> evaluate(const Arena<R>& arena) {
    using A = Arena<R>;
    using S = typename R::scalar;
    products(arena);
    const R data = residuals(arena), zero = R::all(0);
    Found<R> found{zero, zero, zero, zero};
    const int entries = arena.entries();
    R *v = arena.point, *u = v + entries;
    for (int i = 0; i < arena.rows; i += A::block_rows) {
        for (int c = 0; c < arena.padded; c += A::block_columns) {
            gradient_block<R, false>(arena, v, u, arena.gradient, arena.step, i, c, found);
        }
        for (int c = 0; c < arena.padded; c += A::block_columns) {
            gradient_block<R, true>(arena, u, v, arena.gradient + entries, arena.step + entries, i, c, found);
        }
    }
    found.value = fma(found.value, R::all(S(0.5)), data);
    return found;
}

}  // namespace ncverify::screen::NCVERIFY_LANES
