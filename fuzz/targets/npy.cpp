// NumPy's .npy: header and data.
#include "fuzz/arrays.hpp"
#include "fuzz/promises.hpp"

namespace ncverify::fuzz {

namespace {

using files::ArrayHeader;
using files::ElementKind;

/// The header as np.save writes it, in format 2.0.
std::string text_of(const ArrayHeader& header) {
    const char kind = header.type.kind == ElementKind::floating         ? 'f'
                      : header.type.kind == ElementKind::brain_floating ? 'V'  // as ml_dtypes has it
                      : header.type.kind == ElementKind::signed_integer ? 'i'
                      : header.type.kind == ElementKind::boolean        ? 'b'
                                                                        : 'u';
    const bool eight_bits = header.type.is_floating() && header.type.size == 1;  // by name
    std::string text = std::string("{'descr': '") +
                       (eight_bits ? header.type.name()
                                   : std::string(1, header.type.big_endian ? '>' : '<') + kind +
                                         std::to_string(header.type.size)) +
                       "', 'fortran_order': " + (header.fortran_order ? "True" : "False") + ", 'shape': (";
    for (const long long extent : header.shape) {
        text += std::to_string(extent) + ",";
    }
    text += "), }\n";
    std::string start("\x93NUMPY\x02\x00", 8);
    for (int byte = 0; byte < 4; ++byte) {
        start += static_cast<char>((text.size() >> (8 * byte)) & 0xff);
    }
    return start + text;
}

}  // namespace

void try_input(const std::string& input) {
    const auto source = std::make_shared<InputBytes>(input);
    const auto header = accepted([&] { return files::read_npy_header(*source, "array"); });
    if (!header) {
        return;
    }
    require(files::data_bytes(*header) == source->size(), "data has the size that the shape asks for");
    require_readable({.file = "", .key = "", .where = "array", .header = *header, .bytes = source});
    InputBytes again(text_of(*header) + input.substr(input.size() - source->size()));
    require(same(files::read_npy_header(again, "again"), *header), "a header that is written reads back");
}

}  // namespace ncverify::fuzz
