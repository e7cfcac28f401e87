#include "files/read_file.hpp"

#include <fstream>
#include <limits>

#include "problem/errors.hpp"

namespace ncverify::files {

std::string read_file(const std::string& path, const std::string& where, long long largest) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    const std::streamoff size = file ? static_cast<std::streamoff>(file.tellg()) : -1;
    // A folder opens but has no sensible size; a pipe has none at all.
    if (!file || size < 0 || size == std::numeric_limits<std::streamoff>::max()) {
        throw InputError("cannot read '" + printable(path) + "'", where, "a readable file");
    }
    if (size > largest) {
        throw InputError("'" + printable(path) + "' has " + std::to_string(size) + " bytes", where,
                         "at most " + std::to_string(largest));
    }
    std::string text(static_cast<std::size_t>(size), '\0');
    file.seekg(0);
    file.read(text.data(), size);
    if (!file) {
        throw InputError("cannot read '" + printable(path) + "'", where, "a readable file");
    }
    return text;
}

}  // namespace ncverify::files
