// Files that appear whole or not at all.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ncverify::files {

/// A file that grows piece by piece, and of which a reader finds the former one or the new one, never a part:
/// a file without a name, or where there is no such thing with a name of its own, is written in the same
/// directory, synchronised and put in place. A symbolic link keeps pointing where it did; a device or pipe is
/// written to directly. Everything throws InputError where it cannot be done.
class AtomicFile {
  public:
    explicit AtomicFile(const std::filesystem::path& path);
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    /// Nothing is left of what was not put in place.
    ~AtomicFile();

    void append(std::string_view text);
    /// Once, after the last piece.
    void put_in_place();

  private:
    struct Work;
    std::unique_ptr<Work> work_;
};

/// Writes `text` to `path` as such a file.
void write_atomically(const std::filesystem::path& path, std::string_view text);

/// A file's name, and what makes its text when it is written.
using NamedText = std::pair<std::string, std::function<std::string()>>;

/// Writes each of these files to `folder`, the others too where one fails. Throws InputError that names all
/// which are not written.
void write_each(const std::filesystem::path& folder, const std::vector<NamedText>& texts);

/// Removes the temporary files of writes in hand, in any thread, and keeps new ones from appearing. For
/// signal handlers that end the process: safe there, and final.
void discard_temporary_files();

/// Creates `directory` and its parents where missing. Throws InputError where that cannot be done.
void create_directory(const std::filesystem::path& directory);

}  // namespace ncverify::files
