#include "measure/between_classes.hpp"

#include <limits>

#include "measure/decomposition.hpp"

namespace ncverify::measure {

namespace {

// C, each coordinate's mean taken in extended precision, so that C is as good as the means are.
Matrix<double> centred(const Matrix<double>& means, const std::vector<long long>& counts) {
    long double samples = 0;
    for (const long long count : counts) {
        samples += static_cast<long double>(count);
    }
    Vector<long double> global = Vector<long double>::Zero(means.rows());
    for (Eigen::Index k = 0; k < means.cols(); ++k) {
        const long double share = static_cast<long double>(counts[static_cast<std::size_t>(k)]) / samples;
        global += share * means.col(k).cast<long double>();
    }
    Matrix<double> result(means.rows(), means.cols());
    for (Eigen::Index k = 0; k < means.cols(); ++k) {
        result.col(k) = (means.col(k).cast<long double>() - global).cast<double>();
    }
    return result;
}

}  // namespace

BetweenClasses between_classes(const Matrix<double>& means, const std::vector<long long>& counts) {
    const Matrix<double> c = centred(means, counts);
    const Eigen::Index classes = means.cols();
    BetweenClasses result;
    result.trace = c.squaredNorm() / static_cast<double>(classes);
    result.rank_threshold = static_cast<double>(std::max(means.rows(), classes)) *
                            std::numeric_limits<double>::epsilon() * means.norm();
    const auto [values, directions] = decompose(c);
    result.singular_values.assign(values.data(), values.data() + values.size());
    Eigen::Index rank = 0;
    while (rank < std::min(values.size(), classes - 1) && values[rank] > result.rank_threshold) {
        ++rank;
    }
    result.scaled_directions = directions.leftCols(rank);
    for (Eigen::Index i = 0; i < rank; ++i) {
        result.scaled_directions.col(i) /= values[i];
    }
    return result;
}

}  // namespace ncverify::measure
