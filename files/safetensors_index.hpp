// The index of a model that is spread over several safetensors files.
#pragma once

#include <map>
#include <string>

namespace ncverify::files {

/// Which file has which tensor, by the index's `weight_map` (model.safetensors.index.json of Hugging Face).
/// Names with folders in them are refused: shards lie beside their index. Throws InputError naming `where`.
std::map<std::string, std::string> read_safetensors_index(const std::string& path, const std::string& where);

/// The same of the index's text.
std::map<std::string, std::string> parse_safetensors_index(const std::string& text, const std::string& where);

}  // namespace ncverify::files
