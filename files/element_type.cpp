#include "files/element_type.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>

#include "problem/errors.hpp"

namespace ncverify::files {

namespace {

static_assert(std::endian::native == std::endian::little, "bytes are swapped for big-endian files");

template <typename Bits>
Bits load(const std::byte* place, bool big_endian) {
    Bits bits;
    std::memcpy(&bits, place, sizeof bits);
    if (big_endian) {
        if constexpr (sizeof bits == 2) {
            bits = __builtin_bswap16(bits);
        } else if constexpr (sizeof bits == 4) {
            bits = __builtin_bswap32(bits);
        } else if constexpr (sizeof bits == 8) {
            bits = __builtin_bswap64(bits);
        }
    }
    return bits;
}

// Sign, `exponent_bits` and `fraction_bits`, as IEEE 754 has it.
double small_value(unsigned bits, int exponent_bits, int fraction_bits) {
    const unsigned size = 1U << fraction_bits;
    const int largest = (1 << exponent_bits) - 1, bias = largest / 2;
    const int exponent = static_cast<int>(bits >> fraction_bits) & largest;
    const double fraction = static_cast<double>(bits & (size - 1)) / size;
    double magnitude = 0;
    if (exponent == largest) {
        magnitude = fraction == 0 ? std::numeric_limits<double>::infinity()
                                  : std::numeric_limits<double>::quiet_NaN();
    } else if (exponent == 0) {
        magnitude = std::ldexp(fraction, 1 - bias);
    } else {
        magnitude = std::ldexp(1 + fraction, exponent - bias);
    }
    return (bits >> (exponent_bits + fraction_bits) & 1) != 0 ? -magnitude : magnitude;
}

double half_value(unsigned bits) {
    return small_value(bits, 5, 10);
}

// A look-up is faster than taking every number apart, and there are only 65536.
const std::array<double, 65536>& half_values() {
    static const auto table = [] {
        auto values = std::make_unique<std::array<double, 65536>>();
        for (unsigned bits = 0; bits < 65536; ++bits) {
            (*values)[bits] = half_value(bits);
        }
        return values;
    }();
    return *table;
}

struct Half {
    using Bits = std::uint16_t;
    const std::array<double, 65536>& values = half_values();
    double operator()(Bits bits) const { return values[bits]; }
};

double e5m2_value(unsigned bits) {
    return small_value(bits, 5, 2);
}

// As IEEE 754 has it but for the last exponent, which is one like any other: only all ones are no number.
double e4m3fn_value(unsigned bits) {
    if ((bits & 0x78) != 0x78) {
        return small_value(bits, 4, 3);
    }
    const double magnitude =
        (bits & 7) == 7 ? std::numeric_limits<double>::quiet_NaN() : 256 * (1 + (bits & 7) / 8.0);
    return (bits & 0x80) != 0 ? -magnitude : magnitude;
}

struct EightBits {
    using Bits = std::uint8_t;
    std::array<double, 256> values{};
    explicit EightBits(double (*value)(unsigned)) {
        for (unsigned bits = 0; bits < 256; ++bits) {
            values[bits] = value(bits);
        }
    }
    double operator()(Bits bits) const { return values[bits]; }
};
struct EightBitsE5 : EightBits {
    EightBitsE5() : EightBits(e5m2_value) {}
};
struct EightBitsE4 : EightBits {
    EightBitsE4() : EightBits(e4m3fn_value) {}
};

struct Brain {
    using Bits = std::uint16_t;
    double operator()(Bits bits) const {
        return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16));
    }
};
struct Single {
    using Bits = std::uint32_t;
    double operator()(Bits bits) const { return static_cast<double>(std::bit_cast<float>(bits)); }
};
struct Double {
    using Bits = std::uint64_t;
    double operator()(Bits bits) const { return std::bit_cast<double>(bits); }
};

template <typename Format>
void convert(bool big_endian, const std::byte* block, Strides strides, std::size_t rows, std::size_t columns,
             double* values) {
    using Bits = typename Format::Bits;
    const Format value;
    if (strides.row < strides.column) {  // columns are contiguous: follow them
        for (std::size_t j = 0; j < columns; ++j) {
            for (std::size_t i = 0; i < rows; ++i) {
                values[i * columns + j] =
                    value(load<Bits>(block + i * strides.row + j * strides.column, big_endian));
            }
        }
        return;
    }
    for (std::size_t i = 0; i < rows; ++i) {
        const std::byte* row = block + i * strides.row;
        for (std::size_t j = 0; j < columns; ++j) {
            values[i * columns + j] = value(load<Bits>(row + j * sizeof(Bits), big_endian));
        }
    }
}

template <typename Number>
std::optional<long long> whole(Number number) {
    if constexpr (std::is_floating_point_v<Number>) {
        constexpr double beyond = 9223372036854775808.0;  // 2^63
        if (!(number >= -beyond && number < beyond) || std::trunc(number) != number) {
            return std::nullopt;
        }
    } else if constexpr (std::is_same_v<Number, std::uint64_t>) {
        if (number > static_cast<std::uint64_t>(std::numeric_limits<long long>::max())) {
            return std::nullopt;
        }
    }
    return static_cast<long long>(number);
}

std::optional<long long> whole_of_size(const ElementType& type, const std::byte* place) {
    const bool is_signed = type.kind == ElementKind::signed_integer;
    switch (type.size) {
        case 1: {
            const auto bits = load<std::uint8_t>(place, false);
            return is_signed ? whole(static_cast<std::int8_t>(bits)) : whole(bits);
        }
        case 2: {
            const auto bits = load<std::uint16_t>(place, type.big_endian);
            return is_signed ? whole(static_cast<std::int16_t>(bits)) : whole(bits);
        }
        case 4: {
            const auto bits = load<std::uint32_t>(place, type.big_endian);
            return is_signed ? whole(static_cast<std::int32_t>(bits)) : whole(bits);
        }
        default: {
            const auto bits = load<std::uint64_t>(place, type.big_endian);
            return is_signed ? whole(static_cast<std::int64_t>(bits)) : whole(bits);
        }
    }
}

}  // namespace

std::string ElementType::name() const {
    std::string text;
    switch (kind) {
        case ElementKind::floating:
            text = "float" + std::to_string(8 * size);
            break;
        case ElementKind::brain_floating:
            text = "bfloat16";
            break;
        case ElementKind::eight_bit_e4m3fn:
            text = "float8_e4m3fn";
            break;
        case ElementKind::eight_bit_e5m2:
            text = "float8_e5m2";
            break;
        case ElementKind::signed_integer:
            text = "int" + std::to_string(8 * size);
            break;
        case ElementKind::unsigned_integer:
            text = "uint" + std::to_string(8 * size);
            break;
        case ElementKind::boolean:
            text = "bool";
            break;
    }
    return big_endian && size > 1 ? text + ", big-endian" : text;
}

double ElementType::rounding() const {
    switch (kind) {
        case ElementKind::floating:
            return size == 2 ? 0x1p-11 : size == 4 ? 0x1p-24 : 0x1p-53;
        case ElementKind::brain_floating:
            return 0x1p-8;
        case ElementKind::eight_bit_e4m3fn:
            return 0x1p-4;
        case ElementKind::eight_bit_e5m2:
            return 0x1p-3;
        default:
            return 0;
    }
}

ElementType element_type(EightBitFloat format) {
    return {
        .kind = format == EightBitFloat::e4m3fn ? ElementKind::eight_bit_e4m3fn : ElementKind::eight_bit_e5m2,
        .size = 1};
}

std::optional<EightBitFloat> eight_bit_float(const std::string& name, const std::string& where) {
    if (name != "" && name != "e4m3fn" && name != "e5m2") {
        throw InputError("'" + printable(name) + "' is no eight-bit floating-point type", where,
                         "e4m3fn or e5m2");
    }
    return name.empty() ? std::nullopt
                        : std::optional(name == "e5m2" ? EightBitFloat::e5m2 : EightBitFloat::e4m3fn);
}

void to_doubles(const ElementType& type, const std::byte* block, Strides strides, std::size_t rows,
                std::size_t columns, double* values) {
    if (type.kind == ElementKind::brain_floating) {
        convert<Brain>(type.big_endian, block, strides, rows, columns, values);
    } else if (type.kind == ElementKind::eight_bit_e4m3fn) {
        convert<EightBitsE4>(type.big_endian, block, strides, rows, columns, values);
    } else if (type.kind == ElementKind::eight_bit_e5m2) {
        convert<EightBitsE5>(type.big_endian, block, strides, rows, columns, values);
    } else if (type.size == 2) {
        convert<Half>(type.big_endian, block, strides, rows, columns, values);
    } else if (type.size == 4) {
        convert<Single>(type.big_endian, block, strides, rows, columns, values);
    } else {
        convert<Double>(type.big_endian, block, strides, rows, columns, values);
    }
}

std::optional<long long> to_whole_number(const ElementType& type, const std::byte* place) {
    if (type.is_floating()) {
        double value = 0;
        to_doubles(type, place, {type.size, type.size}, 1, 1, &value);
        return whole(value);
    }
    const auto value = whole_of_size(type, place);
    return type.kind == ElementKind::boolean && value && *value > 1 ? std::nullopt : value;
}

}  // namespace ncverify::files
