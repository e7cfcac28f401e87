#include "measure/decomposition.hpp"

#include "measure/decomposition_parts.hpp"

namespace ncverify::measure {

Decomposition decompose(const Eigen::MatrixXd& matrix) {
    const Eigen::BDCSVD<Eigen::MatrixXd> decomposition(matrix, Eigen::ComputeThinU);
    return {decomposition.singularValues(), decomposition.matrixU()};
}

}  // namespace ncverify::measure
