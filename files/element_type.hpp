// The number types that arrays are stored in, and their values as doubles or whole numbers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace ncverify::files {

enum class ElementKind { floating, brain_floating, signed_integer, unsigned_integer, boolean };

/// How one number is stored: IEEE 754 binary16/32/64, bfloat16, two's complement, unsigned or 0/1.
struct ElementType {
    ElementKind kind = ElementKind::floating;
    std::size_t size =
        8;  ///< bytes: 2, 4, 8 (floating); 2 (brain_floating); 1, 2, 4, 8 (integers); 1 (boolean)
    bool big_endian = false;

    bool is_floating() const { return kind == ElementKind::floating || kind == ElementKind::brain_floating; }
    /// "float32", "int64, big-endian", ...
    std::string name() const;
};

/// Where the elements of a rows x columns block stand: element (i, j) at byte i * row_stride + j *
/// column_stride.
struct Strides {
    std::size_t row;
    std::size_t column;
};

/// Writes rows x columns floating-point elements as doubles (exactly), row by row, to `values`.
/// @param type  a floating type
void to_doubles(const ElementType& type, const std::byte* block, Strides strides, std::size_t rows,
                std::size_t columns, double* values);

/// The element at `place`, which need not be aligned, as a whole number; nothing where it is none, or does
/// not fit in 64 bits with a sign.
std::optional<long long> to_whole_number(const ElementType& type, const std::byte* place);

}  // namespace ncverify::files
