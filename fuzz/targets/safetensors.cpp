// Safetensors: header, and every tensor that is of a type that is read.
#include "files/safetensors.hpp"

#include <nlohmann/json.hpp>

#include "fuzz/arrays.hpp"
#include "fuzz/promises.hpp"

namespace ncverify::fuzz {

namespace {

using files::SafetensorsHeader;
using files::Tensor;

std::string text_of(const SafetensorsHeader& header) {
    nlohmann::json document = nlohmann::json::object();
    for (const auto& [name, tensor] : header.tensors) {
        document[name] = {{"dtype", tensor.type_name},
                          {"shape", tensor.shape},
                          {"data_offsets", {tensor.begin, tensor.end}}};
    }
    const std::string text = document.dump();
    std::string start;
    for (int byte = 0; byte < 8; ++byte) {
        start += static_cast<char>((text.size() >> (8 * byte)) & 0xff);
    }
    return start + text;
}

bool same(const Tensor& a, const Tensor& b) {
    return a.type_name == b.type_name && a.shape == b.shape && a.begin == b.begin && a.end == b.end &&
           a.header.has_value() == b.header.has_value() && (!a.header || fuzz::same(*a.header, *b.header));
}

}  // namespace

void try_input(const std::string& input) {
    InputBytes source(input);
    if (!files::looks_like_safetensors(source)) {
        return;
    }
    const auto header = accepted([&] { return files::read_safetensors_header(source, "file"); });
    if (!header) {
        return;
    }
    for (const auto& [name, tensor] : header->tensors) {
        if (tensor.header) {
            const auto bytes = std::make_shared<InputBytes>(input);
            bytes->start_at(header->data_start + tensor.begin);
            require_readable(
                {.file = "", .key = name, .where = "tensor", .header = *tensor.header, .bytes = bytes});
        }
    }
    InputBytes written(text_of(*header) + input.substr(header->data_start));
    const SafetensorsHeader again = files::read_safetensors_header(written, "again");
    require(std::equal(
                again.tensors.begin(), again.tensors.end(), header->tensors.begin(), header->tensors.end(),
                [](const auto& a, const auto& b) { return a.first == b.first && same(a.second, b.second); }),
            "a header that is written reads back");
}

}  // namespace ncverify::fuzz
