// Eigen's BDCSVD in pieces: as one, its templates take a compiler half a minute and more than a gigabyte.
// Each of those declared here is compiled in a file of its own, from the same source by the same options.
#pragma once

#include <Eigen/SVD>

// Householder's reduction to a bidiagonal matrix, and that of a few columns.
extern template Eigen::internal::UpperBidiagonalization<Eigen::MatrixXd>&
Eigen::internal::UpperBidiagonalization<Eigen::MatrixXd>::compute(const Eigen::MatrixXd&);
extern template void Eigen::internal::upperbidiagonalization_inplace_unblocked(
    Eigen::Block<Eigen::MatrixXd, Eigen::Dynamic, Eigen::Dynamic>&, double*, double*, double*);

// One half after the other, and the two put together.
extern template void Eigen::BDCSVD<Eigen::MatrixXd>::divide(Eigen::Index, Eigen::Index, Eigen::Index,
                                                            Eigen::Index, Eigen::Index);

// Jacobi's method, by which small matrices and the leaves of the recursion are decomposed, and the QR
// decomposition that it begins with where a matrix is not square.
extern template Eigen::JacobiSVD<Eigen::MatrixXd>& Eigen::JacobiSVD<Eigen::MatrixXd>::compute(
    const Eigen::MatrixXd&, unsigned int);
extern template void Eigen::ColPivHouseholderQR<Eigen::MatrixXd>::computeInPlace();
