// The index of a model in several safetensors files.
#include "files/safetensors_index.hpp"

#include <nlohmann/json.hpp>

#include "fuzz/promises.hpp"

namespace ncverify::fuzz {

void try_input(const std::string& input) {
    const auto shards = accepted([&] { return files::parse_safetensors_index(input, "index"); });
    if (!shards) {
        return;
    }
    nlohmann::json document = {{"weight_map", nlohmann::json::object()}};
    for (const auto& [tensor, file] : *shards) {
        require(file.find('/') == std::string::npos && file != "..", "shards lie beside their index");
        document["weight_map"][tensor] = file;
    }
    require(files::parse_safetensors_index(document.dump(), "again") == *shards,
            "an index that is written reads back");
}

}  // namespace ncverify::fuzz
