#include "files/safetensors.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "problem/errors.hpp"

namespace ncverify::files {

namespace {

constexpr std::uint64_t largest_header = std::uint64_t{16} << 20;

std::optional<ElementType> element_type(const std::string& name) {
    static const std::map<std::string, ElementType> types = {
        {"BOOL", {ElementKind::boolean, 1}},          {"U8", {ElementKind::unsigned_integer, 1}},
        {"I8", {ElementKind::signed_integer, 1}},     {"U16", {ElementKind::unsigned_integer, 2}},
        {"I16", {ElementKind::signed_integer, 2}},    {"U32", {ElementKind::unsigned_integer, 4}},
        {"I32", {ElementKind::signed_integer, 4}},    {"U64", {ElementKind::unsigned_integer, 8}},
        {"I64", {ElementKind::signed_integer, 8}},    {"F16", {ElementKind::floating, 2}},
        {"BF16", {ElementKind::brain_floating, 2}},   {"F32", {ElementKind::floating, 4}},
        {"F64", {ElementKind::floating, 8}},          {"F8_E4M3", {ElementKind::eight_bit_e4m3fn, 1}},
        {"F8_E5M2", {ElementKind::eight_bit_e5m2, 1}}};
    const auto found = types.find(name);
    return found == types.end() ? std::nullopt : std::optional(found->second);
}

// Takes the header apart from parser events: a document tree of a hostile one would be many times its size.
class HeaderReader : public nlohmann::json_sax<nlohmann::json> {
  public:
    HeaderReader(SafetensorsHeader& header, const std::string& where) : header_(header), where_(where) {}

    bool null() override {
        if (depth_ != 1 || !metadata_) {  // the format's own library takes "__metadata__": null for none
            fail();
        }
        return true;
    }
    bool boolean(bool) override { fail(); }
    bool number_integer(number_integer_t) override { fail(); }
    bool number_float(number_float_t, const string_t&) override { fail(); }
    bool binary(binary_t&) override { fail(); }
    bool number_unsigned(number_unsigned_t value) override {
        if (depth_ != 3 || value > (std::uint64_t{1} << 62) || numbers_.size() == 64) {
            fail();
        }
        numbers_.push_back(value);
        return true;
    }
    bool string(string_t& value) override {
        if (depth_ == 2 && metadata_) {
            return true;
        }
        if (depth_ != 2 || field_ != "dtype") {
            fail();
        }
        tensor_.type_name = value;
        return true;
    }
    bool start_object(std::size_t) override {
        if (depth_ > 1) {
            fail();
        }
        ++depth_;
        tensor_ = {};
        fields_.clear();
        return true;
    }
    bool start_array(std::size_t) override {
        if (depth_ != 2 || metadata_ || (field_ != "shape" && field_ != "data_offsets")) {
            fail();
        }
        ++depth_;
        numbers_.clear();
        return true;
    }
    bool end_array() override {
        --depth_;
        if (field_ == "shape") {
            tensor_.shape.assign(numbers_.begin(), numbers_.end());
        } else if (numbers_.size() == 2) {
            tensor_.begin = numbers_[0];
            tensor_.end = numbers_[1];
        } else {
            fail();
        }
        return true;
    }
    bool end_object() override {
        --depth_;
        if (depth_ == 1 && !metadata_) {
            if (fields_.size() != 3) {
                fail("lacks dtype, shape or data_offsets");
            }
            header_.tensors.emplace(name_, tensor_);
        }
        return true;
    }
    bool key(string_t& name) override {
        if (depth_ == 1) {
            name_ = name;
            metadata_ = name == "__metadata__";
            if (header_.tensors.count(name) != 0) {
                fail("stands twice");
            }
        } else if (!metadata_) {
            field_ = name;
            if (std::find(fields_.begin(), fields_.end(), name) != fields_.end() ||
                (name != "dtype" && name != "shape" && name != "data_offsets")) {
                fail("has the repeated or unknown key \"" + printable(name) + "\"");
            }
            fields_.push_back(name);
        }
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        throw InputError(
            "its header is not valid JSON (stops making sense at byte " + std::to_string(position) + ")",
            where_, "a complete safetensors file");
    }

  private:
    [[noreturn]] void fail(
        const std::string& what = "is not described by dtype, shape and data_offsets") const {
        throw InputError("in its header tensor \"" + printable(name_) + "\" " + what, where_,
                         "a complete safetensors file");
    }

    SafetensorsHeader& header_;
    const std::string& where_;
    int depth_ = 0;
    bool metadata_ = false;
    std::string name_, field_;
    std::vector<std::string> fields_;
    std::vector<std::uint64_t> numbers_;
    Tensor tensor_;
};

void check_sizes(SafetensorsHeader& header, const std::string& where) {
    for (auto& [name, tensor] : header.tensors) {
        const auto type = element_type(tensor.type_name);
        if (!type) {
            continue;
        }
        tensor.header = ArrayHeader{*type, tensor.shape, false};
        const auto bytes = data_bytes(*tensor.header);
        if (!bytes || tensor.end < tensor.begin || tensor.end - tensor.begin != *bytes) {
            throw InputError("tensor \"" + printable(name) + "\" of " + shape_text(tensor.shape) + " " +
                                 printable(tensor.type_name) + " has data_offsets [" +
                                 std::to_string(tensor.begin) + ", " + std::to_string(tensor.end) + "]",
                             where, bytes ? std::to_string(*bytes) + " bytes" : "a shape that can exist");
        }
    }
}

void check_layout(const SafetensorsHeader& header, std::uint64_t data_size, const std::string& where) {
    std::vector<std::pair<std::uint64_t, const std::pair<const std::string, Tensor>*>> order;
    for (const auto& entry : header.tensors) {
        order.emplace_back(entry.second.begin, &entry);
    }
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
        return std::pair(a.first, a.second->second.end) < std::pair(b.first, b.second->second.end);
    });
    std::uint64_t reached = 0;
    for (const auto& [begin, entry] : order) {
        if (begin != reached || entry->second.end < begin) {
            throw InputError("tensor \"" + printable(entry->first) + "\" starts at byte " +
                                 std::to_string(begin) + " of the data" +
                                 (begin < reached ? ", inside another one" : ", after a hole"),
                             where, "byte " + std::to_string(reached));
        }
        reached = entry->second.end;
    }
    if (reached != data_size) {
        throw InputError("holds " + std::to_string(data_size) + " bytes of data", where,
                         std::to_string(reached) + ", as its header says");
    }
}

}  // namespace

bool looks_like_safetensors(ByteSource& source) {
    unsigned char start[9];
    if (source.size() < sizeof start) {
        return false;
    }
    source.read(0, reinterpret_cast<std::byte*>(start), sizeof start);
    return start[8] == '{';
}

SafetensorsHeader read_safetensors_header(ByteSource& source, const std::string& where) {
    unsigned char start[8];
    source.read(0, reinterpret_cast<std::byte*>(start), sizeof start);
    std::uint64_t length = 0;
    for (int i = 7; i >= 0; --i) {
        length = (length << 8) | start[i];
    }
    if (length > largest_header || length > source.size() - sizeof start) {
        throw InputError("has a header of " + std::to_string(length) + " bytes", where,
                         "at most " + std::to_string(std::min(largest_header, source.size() - sizeof start)) +
                             " in this file");
    }
    std::string text(static_cast<std::size_t>(length), ' ');
    source.read(sizeof start, reinterpret_cast<std::byte*>(text.data()), text.size());
    SafetensorsHeader header;
    header.data_start = sizeof start + length;
    HeaderReader reader(header, where);
    nlohmann::json::sax_parse(text, &reader);
    check_sizes(header, where);
    check_layout(header, source.size() - header.data_start, where);
    return header;
}

}  // namespace ncverify::files
