#include "solvers/sample_elimination.hpp"

namespace ncverify::solvers {

namespace {

/// One sample's elimination, with room for c free features.
struct Elimination {
    Elimination(long classes, long width)
        : weight(classes),
          rows((width + 1) * width * classes),
          factor(width * width),
          slope(width),
          scalar(3) {}
    std::vector<long> free;  ///< f coordinates
    Floats weight;           ///< gamma softmax, K entries
    /// Y = L^-1 B, f rows of f K entries (coordinate by coordinate); before them, in row 0, the logits' own
    /// rank-one curvature: the sample adds diag - sum over rows of (row' row) to the Schur complement.
    Floats rows;
    Floats factor;  ///< L, lower triangle: L L' = 1 + damping + V' C V on the free features
    Floats slope;   ///< L^-1 gradient
    Floats scalar;
};

// In place, lower triangle, row by row; false where a pivot is not positive.
bool cholesky(const Arithmetic& with, Floats& matrix, long size, long stride) {
    for (long row = 0; row < size; ++row) {
        for (long column = 0; column <= row; ++column) {
            arf_ptr entry = matrix[row * stride + column];
            for (long k = 0; k < column; ++k) {
                with.submul(entry, matrix[row * stride + k], matrix[column * stride + k]);
            }
            if (row != column) {
                with.div(entry, entry, matrix[column * stride + column]);
            } else if (arf_sgn(entry) <= 0) {
                return false;
            } else {
                with.sqrt(entry, entry);
            }
        }
    }
    return true;
}

// values := L^-1 values, over `size` entries `step` apart.
void solve_lower(const Arithmetic& with, const Floats& lower, long size, long stride, Floats& values,
                 long first, long step) {
    for (long row = 0; row < size; ++row) {
        arf_ptr entry = values[first + row * step];
        for (long k = 0; k < row; ++k) {
            with.submul(entry, lower[row * stride + k], values[first + k * step]);
        }
        with.div(entry, entry, lower[row * stride + row]);
    }
}

// values := L^-T values.
void solve_upper(const Arithmetic& with, const Floats& lower, long size, long stride, Floats& values) {
    for (long row = size - 1; row >= 0; --row) {
        for (long k = row + 1; k < size; ++k) {
            with.submul(values[row], lower[k * stride + row], values[k]);
        }
        with.div(values[row], values[row], lower[row * stride + row]);
    }
}

// With C = diag(w) - w w'/gamma (w = gamma softmax) the curvature in the logits, sample j has the Hessian
// blocks D = 1 + V' C V in its features, B = q e_i' + (C V)_i u' between them and V, C x u u' in V.
bool eliminate(const Arithmetic& with, const SampleBlock& block, arf_srcptr gamma, const BlockPoint& point,
               const std::vector<bool>& free, arf_srcptr damping, long j, Elimination& work) {
    const long classes = block.classes, width = block.width(),
               label = block.labels[static_cast<std::size_t>(j)];
    work.free.clear();
    for (long i = 0; i < width; ++i) {
        if (free[static_cast<std::size_t>(j * width + i)]) {
            work.free.push_back(i);
        }
    }
    const auto count = static_cast<long>(work.free.size());
    const long length = count * classes;
    arf_srcptr q = point.q[j * classes];
    for (long m = 0; m < classes; ++m) {
        arf_set(work.weight[m], q + m);
    }
    with.add(work.weight[label], work.weight[label], gamma);
    arf_ptr root = work.scalar[0], mean = work.scalar[1], cross = work.scalar[2];
    with.sqrt(root, gamma);
    for (long a = 0; a < count; ++a) {
        arf_srcptr v = point.v[work.free[static_cast<std::size_t>(a)] * classes];
        arf_srcptr feature = point.u[j * width + work.free[static_cast<std::size_t>(a)]];
        for (long m = 0; m < classes; ++m) {
            with.mul(work.rows[a * classes + m], work.weight[m], feature);
            with.div(work.rows[a * classes + m], work.rows[a * classes + m], root);
        }
        arf_zero(mean);
        for (long m = 0; m < classes; ++m) {
            with.addmul(mean, work.weight[m], v + m);
        }
        with.div(mean, mean, gamma);
        for (long b = 0; b < count; ++b) {
            arf_zero(work.factor[a * width + b]);
        }
        arf_add_si(work.factor[a * width + a], damping, 1, with.bits, ARF_RND_DOWN);
        arf_ptr row = work.rows[(a + 1) * length];
        for (long m = 0; m < classes; ++m) {
            with.sub(cross, v + m, mean);
            with.mul(cross, cross, work.weight[m]);  // (C V)_ma
            for (long b = 0; b < count; ++b) {
                const long other = work.free[static_cast<std::size_t>(b)];
                with.mul(row + b * classes + m, cross, point.u[j * width + other]);
                if (b == a) {
                    with.add(row + b * classes + m, row + b * classes + m, q + m);
                }
                if (b <= a) {
                    with.addmul(work.factor[a * width + b], cross, point.v[other * classes + m]);
                }
            }
        }
        arf_set(work.slope[a], point.gradient_u[j * width + work.free[static_cast<std::size_t>(a)]]);
    }
    if (!cholesky(with, work.factor, count, width)) {
        return false;
    }
    for (long column = 0; column < length; ++column) {
        solve_lower(with, work.factor, count, width, work.rows, length + column, length);
    }
    solve_lower(with, work.factor, count, width, work.slope, 0, 1);
    return true;
}

// Adds the sample's part to the lower triangle of the Schur complement and to its right-hand side.
void contribute(const Arithmetic& with, const SampleBlock& block, const BlockPoint& point, long j,
                const Elimination& work, Floats& schur, Floats& right) {
    const long classes = block.classes, width = block.width(), variables = width * classes;
    const auto count = static_cast<long>(work.free.size());
    const long length = count * classes;
    Floats product(1);
    for (long a = 0; a < count; ++a) {
        const long i = work.free[static_cast<std::size_t>(a)];
        for (long b = 0; b <= a; ++b) {
            const long other = work.free[static_cast<std::size_t>(b)];
            with.mul(product[0], point.u[j * width + i], point.u[j * width + other]);
            for (long m = 0; m < classes; ++m) {
                const long row = i * classes + m;
                with.addmul(schur[row * variables + other * classes + m], product[0], work.weight[m]);
                for (long l = 0; l < (a == b ? m + 1 : classes); ++l) {
                    arf_ptr entry = schur[row * variables + other * classes + l];
                    for (long e = 0; e <= count; ++e) {
                        with.submul(entry, work.rows[e * length + a * classes + m],
                                    work.rows[e * length + b * classes + l]);
                    }
                }
            }
        }
        for (long m = 0; m < classes; ++m) {
            for (long e = 0; e < count; ++e) {
                with.addmul(right[i * classes + m], work.rows[(e + 1) * length + a * classes + m],
                            work.slope[e]);
            }
        }
    }
}

// step of the sample's features: -L^-T (L^-1 gradient + Y step_v).
void substitute(const Arithmetic& with, const SampleBlock& block, long j, Elimination& work,
                const Floats& step_v, Floats& step_u) {
    const auto count = static_cast<long>(work.free.size());
    const long classes = block.classes, width = block.width(), length = count * classes;
    for (long e = 0; e < count; ++e) {
        for (long b = 0; b < count; ++b) {
            const long i = work.free[static_cast<std::size_t>(b)];
            for (long m = 0; m < classes; ++m) {
                with.addmul(work.slope[e], work.rows[(e + 1) * length + b * classes + m],
                            step_v[i * classes + m]);
            }
        }
    }
    solve_upper(with, work.factor, count, width, work.slope);
    for (long e = 0; e < count; ++e) {
        arf_neg(step_u[j * width + work.free[static_cast<std::size_t>(e)]], work.slope[e]);
    }
}

}  // namespace

bool newton_step(const Arithmetic& with, const SampleBlock& block, arf_srcptr gamma, const BlockPoint& point,
                 const std::vector<bool>& free, arf_srcptr damping, Floats& step_v, Floats& step_u) {
    const long variables = step_v.size();
    Elimination work(block.classes, block.width());
    Floats schur(variables * variables);
    for (long a = 0; a < variables; ++a) {
        arf_neg(step_v[a], point.gradient_v[a]);
        arf_add_si(schur[a * variables + a], damping, 1, with.bits, ARF_RND_DOWN);
    }
    for (long a = 0; a < step_u.size(); ++a) {
        arf_zero(step_u[a]);
    }
    for (long j = 0; j < block.size(); ++j) {
        if (!eliminate(with, block, gamma, point, free, damping, j, work)) {
            return false;
        }
        contribute(with, block, point, j, work, schur, step_v);
    }
    if (!cholesky(with, schur, variables, variables)) {
        return false;
    }
    solve_lower(with, schur, variables, variables, step_v, 0, 1);
    solve_upper(with, schur, variables, variables, step_v);
    // Eliminated once more rather than kept: n c (c K) numbers would be most of the memory.
    for (long j = 0; j < block.size(); ++j) {
        eliminate(with, block, gamma, point, free, damping, j, work);
        substitute(with, block, j, work, step_v, step_u);
    }
    return true;
}

}  // namespace ncverify::solvers
