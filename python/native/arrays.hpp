// Arrays of Python, by DLPack or the buffer protocol, read where they stand: any layout, no copy.
#pragma once

#include <pybind11/pybind11.h>

#include <atomic>
#include <string>

#include "files/array_file.hpp"

namespace ncverify::python {

/// The numbers of `array` as one that is read like a file's. The array is kept for as long as the result is,
/// which is to be given up with the GIL held. Throws InputError naming `where` for what is no array of real
/// numbers in this machine's memory.
/// @param array      has __dlpack__ or the buffer protocol
/// @param cancelled  reading throws Cancelled once it is true, from any thread
files::StoredArray stored_array(const pybind11::object& array, const std::string& where,
                                const std::atomic<bool>& cancelled);

}  // namespace ncverify::python
