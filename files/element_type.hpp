// The number types that arrays are stored in, and their values as doubles or whole numbers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace ncverify::files {

enum class ElementKind {
    floating,
    brain_floating,
    eight_bit_e4m3fn,
    eight_bit_e5m2,
    signed_integer,
    unsigned_integer,
    boolean
};

/// The two eight-bit floating-point types in use (Micikevicius et al. 2022): four bits of exponent, no
/// infinities, or five, with them.
enum class EightBitFloat { e4m3fn, e5m2 };

/// How one number is stored: IEEE 754 binary16/32/64, bfloat16, float8, two's complement, unsigned or 0/1.
struct ElementType {
    ElementKind kind = ElementKind::floating;
    std::size_t size =
        8;  ///< bytes: 2, 4, 8 (floating); 2 (brain_floating); 1, 2, 4, 8 (integers); 1 (the others)
    bool big_endian = false;

    bool is_floating() const { return kind <= ElementKind::eight_bit_e5m2; }
    /// 2^-p with p the bits of the significand: what rounding to this type can cost, relatively; 0 for whole
    /// numbers.
    double rounding() const;
    /// "float32", "int64, big-endian", ...
    std::string name() const;
};

/// Their type.
ElementType element_type(EightBitFloat format);
/// "e4m3fn" or "e5m2"; nothing for "". Throws InputError naming `where`.
std::optional<EightBitFloat> eight_bit_float(const std::string& name, const std::string& where);

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
