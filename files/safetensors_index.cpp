#include "files/safetensors_index.hpp"

#include <nlohmann/json.hpp>

#include "files/json_text.hpp"
#include "files/read_file.hpp"
#include "problem/errors.hpp"

namespace ncverify::files {

std::map<std::string, std::string> read_safetensors_index(const std::string& path, const std::string& where) {
    constexpr long long largest = 16LL << 20;
    return parse_safetensors_index(read_file(path, where, largest), where);
}

std::map<std::string, std::string> parse_safetensors_index(const std::string& text,
                                                           const std::string& where) {
    const Json document = parse_json(text, where);
    const auto map = document.is_object() ? document.find("weight_map") : document.end();
    if (!document.is_object() || map == document.end() || !map->is_object()) {
        throw InputError(
            "has no \"weight_map\"", where,
            "an index as model.safetensors.index.json is one, or an .npy, .npz or .safetensors file");
    }
    std::map<std::string, std::string> shards;
    for (const auto& [tensor, file] : map->items()) {
        const std::string name = file.is_string() ? file.get<std::string>() : "";
        if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos ||
            name.find('\0') != std::string::npos) {
            throw InputError("says for \"" + printable(tensor) + "\" no name of a file beside it", where,
                             "the name of a .safetensors file in the same folder");
        }
        shards.emplace(tensor, name);
    }
    return shards;
}

}  // namespace ncverify::files
