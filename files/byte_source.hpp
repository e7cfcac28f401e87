// Where the bytes of an array come from: a file, or a member of a zip archive. Neither is ever held whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace ncverify::files {

/// A sequence of bytes that is read piece by piece.
class ByteSource {
  public:
    virtual ~ByteSource() = default;

    /// Copies `size` bytes from `offset` on, counted from `start_at`. Throws InputError where the source ends
    /// before, cannot be read or is damaged.
    void read(std::uint64_t offset, std::byte* to, std::size_t size) { read_raw(start_ + offset, to, size); }
    /// Lets offset 0 mean byte `start` of the source, such as the first one after a header.
    void start_at(std::uint64_t start) { start_ = start; }
    /// Bytes from `start_at` to the end.
    std::uint64_t size() const { return total() - start_; }
    /// True where reading backwards and in pieces is cheap.
    virtual bool random_access() const = 0;

  protected:
    virtual void read_raw(std::uint64_t offset, std::byte* to, std::size_t size) = 0;
    virtual std::uint64_t total() const = 0;

  private:
    std::uint64_t start_ = 0;
};

/// The bytes of a regular file. Throws InputError naming `where` (the option and the file) where it is none
/// or cannot be opened.
std::shared_ptr<ByteSource> open_file(const std::string& path, const std::string& where);

/// The same bytes in an unnamed file in the folder for temporary files, for a source that allows no random
/// access. Throws InputError where there is no room.
std::shared_ptr<ByteSource> spooled(ByteSource& source, const std::string& where);

}  // namespace ncverify::files
