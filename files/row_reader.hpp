// The rows of a matrix on disk, chunk by chunk, in bounded memory.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "files/array_file.hpp"

namespace ncverify::files {

/// A matrix whose rows are contiguous, as samples are.
using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Some rows as they stand in the file. Cheap to copy; `values` may be called on any thread.
struct RawRows {
    Eigen::Index first = 0;  ///< number of the first row
    Eigen::Index count = 0;
    Eigen::Index columns = 0;
    ElementType type;
    std::shared_ptr<const std::byte[]> bytes;
    std::size_t offset = 0;
    Strides strides{};

    RowMatrix values() const;  ///< count x columns, exact
    /// The numbers themselves, row by row, where they stand so in this machine's float; else null.
    const float* singles() const;
};

/// Reads a two-dimensional array of floating-point numbers in chunks of rows. Their size depends on the
/// number of columns only, so that sums over them do not depend on threads or on how the file is laid out.
class RowReader {
  public:
    RowReader() = default;  ///< no rows
    /// @param array  two-dimensional, not empty. In Fortran order inside an archive it is unpacked into a
    ///               temporary file first.
    explicit RowReader(StoredArray array);

    /// The next chunk, nothing after the last. Throws InputError where the file is damaged.
    std::optional<RawRows> next();
    void rewind() { next_row_ = 0; }

    Eigen::Index rows() const { return rows_; }
    Eigen::Index columns() const { return columns_; }
    Eigen::Index chunk_rows() const { return std::min(chunk_rows_, rows_); }  ///< of the largest chunk
    const StoredArray& array() const { return array_; }

  private:
    void fill_block();
    std::shared_ptr<std::byte[]> memory(std::size_t bytes);

    StoredArray array_;
    Eigen::Index rows_ = 0, columns_ = 0, chunk_rows_ = 0;
    Eigen::Index next_row_ = 0;
    // Fortran order: the rows in memory, more than one chunk, since each costs one read per column.
    Eigen::Index block_rows_ = 0, block_first_ = 0, block_count_ = 0;
    std::shared_ptr<std::byte[]> block_;
    std::vector<std::shared_ptr<std::byte[]>>
        used_;  // of chunks, to be used again: new pages cost more than reading
};

}  // namespace ncverify::files
