#include "files/row_reader.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace ncverify::files {

namespace {

constexpr Eigen::Index chunk_numbers = Eigen::Index{1} << 18;  // 2 MiB as doubles: stays in a core's cache
// So many rows, in up to twice the memory: what each chunk is multiplied by is fetched for each anew.
constexpr Eigen::Index wanted_rows = 256;
constexpr Eigen::Index largest_chunk_rows = 4096;
constexpr Eigen::Index block_bytes = Eigen::Index{64} << 20;

}  // namespace

RowMatrix RawRows::values() const {
    RowMatrix matrix(count, columns);
    to_doubles(type, bytes.get() + offset, strides, static_cast<std::size_t>(count),
               static_cast<std::size_t>(columns), matrix.data());
    return matrix;
}

const float* RawRows::singles() const {
    const std::byte* place = bytes.get() + offset;
    const bool plain = type.kind == ElementKind::floating && type.size == sizeof(float) && !type.big_endian &&
                       strides.column == sizeof(float) &&
                       strides.row == sizeof(float) * static_cast<std::size_t>(columns) &&
                       reinterpret_cast<std::uintptr_t>(place) % alignof(float) == 0;
    return plain ? reinterpret_cast<const float*>(place) : nullptr;
}

RowReader::RowReader(StoredArray array)
    : array_(std::move(array)), rows_(array_.header.shape[0]), columns_(array_.header.shape[1]) {
    chunk_rows_ = std::clamp<Eigen::Index>(
        std::max(chunk_numbers / columns_, std::min(wanted_rows, 2 * chunk_numbers / columns_)), 1,
        largest_chunk_rows);
    const auto row_bytes = columns_ * static_cast<Eigen::Index>(array_.header.type.size);
    block_rows_ = std::max<Eigen::Index>(1, block_bytes / row_bytes / chunk_rows_) * chunk_rows_;
    if (array_.header.fortran_order && !array_.bytes->random_access()) {
        array_.bytes = spooled(*array_.bytes, array_.where);
    }
}

// A new block each time: chunks of the former one may still be at work.
void RowReader::fill_block() {
    const std::size_t size = array_.header.type.size;
    block_first_ = next_row_;
    block_count_ = std::min(block_rows_, rows_ - block_first_);
    const auto part = static_cast<std::size_t>(block_count_) * size;
    block_ = std::make_shared_for_overwrite<std::byte[]>(part * static_cast<std::size_t>(columns_));
    for (Eigen::Index j = 0; j < columns_; ++j) {
        array_.bytes->read(static_cast<std::uint64_t>(j * rows_ + block_first_) * size,
                           block_.get() + static_cast<std::size_t>(j) * part, part);
    }
}

// That of a chunk which nobody holds any more, or new.
std::shared_ptr<std::byte[]> RowReader::memory(std::size_t bytes) {
    for (const auto& place : used_) {
        if (place.use_count() == 1) {
            std::atomic_thread_fence(std::memory_order_acquire);  // after what its last reader did
            return place;
        }
    }
    return used_.emplace_back(std::make_shared_for_overwrite<std::byte[]>(bytes));
}

std::optional<RawRows> RowReader::next() {
    if (next_row_ >= rows_) {
        block_.reset();
        block_count_ = 0;
        used_.clear();
        return std::nullopt;
    }
    const std::size_t size = array_.header.type.size;
    RawRows rows;
    rows.first = next_row_;
    rows.count = std::min(chunk_rows_, rows_ - next_row_);
    rows.columns = columns_;
    rows.type = array_.header.type;
    if (array_.header.fortran_order) {
        if (next_row_ < block_first_ || next_row_ >= block_first_ + block_count_) {
            fill_block();
        }
        rows.bytes = block_;
        rows.offset = static_cast<std::size_t>(next_row_ - block_first_) * size;
        rows.strides = {size, static_cast<std::size_t>(block_count_) * size};
    } else {
        const std::size_t row_bytes = static_cast<std::size_t>(columns_) * size;
        const std::size_t bytes = static_cast<std::size_t>(rows.count) * row_bytes;
        const auto place = memory(static_cast<std::size_t>(chunk_rows()) * row_bytes);
        array_.bytes->read(static_cast<std::uint64_t>(next_row_) * row_bytes, place.get(), bytes);
        rows.bytes = place;
        rows.strides = {row_bytes, size};
    }
    next_row_ += rows.count;
    return rows;
}

}  // namespace ncverify::files
