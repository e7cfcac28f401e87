#include "files/byte_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <vector>

#include "problem/errors.hpp"

namespace ncverify::files {

namespace {

class File : public ByteSource {
  public:
    File(int descriptor, std::uint64_t size, std::string where)
        : descriptor_(descriptor), size_(size), where_(std::move(where)) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() override { ::close(descriptor_); }

    bool random_access() const override { return true; }

  protected:
    // Not a memory map: a file that shrinks while it is read would end the program there.
    void read_raw(std::uint64_t offset, std::byte* to, std::size_t size) override {
        while (size > 0) {
            const ssize_t got = ::pread(descriptor_, to, size, static_cast<off_t>(offset));
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got <= 0) {
                throw InputError(got == 0 ? "ends at byte " + std::to_string(offset)
                                          : std::string("cannot be read: ") + std::strerror(errno),
                                 where_, "a complete file");
            }
            to += got;
            offset += static_cast<std::uint64_t>(got);
            size -= static_cast<std::size_t>(got);
        }
    }
    std::uint64_t total() const override { return size_; }

  private:
    int descriptor_;
    std::uint64_t size_;
    std::string where_;
};

[[noreturn]] void no_room(std::uint64_t size, const std::string& where) {
    throw InputError("needs " + std::to_string(size) + " bytes for temporary files, and there is no room",
                     where, "more room (TMPDIR names the folder), or an array in C order");
}

void write_all(int descriptor, const std::byte* from, std::size_t size, std::uint64_t whole,
               const std::string& where) {
    while (size > 0) {
        const ssize_t written = ::write(descriptor, from, size);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            no_room(whole, where);
        }
        from += written;
        size -= static_cast<std::size_t>(written);
    }
}

}  // namespace

std::shared_ptr<ByteSource> open_file(const std::string& path, const std::string& where) {
    // Non-blocking, so that a named pipe is refused and not waited for.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        throw InputError(std::string("cannot be opened: ") + std::strerror(errno), where, "a readable file");
    }
    struct stat status {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(descriptor);
        throw InputError("not a regular file", where, "a file that can be read twice");
    }
    return std::make_shared<File>(descriptor, static_cast<std::uint64_t>(status.st_size), where);
}

std::shared_ptr<ByteSource> spooled(ByteSource& source, const std::string& where) {
    std::error_code error;
    std::string name = (std::filesystem::temp_directory_path(error) / "ncverify-XXXXXX").string();
    const std::uint64_t size = source.size();
    const int descriptor = error ? -1 : ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor < 0) {
        no_room(size, where);
    }
    ::unlink(name.c_str());
    auto file = std::make_shared<File>(descriptor, size, where);
    // Reserved first: better to be told now than after an hour of unpacking.
    if (::posix_fallocate(descriptor, 0, static_cast<off_t>(size)) != 0) {
        no_room(size, where);
    }
    std::vector<std::byte> piece(std::size_t{1} << 20);
    for (std::uint64_t done = 0; done < size;) {
        const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), size - done));
        source.read(done, piece.data(), part);
        write_all(descriptor, piece.data(), part, size, where);
        done += part;
    }
    return file;
}

}  // namespace ncverify::files
