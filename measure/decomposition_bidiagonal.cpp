// Compiled here once: Householder's reduction to a bidiagonal matrix.
#include "measure/decomposition_parts.hpp"

template Eigen::internal::UpperBidiagonalization<Eigen::MatrixXd>&
Eigen::internal::UpperBidiagonalization<Eigen::MatrixXd>::compute(const Eigen::MatrixXd&);
