// Rows made shorter without changing their lengths by much: the norm of a large matrix at the price of a
// small one.
#pragma once

#include <vector>

#include "files/row_reader.hpp"

namespace ncverify::measure {

/// A linear map of rows from d numbers to fewer. Where K x d numbers are few it is the identity; else each
/// column is added, with a random sign, to one of 128 (Charikar, Chen and Farach-Colton's count sketch),
/// which keeps the expected squared norm of any matrix, and the norm itself up to some 6 % (one standard
/// deviation). The signs depend on d alone.
class ColumnSketch {
  public:
    /// @param columns  d
    /// @param rows     of the matrix whose norm is asked for in the end, K
    ColumnSketch(Eigen::Index columns, Eigen::Index rows);

    files::RowMatrix operator()(const files::RowMatrix& rows) const;
    /// Of `count` rows of floats or doubles: writes the shorter ones `stride` >= `width` numbers apart, zeros
    /// between them.
    template <typename Number>
    void operator()(const Number* rows, Eigen::Index count, double* shorter, Eigen::Index stride) const;
    bool exact() const { return places_.empty(); }
    Eigen::Index width() const { return width_; }

  private:
    Eigen::Index columns_, width_;
    std::vector<Eigen::Index> places_;  ///< of each column; none where nothing is shortened
    std::vector<double> signs_;
};

}  // namespace ncverify::measure
