#include "measure/columns.hpp"

#include <algorithm>

namespace ncverify::measure {

namespace {

constexpr Eigen::Index most_rows = 128;  // of a block: as many as stay in a core's second cache

}  // namespace

Columns::Columns(Eigen::Index depth, Eigen::Index columns)
    : depth_(depth), count_(kernel::padded(columns, kernel::panel_columns)), numbers_(depth * count_) {
    std::fill_n(numbers_.data(), depth * count_, 0.0);
}

void Columns::set(Eigen::Index column, const double* numbers) {
    const Eigen::Index panel = column / kernel::panel_columns;
    double* place = numbers_.data() + panel * depth_ * kernel::panel_columns + column % kernel::panel_columns;
    for (Eigen::Index i = 0; i < depth_; ++i) {
        place[i * kernel::panel_columns] = numbers[i];
    }
}

namespace {

// A^T B; where B is A, what lies below the diagonal's blocks is what lies above them.
Matrix<double> products_of(const Matrix<double>& a, const Matrix<double>& b, bool same) {
    const kernel::Engine& engine = kernel::engine();
    const Eigen::Index depth = a.rows();
    Columns columns(depth, b.cols());
    for (Eigen::Index j = 0; j < b.cols(); ++j) {
        columns.set(j, b.col(j).data());
    }
    const Vector<double> origin = Vector<double>::Zero(depth);
    const std::vector<const double*> origins(static_cast<std::size_t>(most_rows), origin.data());
    kernel::Numbers packed(most_rows * depth), lengths(most_rows), products(most_rows * columns.count());
    Matrix<double> result(a.cols(), b.cols());
    for (Eigen::Index first = 0; first < a.cols(); first += most_rows) {
        const Eigen::Index rows = std::min(most_rows, a.cols() - first);
        engine.deviations_double(a.col(first).data(), origins.data(), rows, depth, packed.data(),
                                 lengths.data());
        const Eigen::Index from = same ? first / kernel::panel_columns * kernel::panel_columns : 0;
        const Eigen::Index count = columns.count() - from;
        engine.multiply(packed.data(), rows, depth, columns.data() + from * depth, count, products.data());
        for (Eigen::Index j = from; j < b.cols(); ++j) {
            for (Eigen::Index i = 0; i < rows; ++i) {
                result(first + i, j) = products.data()[i * count + j - from];
            }
        }
        if (same) {
            result.block(first, 0, rows, first) = result.block(0, first, first, rows).transpose();
        }
    }
    return result;
}

}  // namespace

Matrix<double> inner_products(const Matrix<double>& a, const Matrix<double>& b) {
    return products_of(a, b, false);
}

Matrix<double> gram_matrix(const Matrix<double>& a) {
    return products_of(a, a, true);
}

}  // namespace ncverify::measure
