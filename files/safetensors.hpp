// The header of the safetensors format.
#pragma once

#include <map>
#include <optional>

#include "files/npy_header.hpp"

namespace ncverify::files {

/// One tensor of a file: where its bytes stand after the header, and what they are.
struct Tensor {
    std::string type_name;  ///< "F32", as the file says
    /// Its type and shape (little-endian, last index fastest); nothing where the type is one that is not
    /// read.
    std::optional<ArrayHeader> header;
    std::vector<long long> shape;
    std::uint64_t begin = 0, end = 0;
};

struct SafetensorsHeader {
    std::map<std::string, Tensor> tensors;
    std::uint64_t data_start = 0;  ///< byte of the file that offset 0 means
};

/// True where `source` starts as a safetensors file does: a length, and a brace.
bool looks_like_safetensors(ByteSource& source);

/// Reads and checks the header: at most 16 MiB, every tensor's bytes as many as its shape asks for, the
/// tensors side by side without overlap or hole to the end of the file. Throws InputError naming `where`.
SafetensorsHeader read_safetensors_header(ByteSource& source, const std::string& where);

}  // namespace ncverify::files
