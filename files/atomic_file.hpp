// Files that appear whole or not at all.
#pragma once

#include <filesystem>
#include <string_view>

namespace ncverify::files {

/// Writes `text` to `path` so that a reader finds the former file or the new one, never a part: a temporary
/// file in the same directory is written, synchronised and renamed. A symbolic link keeps pointing where it
/// did; a device or pipe is written to directly. Throws InputError where that cannot be done.
void write_atomically(const std::filesystem::path& path, std::string_view text);

/// Creates `directory` and its parents where missing. Throws InputError where that cannot be done.
void create_directory(const std::filesystem::path& directory);

}  // namespace ncverify::files
