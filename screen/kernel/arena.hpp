// Arena: where the numbers of W problems in scaled variables lie, one lane each.
#pragma once

#include "screen/kernel/lanes.hpp"

namespace ncverify::screen::NCVERIFY_LANES {

/// A number of one lane among W that lie side by side.
template <typename S>
struct Strided {
    S* first;
    int stride;
    NCVERIFY_DEVICE S& operator[](int j) const { return first[j * stride]; }
};

/// Problem (4) divided by sqrt(lW lH), as solvers/scaled_problem.hpp has it,
///
///     F(V,U) = sum_k sqrt(n_k) gamma_k CE(V u_k / sqrt(n_k), k) + (||V||^2 + ||U||^2)/2,   U >= 0,
///
/// W of them of one shape. Matrices lie by coordinate: entry (coordinate i, class k) of V^T and of U at
/// i `padded` + k. Rows and columns are padded with zeros, which stay zeros under every step.
template <typename R>
struct Arena {
    static constexpr int block_rows = 2, block_columns = 4, narrow_columns = 2;

    int classes, dimension;  ///< K, d
    int padded;              ///< K up to a multiple of narrow_columns
    int rows;                ///< d up to a multiple of block_rows
    R* point;                ///< V, then U
    R* gradient;             ///< of F, likewise
    R* step;                 ///< what led to the point, likewise
    R* residual;             ///< G, entry (k, m): gamma_k (softmax(V u_k / sqrt(n_k))_m - [k = m])
    R *inverse_root, *gamma, *weight, *inverse_scale;  ///< by class: n^-1/2, gamma, sqrt(n) gamma, n^-1/4

    NCVERIFY_DEVICE static int up(int x, int multiple) { return (x + multiple - 1) / multiple * multiple; }
    /// How many R an arena of this shape needs.
    NCVERIFY_DEVICE static int size(int classes, int dimension) {
        const int columns = up(classes, narrow_columns), entries = columns * up(dimension, block_rows);
        return 6 * entries + columns * columns + 4 * columns;
    }
    NCVERIFY_DEVICE Arena(int K, int d, R* storage)
        : classes(K), dimension(d), padded(up(K, narrow_columns)), rows(up(d, block_rows)) {
        const int entries = padded * rows;
        point = storage;
        gradient = point + 2 * entries;
        step = gradient + 2 * entries;
        residual = step + 2 * entries;
        inverse_root = residual + padded * padded;
        gamma = inverse_root + padded;
        weight = gamma + padded;
        inverse_scale = weight + padded;
        for (int j = size(K, d) - 1; j >= 0; --j) {
            storage[j] = R::all(0);
        }
    }
    NCVERIFY_DEVICE int entries() const { return padded * rows; }  ///< of V, and of U

    using S = typename R::scalar;
    NCVERIFY_DEVICE static Strided<S> lane(R* numbers, int l) {
        return {reinterpret_cast<S*>(numbers) + l, R::width};
    }
};

}  // namespace ncverify::screen::NCVERIFY_LANES
