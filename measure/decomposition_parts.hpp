// Eigen's BDCSVD in pieces: as one, its templates take a compiler half a minute and more than a gigabyte.
// Each of those declared here is compiled in a file of its own, from the same source by the same options.
#pragma once

#include <Eigen/SVD>

// What small matrices, and the leaves of the recursion, are decomposed by.
extern template Eigen::JacobiSVD<Eigen::MatrixXd>& Eigen::JacobiSVD<Eigen::MatrixXd>::compute(
    const Eigen::MatrixXd&, unsigned int);

// The first step of all others.
extern template Eigen::internal::UpperBidiagonalization<Eigen::MatrixXd>&
Eigen::internal::UpperBidiagonalization<Eigen::MatrixXd>::compute(const Eigen::MatrixXd&);

// What Jacobi's method begins with where a matrix is not square.
extern template void Eigen::ColPivHouseholderQR<Eigen::MatrixXd>::computeInPlace();
