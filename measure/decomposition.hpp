// The singular value decomposition of a matrix of doubles: Eigen's, kept out of every other file.
#pragma once

#include <Eigen/Core>

namespace ncverify::measure {

/// A = sum_i s_i u_i v_i^T, without the v_i.
struct Decomposition {
    Eigen::VectorXd values;        ///< s_i, all min(rows, columns), descending
    Eigen::MatrixXd left_vectors;  ///< u_i in column i
};

/// By Eigen's divide and conquer (BDCSVD), of R where A = Q R is much higher than wide.
Decomposition decompose(const Eigen::MatrixXd& matrix);

}  // namespace ncverify::measure
