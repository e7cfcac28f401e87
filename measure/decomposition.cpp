#include "measure/decomposition.hpp"

#include <Eigen/QR>

#include "measure/decomposition_parts.hpp"

namespace ncverify::measure {

namespace {

Decomposition by_divide_and_conquer(const Eigen::MatrixXd& matrix) {
    const Eigen::BDCSVD<Eigen::MatrixXd> decomposition(matrix, Eigen::ComputeThinU);
    return {decomposition.singularValues(), decomposition.matrixU()};
}

}  // namespace

Decomposition decompose(const Eigen::MatrixXd& matrix) {
    // From 5/3 times as many rows as columns on, A = Q R and the decomposition of R are less work (T. F.
    // Chan, An improved algorithm for computing the singular value decomposition, 1982).
    const Eigen::Index rows = matrix.rows(), columns = matrix.cols();
    if (columns == 0 || 3 * rows < 5 * columns) {
        return by_divide_and_conquer(matrix);
    }
    const Eigen::HouseholderQR<Eigen::MatrixXd> factors(matrix);
    Decomposition result =
        by_divide_and_conquer(factors.matrixQR().topRows(columns).triangularView<Eigen::Upper>());
    Eigen::MatrixXd vectors = Eigen::MatrixXd::Zero(rows, columns);
    vectors.topRows(columns) = result.left_vectors;
    vectors.applyOnTheLeft(factors.householderQ());
    result.left_vectors = std::move(vectors);
    return result;
}

}  // namespace ncverify::measure
