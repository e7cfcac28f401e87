// Compiled here once: QR decomposition with column pivoting, and the reduction of a few columns.
#include "measure/decomposition_parts.hpp"

template void Eigen::ColPivHouseholderQR<Eigen::MatrixXd>::computeInPlace();
template void Eigen::internal::upperbidiagonalization_inplace_unblocked(
    Eigen::Block<Eigen::MatrixXd, Eigen::Dynamic, Eigen::Dynamic>&, double*, double*, double*);
