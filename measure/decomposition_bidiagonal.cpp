// Compiled here once: the reduction to a bidiagonal matrix.
#include "measure/decomposition_parts.hpp"

template Eigen::internal::UpperBidiagonalization<Eigen::MatrixXd>&
Eigen::internal::UpperBidiagonalization<Eigen::MatrixXd>::compute(const Eigen::MatrixXd&);
