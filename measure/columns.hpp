// Products of matrices by the kernel: columns laid out for it, and inner products of columns.
#pragma once

#include "measure/kernel/engine.hpp"
#include "measure/kernel/numbers.hpp"
#include "problem/objective.hpp"

namespace ncverify::measure {

/// Columns of d numbers each as `kernel::Engine::multiply` takes them, zero until set.
class Columns {
  public:
    Columns(Eigen::Index depth, Eigen::Index columns);

    void set(Eigen::Index column, const double* numbers);
    const double* data() const { return numbers_.data(); }
    Eigen::Index depth() const { return depth_; }
    Eigen::Index count() const { return count_; }  ///< a multiple of kernel::panel_columns

  private:
    Eigen::Index depth_, count_;
    kernel::Numbers numbers_;
};

/// A^T B, each entry one chain of fused multiply-adds from the first coordinate to the last: the same bits on
/// every processor.
/// @param a  d x m
/// @param b  d x n
Matrix<double> inner_products(const Matrix<double>& a, const Matrix<double>& b);

/// A^T A, the same bits for half the work.
Matrix<double> gram_matrix(const Matrix<double>& a);

}  // namespace ncverify::measure
