#include "files/array_file.hpp"

#include <algorithm>
#include <filesystem>

#include "files/safetensors.hpp"
#include "files/safetensors_index.hpp"
#include "files/zip_archive.hpp"
#include "problem/errors.hpp"

namespace ncverify::files {

namespace {

struct FileAndKey {
    std::string file;
    std::string key;
};

// A colon may belong to the file's name: the longest beginning that is a file is one.
FileAndKey split(const std::string& name) {
    std::error_code ignored;
    for (std::size_t end = name.size(); end != std::string::npos && end > 0; end = name.rfind(':', end - 1)) {
        if (std::filesystem::exists(name.substr(0, end), ignored)) {
            return {name.substr(0, end), end < name.size() ? name.substr(end + 1) : ""};
        }
    }
    return {name, ""};
}

std::string listed(const std::vector<std::string>& keys) {
    constexpr std::size_t most = 12;
    std::string text;
    for (std::size_t i = 0; i < std::min(keys.size(), most); ++i) {
        text += (i == 0 ? "" : ", ") + printable(keys[i]);
    }
    return keys.size() > most ? text + " and " + std::to_string(keys.size() - most) + " more" : text;
}

// The index of the array that is meant.
std::size_t chosen(const std::vector<std::string>& keys, const FileAndKey& name,
                   const std::vector<std::string>& usual_names, const std::string& where) {
    if (keys.empty()) {
        throw InputError("holds no array", where, "an array saved by np.savez or safetensors");
    }
    if (!name.key.empty()) {
        const auto count = std::count(keys.begin(), keys.end(), name.key);
        if (count != 1) {
            throw InputError(count == 0
                                 ? "holds no array '" + printable(name.key) + "'"
                                 : "holds " + std::to_string(count) + " arrays '" + printable(name.key) + "'",
                             where, "one of " + listed(keys));
        }
        return static_cast<std::size_t>(std::find(keys.begin(), keys.end(), name.key) - keys.begin());
    }
    if (keys.size() == 1) {
        return 0;
    }
    std::vector<std::size_t> usual;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (std::find(usual_names.begin(), usual_names.end(), keys[i]) != usual_names.end()) {
            usual.push_back(i);
        }
    }
    if (usual.size() != 1) {
        throw InputError("holds " + std::to_string(keys.size()) + " arrays", where,
                         "FILE:KEY with KEY one of " + listed(keys));
    }
    return usual[0];
}

StoredArray from_archive(const FileAndKey& name, const std::vector<std::string>& usual_names,
                         const std::string& where, std::optional<EightBitFloat> eight_bits) {
    std::vector<ZipMember> arrays;
    std::vector<std::string> keys;
    bool pytorch = false;
    const std::string suffix = ".npy";
    for (const ZipMember& member : zip_members(name.file, where)) {
        const std::string& full = member.name;
        pytorch = pytorch || full.ends_with("data.pkl");
        if (full.size() > suffix.size() && full.ends_with(suffix)) {
            arrays.push_back(member);
            keys.push_back(full.substr(0, full.size() - suffix.size()));
        }
    }
    if (keys.empty() && pytorch) {
        throw InputError("is a PyTorch file (a pickle), which is never loaded", where,
                         ".npy, .npz or .safetensors: np.save(FILE, tensor.numpy())");
    }
    const std::size_t index = chosen(keys, name, usual_names, where);
    StoredArray array{name.file, keys[index], where + ":" + printable(keys[index]), {}, nullptr, keys};
    array.bytes = open_zip_member(name.file, arrays[index], array.where);
    array.header = read_npy_header(*array.bytes, array.where, eight_bits);
    return array;
}

StoredArray from_safetensors(const FileAndKey& name, std::shared_ptr<ByteSource> file,
                             const std::vector<std::string>& usual_names, const std::string& where) {
    const SafetensorsHeader header = read_safetensors_header(*file, where);
    std::vector<std::string> keys;
    for (const auto& entry : header.tensors) {
        keys.push_back(entry.first);
    }
    const std::string& key = keys[chosen(keys, name, usual_names, where)];
    const Tensor& tensor = header.tensors.at(key);
    StoredArray array{name.file, key, where + ":" + printable(key), {}, std::move(file), keys};
    if (!tensor.header) {
        throw InputError("holds elements of type '" + printable(tensor.type_name) + "'", array.where,
                         "F16, BF16, F32, F64, F8_E4M3 or F8_E5M2 (labels: any integer type)");
    }
    array.header = *tensor.header;
    array.bytes->start_at(header.data_start + tensor.begin);
    return array;
}

// Of a model in several files: the index says which file beside it has the tensor.
StoredArray from_index(const FileAndKey& name, const std::vector<std::string>& usual_names,
                       const std::string& where) {
    const std::map<std::string, std::string> shards = read_safetensors_index(name.file, where);
    std::vector<std::string> keys;
    for (const auto& entry : shards) {
        keys.push_back(entry.first);
    }
    const std::string& key = keys[chosen(keys, name, usual_names, where)];
    const std::string file = (std::filesystem::path(name.file).parent_path() / shards.at(key)).string();
    const std::string option = where.substr(0, where.find(' '));
    const std::string shard_where = option + " " + printable(file);
    auto bytes = open_file(file, shard_where);
    if (!looks_like_safetensors(*bytes)) {
        throw InputError("is no safetensors file", shard_where,
                         "the file that " + printable(name.file) + " names");
    }
    StoredArray array = from_safetensors({file, key}, std::move(bytes), {}, shard_where);
    array.keys = keys;
    return array;
}

}  // namespace

StoredArray open_array(const std::string& name, const std::string& option,
                       const std::vector<std::string>& usual_names, std::optional<EightBitFloat> eight_bits) {
    const FileAndKey parts = split(name);
    const std::string where = option + " " + printable(parts.file);
    auto file = open_file(parts.file, where);
    if (looks_like_npy(*file)) {
        if (!parts.key.empty()) {
            throw InputError("has no keys, being a single .npy array", where, "the file's name alone");
        }
        StoredArray array{parts.file, "", where, {}, file};
        array.header = read_npy_header(*array.bytes, where, eight_bits);
        return array;
    }
    char start[2] = {};
    if (file->size() >= sizeof start) {
        file->read(0, reinterpret_cast<std::byte*>(start), sizeof start);
    }
    if (start[0] == 'P' && start[1] == 'K') {
        return from_archive(parts, usual_names, where, eight_bits);
    }
    if (parts.file.ends_with(".json")) {
        return from_index(parts, usual_names, where);
    }
    if (looks_like_safetensors(*file)) {
        return from_safetensors(parts, std::move(file), usual_names, where);
    }
    throw InputError(file->size() == 0 ? "is empty" : "is in none of the formats read here", where,
                     "a complete .npy, .npz or .safetensors file");
}

}  // namespace ncverify::files
