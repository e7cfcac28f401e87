#include "fuzz/arrays.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include "files/row_reader.hpp"
#include "fuzz/promises.hpp"

namespace ncverify::fuzz {

namespace {

// What unpacks to more is slow to read, and no harder.
constexpr std::uint64_t most_bytes = std::uint64_t{1} << 20;

/// All rows in order, as doubles.
std::vector<double> rows_of(files::RowReader& reader) {
    std::vector<double> values;
    reader.rewind();
    while (const auto chunk = reader.next()) {
        const files::RowMatrix matrix = chunk->values();
        values.insert(values.end(), matrix.data(), matrix.data() + matrix.size());
    }
    return values;
}

bool same(const std::vector<double>& a, const std::vector<double>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

/// The elements of a matrix where they stand in `data`.
std::vector<double> elements(const files::ArrayHeader& header, const std::vector<std::byte>& data) {
    const auto rows = static_cast<std::size_t>(header.shape[0]);
    const auto columns = static_cast<std::size_t>(header.shape[1]);
    const std::size_t size = header.type.size;
    const files::Strides strides =
        header.fortran_order ? files::Strides{size, rows * size} : files::Strides{columns * size, size};
    std::vector<double> values(rows * columns);
    files::to_doubles(header.type, data.data(), strides, rows, columns, values.data());
    return values;
}

}  // namespace

void InputBytes::read_raw(std::uint64_t offset, std::byte* to, std::size_t size) {
    if (offset > bytes_.size() || size > bytes_.size() - offset) {
        throw InputError("ends at byte " + std::to_string(bytes_.size()), "array", "a complete file");
    }
    std::copy_n(reinterpret_cast<const std::byte*>(bytes_.data()) + offset, size, to);
}

bool same(const files::ArrayHeader& a, const files::ArrayHeader& b) {
    return a.type.kind == b.type.kind && a.type.size == b.type.size &&
           a.type.big_endian == b.type.big_endian && a.shape == b.shape && a.fortran_order == b.fortran_order;
}

void require_readable(const files::StoredArray& array) {
    const files::ArrayHeader& header = array.header;
    require(
        std::all_of(header.shape.begin(), header.shape.end(), [](long long extent) { return extent >= 0; }),
        "extents are not negative");
    const auto bytes = files::data_bytes(header);
    require(bytes && *bytes <= array.bytes->size(), "an array has as many bytes as its shape asks for");
    if (*bytes > most_bytes) {
        return;
    }
    std::vector<std::byte> data(static_cast<std::size_t>(*bytes));
    const auto read = [&] {
        array.bytes->read(0, data.data(), data.size());
        return true;
    };
    const bool whole = accepted(read).has_value();
    const std::vector<std::byte> first = data;
    require(accepted(read).has_value() == whole && (!whole || data == first), "bytes read alike again");
    if (whole) {
        for (std::size_t place = 0; place < data.size(); place += header.type.size) {
            files::to_whole_number(header.type, data.data() + place);
        }
    }
    if (!header.type.is_floating() || header.shape.size() != 2 || *bytes == 0) {
        return;
    }
    const auto rows = accepted([&] {
        files::RowReader reader(array);
        const std::vector<double> values = rows_of(reader);
        require(same(values, rows_of(reader)), "rows read alike again");
        return values;
    });
    require(rows.has_value() == whole, "rows are refused where their bytes are");
    require(!whole || same(*rows, elements(header, data)), "rows hold the elements that stand there");
}

}  // namespace ncverify::fuzz
