// The header of NumPy's .npy format, versions 1.0 to 3.0.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "files/byte_source.hpp"
#include "files/element_type.hpp"

namespace ncverify::files {

/// What a file says of its array.
struct ArrayHeader {
    ElementType type;
    std::vector<long long> shape;  ///< entries >= 0
    bool fortran_order = false;    ///< the first index runs fastest
};

/// The bytes that `header`'s array takes; nothing where that is beyond 2^62.
std::optional<std::uint64_t> data_bytes(const ArrayHeader& header);

/// "3000 x 512"; "a single number" where there is no dimension.
std::string shape_text(const std::vector<long long>& shape);

/// True where `source` starts as an .npy file does.
bool looks_like_npy(ByteSource& source);

/// Reads the header and lets `source` start at the data. Only plain numbers are accepted, bfloat16 and float8
/// among them: long double, complex numbers, objects (pickles), texts, dates and records are refused, as are
/// headers longer than 64 KiB and data of any other size than the shape asks for. Throws InputError naming
/// `where`.
/// @param eight_bits  what single bytes of an unnamed type are, as np.save writes ml_dtypes' float8_e4m3fn;
///                    they are refused where it is not said
ArrayHeader read_npy_header(ByteSource& source, const std::string& where,
                            std::optional<EightBitFloat> eight_bits = {});

}  // namespace ncverify::files
