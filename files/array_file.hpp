// One array of a file, named on the command line as FILE or FILE:KEY.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "files/npy_header.hpp"

namespace ncverify::files {

/// An array whose header has been read and whose numbers have not.
struct StoredArray {
    std::string file;
    std::string key;    ///< inside an archive or safetensors file, else empty
    std::string where;  ///< option and file, for messages
    ArrayHeader header;
    std::shared_ptr<ByteSource> bytes;   ///< of the data
    std::vector<std::string> keys = {};  ///< of all arrays in the file, where it can hold several
};

/// Opens an array of an .npy, .npz or safetensors file, told apart by their first bytes, or of the
/// safetensors files beside an index (model.safetensors.index.json) that says which of them has which tensor.
/// @param name         FILE or FILE:KEY
/// @param option       the option it was given to
/// @param usual_names  keys that are taken without being asked for, where the file has exactly one of them;
///                     a file with a single array needs none
/// @param eight_bits   as for `read_npy_header`
/// Throws InputError where the file is damaged or does not say which array is meant (the message lists them).
StoredArray open_array(const std::string& name, const std::string& option,
                       const std::vector<std::string>& usual_names,
                       std::optional<EightBitFloat> eight_bits = {});

}  // namespace ncverify::files
