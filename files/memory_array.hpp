// An array that stands in memory already, to be read as one in a file is.
#pragma once

#include "files/array_file.hpp"

namespace ncverify::files {

/// @param values  the array's numbers, last index fastest; not copied, to be kept by the caller
/// @param where   what to call the array in messages
StoredArray memory_array(const void* values, ElementType type, std::vector<long long> shape,
                         const std::string& where);

}  // namespace ncverify::files
