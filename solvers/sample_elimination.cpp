#include "solvers/sample_elimination.hpp"

namespace ncverify::solvers {

namespace {

// In place, lower triangle, row by row; false where a pivot is not positive.
template <typename With, typename Numbers>
bool cholesky(const With& with, Numbers& matrix, long size, long stride) {
    for (long row = 0; row < size; ++row) {
        for (long column = 0; column <= row; ++column) {
            auto entry = matrix[row * stride + column];
            for (long k = 0; k < column; ++k) {
                with.submul(entry, matrix[row * stride + k], matrix[column * stride + k]);
            }
            if (row != column) {
                with.div(entry, entry, matrix[column * stride + column]);
            } else if (!with.positive(entry)) {
                return false;
            } else {
                with.sqrt(entry, entry);
            }
        }
    }
    return true;
}

// values := (L L')^-1 values, over `size` entries from `first`.
template <typename With, typename Numbers>
void solve(const With& with, const Numbers& lower, long size, long stride, Numbers& values, long first) {
    for (long row = 0; row < size; ++row) {
        for (long k = 0; k < row; ++k) {
            with.submul(values[first + row], lower[row * stride + k], values[first + k]);
        }
        with.div(values[first + row], values[first + row], lower[row * stride + row]);
    }
    for (long row = size - 1; row >= 0; --row) {
        for (long k = row + 1; k < size; ++k) {
            with.submul(values[first + row], lower[k * stride + row], values[first + k]);
        }
        with.div(values[first + row], values[first + row], lower[row * stride + row]);
    }
}

/// One sample's elimination: f free features u, with the curvature C = gamma (diag(p) - p p')/sqrt(m) of F in
/// V u,
///
///     D = 1 + damping + V' X (f x f),   X = C V (K x f),   B = q_m delta_ab + X_ma u_b
///
/// the Hessian's blocks in the sample's features and between them and V. Entries of C and X that belong to
/// the sample's own class are minus the sums of the others, which are small where p is close to one.
template <typename With, typename Numbers>
class Elimination {
  public:
    Elimination(const With& with, const SampleBlock& block, const Numbers& inverse_gamma,
                const BasicBlockPoint<Numbers>& point, const std::vector<bool>& free, const Numbers& damping)
        : with_(with),
          block_(block),
          inverse_gamma_(inverse_gamma),
          point_(point),
          is_free_(free),
          damping_(damping),
          classes_(block.classes),
          width_(block.width()),
          softmax_(classes_),
          cross_(classes_ * width_),
          solved_(classes_ * width_),
          lower_(width_ * width_),
          inverse_(width_ * width_),
          slope_(width_),
          curvature_(classes_ * classes_),
          by_class_(classes_ * classes_ * width_),
          by_feature_(width_ * classes_ * width_),
          inverse_root_(block.inverse_root.size() == 0 ? 0 : 1),
          scratch_(2) {}

    // Eliminates sample j; false where D is not positive definite.
    bool eliminate(long j) {
        sample_ = j;
        free_.clear();
        for (long i = 0; i < width_; ++i) {
            if (is_free_[static_cast<std::size_t>(j * width_ + i)]) {
                free_.push_back(i);
            }
        }
        count_ = static_cast<long>(free_.size());
        if (inverse_root_.size() != 0) {
            with_.read(inverse_root_[0], block_.inverse_root[j]);
        }
        const long label = block_.labels[static_cast<std::size_t>(j)];
        auto own = softmax_[label];
        for (long m = 0; m < classes_; ++m) {
            with_.mul(softmax_[m], q(m), inverse_gamma_[label]);
        }
        with_.negate(own, point_.missing[j]);
        with_.add_one(own, own);
        for (long a = 0; a < count_; ++a) {
            fill_cross(a, label);
        }
        for (long a = 0; a < count_; ++a) {
            for (long b = 0; b < count_; ++b) {
                auto entry = lower_[a * width_ + b], unit = inverse_[a * width_ + b];
                with_.zero(entry);
                with_.zero(unit);
                for (long m = 0; m < classes_; ++m) {
                    with_.addmul(entry, v(a, m), cross_[m * width_ + b]);
                }
                if (a == b) {
                    with_.add_one(unit, unit);
                    with_.add_one(entry, entry);
                    with_.add(entry, entry, damping_[0]);
                }
            }
            with_.set(slope_[a], point_.gradient_u[j * width_ + free_[static_cast<std::size_t>(a)]]);
        }
        if (!cholesky(with_, lower_, count_, width_)) {
            return false;
        }
        for (long a = 0; a < count_; ++a) {
            solve(with_, lower_, count_, width_, inverse_, a * width_);
        }
        solve(with_, lower_, count_, width_, slope_, 0);
        return true;
    }

    // Adds C x u u' - B' D^-1 B to the lower triangle of the Schur complement, B' D^-1 gradient to the right.
    // With E = C - X D^-1 X' and Z = X D^-1, entry (m a, l b) of the first is
    //     u_a (u_b E_ml - q_l Z_mb) - q_m (q_l (D^-1)_ab + u_b Z_la).
    void contribute(Numbers& schur, Numbers& right) {
        fill_factors();
        const long variables = width_ * classes_, length = count_ * classes_;
        for (long a = 0; a < count_; ++a) {
            for (long m = 0; m < classes_; ++m) {
                const long row = free_[static_cast<std::size_t>(a)] * classes_ + m;
                for (long b = 0; b <= a; ++b) {
                    const long column = free_[static_cast<std::size_t>(b)] * classes_;
                    for (long l = 0; l < (a == b ? m + 1 : classes_); ++l) {
                        auto entry = schur[row * variables + column + l];
                        with_.addmul(entry, u(a), by_class_[m * length + b * classes_ + l]);
                        with_.submul(entry, q(m), by_feature_[a * length + b * classes_ + l]);
                    }
                }
                with_.addmul(right[row], q(m), slope_[a]);
                auto along = scratch_[0];
                with_.zero(along);
                for (long b = 0; b < count_; ++b) {
                    with_.addmul(along, cross_[m * width_ + b], slope_[b]);
                }
                with_.addmul(right[row], u(a), along);
            }
        }
    }

    // The step of the sample's features: -D^-1 (gradient + B step_v).
    void substitute(const Numbers& step_v, Numbers& step_u) {
        Numbers moved(width_);
        for (long m = 0; m < classes_; ++m) {
            auto logit = scratch_[0];
            with_.zero(logit);
            for (long b = 0; b < count_; ++b) {
                with_.addmul(logit, u(b), step_v[free_[static_cast<std::size_t>(b)] * classes_ + m]);
            }
            for (long a = 0; a < count_; ++a) {
                with_.addmul(moved[a], q(m), step_v[free_[static_cast<std::size_t>(a)] * classes_ + m]);
                with_.addmul(moved[a], cross_[m * width_ + a], logit);
            }
        }
        solve(with_, lower_, count_, width_, moved, 0);
        for (long a = 0; a < count_; ++a) {
            auto step = step_u[sample_ * width_ + free_[static_cast<std::size_t>(a)]];
            with_.add(step, slope_[a], moved[a]);
            with_.negate(step, step);
        }
    }

  private:
    auto q(long m) const { return point_.q[sample_ * classes_ + m]; }
    auto u(long a) const { return point_.u[sample_ * width_ + free_[static_cast<std::size_t>(a)]]; }
    auto v(long a, long m) const { return point_.v[free_[static_cast<std::size_t>(a)] * classes_ + m]; }

    // Times 1/sqrt(m).
    template <typename Entry>
    void by_root(Entry entry) {
        if (inverse_root_.size() != 0) {
            with_.mul(entry, entry, inverse_root_[0]);
        }
    }

    // Column a of X.
    void fill_cross(long a, long label) {
        auto mean = scratch_[0], off = scratch_[1], own = cross_[label * width_ + a];
        with_.zero(mean);
        with_.zero(own);
        for (long m = 0; m < classes_; ++m) {
            with_.addmul(mean, softmax_[m], v(a, m));
        }
        for (long m = 0; m < classes_; ++m) {
            if (m != label) {
                with_.sub(off, v(a, m), mean);
                with_.mul(cross_[m * width_ + a], q(m), off);
                by_root(cross_[m * width_ + a]);
                with_.sub(own, own, cross_[m * width_ + a]);
            }
        }
    }

    // E, Z, and the two brackets of `contribute`, each by (l, b) at b K + l.
    void fill_factors() {
        const long label = block_.labels[static_cast<std::size_t>(sample_)], length = count_ * classes_;
        for (long m = 0; m < classes_; ++m) {
            for (long a = 0; a < count_; ++a) {
                with_.set(solved_[m * width_ + a], cross_[m * width_ + a]);
            }
            solve(with_, lower_, count_, width_, solved_, m * width_);
        }
        for (long m = 0; m < classes_; ++m) {
            for (long l = 0; l < classes_; ++l) {
                auto entry = curvature_[m * classes_ + l];
                // q is gamma p, but for the own class, whose q is -gamma (1 - p): sqrt(m) C_kk = -q_k p_k.
                with_.mul(entry, q(m == label ? l : m), softmax_[m == label ? m : l]);
                with_.negate(entry, entry);
                if (m == l && m != label) {
                    with_.add(entry, entry, q(m));
                }
                by_root(entry);
                for (long a = 0; a < count_; ++a) {
                    with_.submul(entry, solved_[m * width_ + a], cross_[l * width_ + a]);
                }
            }
        }
        for (long b = 0; b < count_; ++b) {
            for (long l = 0; l < classes_; ++l) {
                const long place = b * classes_ + l;
                for (long m = 0; m < classes_; ++m) {
                    auto entry = by_class_[m * length + place];
                    with_.mul(entry, u(b), curvature_[m * classes_ + l]);
                    with_.submul(entry, q(l), solved_[m * width_ + b]);
                }
                for (long a = 0; a < count_; ++a) {
                    auto entry = by_feature_[a * length + place];
                    with_.mul(entry, q(l), inverse_[a * width_ + b]);
                    with_.addmul(entry, u(b), solved_[l * width_ + a]);
                }
            }
        }
    }

    const With& with_;
    const SampleBlock& block_;
    const Numbers& inverse_gamma_;
    const BasicBlockPoint<Numbers>& point_;
    const std::vector<bool>& is_free_;
    const Numbers& damping_;
    long classes_, width_, sample_ = 0, count_ = 0;
    std::vector<long> free_;
    Numbers softmax_, cross_, solved_, lower_, inverse_, slope_, curvature_, by_class_, by_feature_,
        inverse_root_, scratch_;
};

}  // namespace

template <typename With, typename Numbers>
bool block_newton_step(const With& with, const SampleBlock& block, const Numbers& inverse_gamma,
                       const BasicBlockPoint<Numbers>& point, const std::vector<bool>& free,
                       const Numbers& damping, Numbers& step_v, Numbers& step_u) {
    const long variables = point.v.size();
    Elimination<With, Numbers> samples(with, block, inverse_gamma, point, free, damping);
    Numbers schur(variables * variables);
    for (long a = 0; a < variables; ++a) {
        with.negate(step_v[a], point.gradient_v[a]);
        with.add_one(schur[a * variables + a], damping[0]);
    }
    for (long a = 0; a < step_u.size(); ++a) {
        with.zero(step_u[a]);
    }
    for (long j = 0; j < block.size(); ++j) {
        if (!samples.eliminate(j)) {
            return false;
        }
        samples.contribute(schur, step_v);
    }
    if (!cholesky(with, schur, variables, variables)) {
        return false;
    }
    solve(with, schur, variables, variables, step_v, 0);
    // Eliminated once more rather than kept: n c (c + K) numbers would be most of the memory.
    for (long j = 0; j < block.size(); ++j) {
        samples.eliminate(j);
        samples.substitute(step_v, step_u);
    }
    return true;
}

template bool block_newton_step(const Arithmetic&, const SampleBlock&, const Floats&, const BlockPoint&,
                                const std::vector<bool>&, const Floats&, Floats&, Floats&);
template bool block_newton_step(const DoubleArithmetic&, const SampleBlock&, const Doubles&,
                                const BasicBlockPoint<Doubles>&, const std::vector<bool>&, const Doubles&,
                                Doubles&, Doubles&);

}  // namespace ncverify::solvers
