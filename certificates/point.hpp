// The point that a certificate claims, as enclosures of the exact decimals in its file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "certificates/certificate.hpp"
#include "problem/objective.hpp"

namespace ncverify::certificates {

/// A matrix of enclosures of which few differ, each kept once. Read as a Matrix is.
class EnclosedTable {
  public:
    EnclosedTable(Eigen::Index rows, Eigen::Index cols)
        : rows_(rows), cols_(cols), values_{Enclosure(0)}, at_(static_cast<std::size_t>(rows * cols), 0) {}

    Eigen::Index rows() const { return rows_; }
    Eigen::Index cols() const { return cols_; }
    const Enclosure& operator()(Eigen::Index i, Eigen::Index j) const { return values_[at_[place(i, j)]]; }

    /// All entries are zero at first.
    void set(Eigen::Index i, Eigen::Index j, Enclosure value) {
        at_[place(i, j)] = static_cast<std::uint32_t>(values_.size());
        values_.push_back(std::move(value));
    }
    /// Entry (i, j) becomes the one that entry (row, col) is.
    void repeat(Eigen::Index i, Eigen::Index j, Eigen::Index row, Eigen::Index col) {
        at_[place(i, j)] = at_[place(row, col)];
    }
    Matrix<Enclosure> dense() const;

  private:
    std::size_t place(Eigen::Index i, Eigen::Index j) const {
        return static_cast<std::size_t>(j * rows_ + i);
    }
    Eigen::Index rows_, cols_;
    std::vector<Enclosure> values_;
    std::vector<std::uint32_t> at_;  // by column
};

template <typename Table>
struct BasicPoint {
    Table classifier;      ///< W, K x d
    Table features;        ///< H, d x (rows of the file's `features`)
    std::string negative;  ///< names the first feature below zero; empty: H >= 0
};
using TabledPoint = BasicPoint<EnclosedTable>;
using EnclosedPoint = BasicPoint<Matrix<Enclosure>>;

/// Evaluated at the precision of the innermost PrecisionScope. Signs are decided on the exact decimals, and
/// an exact zero stays one, so that everything sparse remains cheap.
TabledPoint tabled_point(const Certificate& certificate);

/// The same where every entry may be changed.
EnclosedPoint dense(const TabledPoint& point);
EnclosedPoint enclosed_point(const Certificate& certificate);

}  // namespace ncverify::certificates
