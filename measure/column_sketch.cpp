#include "measure/column_sketch.hpp"

#include "problem/random.hpp"

namespace ncverify::measure {

namespace {

constexpr Eigen::Index most_numbers = Eigen::Index{1} << 17;  // a megabyte for each chunk in work
constexpr Eigen::Index shortened = 128;

}  // namespace

ColumnSketch::ColumnSketch(Eigen::Index columns, Eigen::Index rows) : width_(columns) {
    if (columns <= shortened || columns * rows <= most_numbers) {
        return;
    }
    width_ = shortened;
    Random random(static_cast<std::uint64_t>(columns));
    for (Eigen::Index j = 0; j < columns; ++j) {
        const std::uint64_t bits = random.next();
        places_.push_back(static_cast<Eigen::Index>(bits % static_cast<std::uint64_t>(shortened)));
        signs_.push_back(bits >> 63 != 0 ? 1 : -1);
    }
}

files::RowMatrix ColumnSketch::operator()(const files::RowMatrix& rows) const {
    if (exact()) {
        return rows;
    }
    files::RowMatrix short_rows = files::RowMatrix::Zero(rows.rows(), width_);
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
        const double* from = rows.row(i).data();
        double* to = short_rows.row(i).data();
        for (std::size_t j = 0; j < places_.size(); ++j) {
            to[places_[j]] += signs_[j] * from[j];
        }
    }
    return short_rows;
}

}  // namespace ncverify::measure
