// Compiled here once: Jacobi's method.
#include "measure/decomposition_parts.hpp"

template Eigen::JacobiSVD<Eigen::MatrixXd>& Eigen::JacobiSVD<Eigen::MatrixXd>::compute(const Eigen::MatrixXd&,
                                                                                       unsigned int);
