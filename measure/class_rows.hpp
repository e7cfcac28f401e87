// The rows of a chunk, class by class.
#pragma once

#include <cstdint>
#include <vector>

#include "files/row_reader.hpp"

namespace ncverify::measure {

/// The samples of one class in a chunk, as numbers of the chunk's rows, in order.
struct ClassRows {
    std::int32_t label;
    std::vector<Eigen::Index> rows;
};

/// Groups the rows of `chunk` by class, classes in ascending order; rows with a negative label, which are
/// ignored ones, are left out.
/// @param labels  of all rows
std::vector<ClassRows> rows_by_class(const files::RawRows& chunk, const std::vector<std::int32_t>& labels);

}  // namespace ncverify::measure
