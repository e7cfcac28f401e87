// A block of problem (4): some coordinates, the columns of features that use them, and F's gradient there.
#pragma once

#include <vector>

#include "solvers/doubles.hpp"
#include "solvers/floats.hpp"

namespace ncverify::solvers {

/// Coordinates that are connected through columns of features using several of them, and those columns: each
/// a sample, or, in the class-means form, the m_j samples of a class. Where features outside the blocks are
/// zero, F (scaled_problem.hpp) is a sum over blocks of
///
///     sum_j sqrt(m_j) gamma CE(V u_j / sqrt(m_j), k_j) + (||V||^2 + ||U||^2)/2,   U >= 0,
///
/// over the block's samples j, each with features u_j of its own, and the block's columns of V.
struct SampleBlock {
    long classes = 0;                 ///< K
    std::vector<long> coordinates;    ///< c of them, of the d
    std::vector<long> samples;        ///< n of them, of the N
    std::vector<long> labels;         ///< class of each sample, n entries
    Floats inverse_root = Floats(0);  ///< 1/sqrt(m_j), n entries; or none, where all of them are one
    long width() const { return static_cast<long>(coordinates.size()); }  ///< c
    long size() const { return static_cast<long>(samples.size()); }       ///< n
};

/// A point of a block and F's derivatives there, as Floats or, for the linear algebra, as Doubles.
template <typename Numbers>
struct BasicBlockPoint {
    explicit BasicBlockPoint(const SampleBlock& block)
        : v(block.width() * block.classes),
          u(block.size() * block.width()),
          q(block.size() * block.classes),
          missing(block.size()),
          gradient_v(v.size()),
          gradient_u(u.size()) {}
    Numbers v;           ///< V's columns one after the other: entry (class m, coordinate i) at i K + m
    Numbers u;           ///< entry (coordinate i, sample j) at j c + i
    Numbers q;           ///< gamma (softmax(V u_j / sqrt(m_j)) - e_k): entry (class m, sample j) at j K + m
    Numbers missing;     ///< 1 - softmax(V u_j / sqrt(m_j))_k, by sample
    Numbers gradient_v;  ///< as v
    Numbers gradient_u;  ///< as u
};
using BlockPoint = BasicBlockPoint<Floats>;

/// The point in double; its gradients multiplied by 2^-exponent, so that they are in range.
BasicBlockPoint<Doubles> in_double(const SampleBlock& block, const BlockPoint& point, long exponent);

/// q = gamma (softmax(z) - e_label) and `missing` = 1 - softmax(z)_label, for one sample. The label's entry
/// is summed from the others, so that it keeps its relative accuracy.
/// @param logits  z, K entries, overwritten by their exponentials
void residual_of(const Arithmetic& with, arf_srcptr gamma, long label, Floats& logits, arf_ptr q,
                 arf_ptr missing);

/// Fills q, missing and both gradients at (v, u),
/// every operation rounded to with.bits: K exponentials a sample.
/// @param gamma  of each class's columns, gamma_j of scaled_problem.hpp, K entries
void evaluate(const Arithmetic& with, const SampleBlock& block, const Floats& gamma, BlockPoint& point);

}  // namespace ncverify::solvers
