#include "measure/column_sketch.hpp"

#include <algorithm>

#include "problem/random.hpp"

namespace ncverify::measure {

namespace {

constexpr Eigen::Index most_numbers = Eigen::Index{1} << 17;  // a megabyte for each chunk in work
constexpr Eigen::Index shortened = 128;

}  // namespace

ColumnSketch::ColumnSketch(Eigen::Index columns, Eigen::Index rows) : columns_(columns), width_(columns) {
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

template <typename Number>
void ColumnSketch::operator()(const Number* rows, Eigen::Index count, double* shorter,
                              Eigen::Index stride) const {
    for (Eigen::Index i = 0; i < count; ++i, rows += columns_, shorter += stride) {
        std::fill_n(shorter, stride, 0.0);
        if (exact()) {
            std::copy_n(rows, width_, shorter);
        }
        for (std::size_t j = 0; j < places_.size(); ++j) {
            shorter[places_[j]] += signs_[j] * static_cast<double>(rows[j]);
        }
    }
}

template void ColumnSketch::operator()(const float*, Eigen::Index, double*, Eigen::Index) const;
template void ColumnSketch::operator()(const double*, Eigen::Index, double*, Eigen::Index) const;

files::RowMatrix ColumnSketch::operator()(const files::RowMatrix& rows) const {
    files::RowMatrix shorter(rows.rows(), width_);
    (*this)(rows.data(), rows.rows(), shorter.data(), width_);
    return shorter;
}

}  // namespace ncverify::measure
