// The elements of an array that is small enough to be read at once, one after the other.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "files/array_file.hpp"

namespace ncverify::measure {

/// Calls each(i, place) for every element of the array in the order of its bytes, a piece at a time.
template <typename Each>
void for_each_element(const files::StoredArray& array, long long count, Each each) {
    const std::size_t size = array.header.type.size;
    const long long most = (1LL << 20) / static_cast<long long>(size);
    std::vector<std::byte> piece(static_cast<std::size_t>(std::min(most, count)) * size);
    for (long long first = 0; first < count; first += most) {
        const long long part = std::min(most, count - first);
        array.bytes->read(static_cast<std::uint64_t>(first) * size, piece.data(),
                          static_cast<std::size_t>(part) * size);
        for (long long i = 0; i < part; ++i) {
            each(first + i, piece.data() + static_cast<std::size_t>(i) * size);
        }
    }
}

/// The same of a matrix: each(row, column, place).
template <typename Each>
void for_each_entry(const files::StoredArray& array, Each each) {
    const auto& shape = array.header.shape;
    const bool by_columns = array.header.fortran_order;
    const long long fast = by_columns ? shape[0] : shape[1];
    for_each_element(array, shape[0] * shape[1], [&](long long i, const std::byte* place) {
        by_columns ? each(i % fast, i / fast, place) : each(i / fast, i % fast, place);
    });
}

}  // namespace ncverify::measure
