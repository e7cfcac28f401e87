// Compiled here once: Householder's QR decomposition with column pivoting.
#include "measure/decomposition_parts.hpp"

template void Eigen::ColPivHouseholderQR<Eigen::MatrixXd>::computeInPlace();
