// The evaluation: F and its gradient, where all of the kernel's multiplications are.
#pragma once

#include "screen/kernel/arena.hpp"
#include "screen/kernel/exponential.hpp"

namespace ncverify::screen::NCVERIFY_LANES {

/// How many columns a block has.
template <int Columns>
struct Width {
    static constexpr int value = Columns;
};

/// What one evaluation finds, by lane.
template <typename R>
struct Found {
    R value;  ///< F
    R slope;  ///< gradient . step
};

// Calls part(c, width) for the blocks of columns from left to right: `block_columns` wide, and a last one of
// `narrow_columns` where K leaves no more. Sums over a block's entries have the order that full blocks would
// give them: what is left out are zeros.
template <typename A, typename Part>
NCVERIFY_DEVICE inline void column_blocks(int padded, const Part& part) {
    int c = 0;
    for (; c + A::block_columns <= padded; c += A::block_columns) {
        part(c, Width<A::block_columns>{});
    }
    if (c < padded) {
        part(c, Width<A::narrow_columns>{});
    }
}

// Z = V u_k, by columns: residual[k][m] = sum_i V[i][m] U[i][k]. One block of it.
template <int Columns, typename R>
NCVERIFY_DEVICE inline void product_block(const Arena<R>& arena, int k, int m) {
    using A = Arena<R>;
    const int padded = arena.padded;
    const R *v = arena.point, *u = arena.point + arena.entries();
    R sum[A::block_rows][Columns];
    NCVERIFY_UNROLL
    for (int a = 0; a < A::block_rows; ++a) {
        NCVERIFY_UNROLL
        for (int b = 0; b < Columns; ++b) {
            sum[a][b] = R::all(0);
        }
    }
    for (int i = 0; i < arena.dimension; ++i) {
        R right[Columns];
        NCVERIFY_UNROLL
        for (int b = 0; b < Columns; ++b) {
            right[b] = R::held(v[i * padded + m + b]);
        }
        NCVERIFY_UNROLL
        for (int a = 0; a < A::block_rows; ++a) {
            const R left = R::held(u[i * padded + k + a]);
            NCVERIFY_UNROLL
            for (int b = 0; b < Columns; ++b) {
                sum[a][b] = fma(left, right[b], sum[a][b]);
            }
        }
    }
    NCVERIFY_UNROLL
    for (int a = 0; a < A::block_rows; ++a) {
        NCVERIFY_UNROLL
        for (int b = 0; b < Columns; ++b) {
            arena.residual[(k + a) * padded + m + b] = sum[a][b];
        }
    }
}

template <typename R>
NCVERIFY_DEVICE inline void products(const Arena<R>& arena) {
    using A = Arena<R>;
    for (int k = 0; k < arena.padded; k += A::block_rows) {
        column_blocks<A>(arena.padded, [&](int m, auto width) { product_block<width.value>(arena, k, m); });
    }
}

// Turns the columns of Z into those of G and returns the data term of F. Logits are taken relative to the
// own one, so that the doubt 1 - softmax_k keeps its relative accuracy and nothing overflows.
template <typename R>
NCVERIFY_DEVICE inline R residuals(const Arena<R>& arena) {
    using S = typename R::scalar;
    const R one = R::all(1), zero = R::all(0);
    // All columns' powers first, then all logarithms and divisions:
    // within a column each waits for the one before.
    for (int k = 0; k < arena.classes; ++k) {
        R* column = arena.residual + k * arena.padded;
        const R own = column[k], scale = arena.inverse_root[k] * R::all(S(binary_log_of_e));
        R others = zero;
        const auto part = [&](int begin, int end) {
            for (int m = begin; m < end; ++m) {
                const R power = power_of_two((column[m] - own) * scale);
                column[m] = power;
                others = others + power;
            }
        };
        part(0, k);
        part(k + 1, arena.classes);
        column[k] = others;
    }
    R data = zero;
    for (int k = 0; k < arena.classes; ++k) {
        R* column = arena.residual + k * arena.padded;
        const R others = column[k];
        // One division for both: the softmax's, and the logarithm's correction.
        const R inverse = one / (one + others);
        data = fma(arena.weight[k], log_one_plus(others, inverse), data);
        const R share = arena.gamma[k] * inverse;
        for (int m = 0; m < arena.classes; ++m) {
            column[m] = column[m] * share;
        }
        column[k] = zero - share * others;
    }
    return data;
}

// One row block of `gradient` = `self` + `matrix` other, with what the step needs to know of it.
template <int Columns, bool Transposed, typename R>
NCVERIFY_DEVICE inline void gradient_block(const Arena<R>& arena, const R* self, const R* other, R* gradient,
                                           const R* step, int i, int c, R& slope) {
    using A = Arena<R>;
    const int padded = arena.padded;
    R sum[A::block_rows][Columns];
    NCVERIFY_UNROLL
    for (int a = 0; a < A::block_rows; ++a) {
        NCVERIFY_UNROLL
        for (int b = 0; b < Columns; ++b) {
            sum[a][b] = self[(i + a) * padded + c + b];
        }
    }
    for (int j = 0; j < arena.classes; ++j) {
        R right[Columns];
        NCVERIFY_UNROLL
        for (int b = 0; b < Columns; ++b) {
            right[b] = R::held(Transposed ? arena.residual[(c + b) * padded + j]
                                          : arena.residual[j * padded + c + b]);
        }
        NCVERIFY_UNROLL
        for (int a = 0; a < A::block_rows; ++a) {
            const R left = R::held(other[(i + a) * padded + j]);
            NCVERIFY_UNROLL
            for (int b = 0; b < Columns; ++b) {
                sum[a][b] = fma(left, right[b], sum[a][b]);
            }
        }
    }
    NCVERIFY_UNROLL
    for (int a = 0; a < A::block_rows; ++a) {
        NCVERIFY_UNROLL
        for (int b = 0; b < Columns; ++b) {
            const int place = (i + a) * padded + c + b;
            const R g = sum[a][b];
            gradient[place] = g;
            slope = fma(g, step[place], slope);
        }
    }
}

/// F and its gradient at arena.point, written to arena.residual and arena.gradient. 3 K^2 d multiplications
/// and additions in each lane, K^2 exponentials.
/// @param squares  ||V||^2 + ||U||^2 at the point, which the step to it costs less to know
template <typename R>
NCVERIFY_DEVICE inline Found<R> evaluate(const Arena<R>& arena, R squares) {
    using A = Arena<R>;
    using S = typename R::scalar;
    products(arena);
    const R data = residuals(arena);
    R slope = R::all(0);
    const int entries = arena.entries();
    R *v = arena.point, *u = v + entries;
    for (int i = 0; i < arena.rows; i += A::block_rows) {
        column_blocks<A>(arena.padded, [&](int c, auto width) {
            gradient_block<width.value, false>(arena, v, u, arena.gradient, arena.step, i, c, slope);
        });
        column_blocks<A>(arena.padded, [&](int c, auto width) {
            gradient_block<width.value, true>(arena, u, v, arena.gradient + entries, arena.step + entries, i,
                                              c, slope);
        });
    }
    return {fma(squares, R::all(S(0.5)), data), slope};
}

}  // namespace ncverify::screen::NCVERIFY_LANES
