// Compiled here once: Jacobi's method, with the QR decompositions that come before it.
#include "measure/decomposition_parts.hpp"

template Eigen::JacobiSVD<Eigen::MatrixXd>& Eigen::JacobiSVD<Eigen::MatrixXd>::compute(const Eigen::MatrixXd&,
                                                                                       unsigned int);
