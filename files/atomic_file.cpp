#include "files/atomic_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

#include "problem/errors.hpp"

namespace ncverify::files {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, int error) {
    throw InputError(std::string("cannot be written: ") + std::strerror(error), path.string(),
                     "a file in a directory that can be written to");
}

/// A file descriptor that is closed, and a temporary file that is removed unless it was `kept`.
class TemporaryFile {
  public:
    TemporaryFile(fs::path path, int flags)
        : path_(std::move(path)), descriptor_(::open(path_.c_str(), flags, 0666)) {}
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
        if (created_ && !kept_) {
            ::unlink(path_.c_str());
        }
    }
    bool open() {
        created_ = descriptor_ >= 0;
        return created_;
    }
    int descriptor() const { return descriptor_; }
    const fs::path& path() const { return path_; }
    void keep() { kept_ = true; }
    /// Closes the descriptor; false where the system reports a late write error.
    bool close() {
        const int descriptor = descriptor_;
        descriptor_ = -1;
        return ::close(descriptor) == 0;
    }

  private:
    fs::path path_;
    int descriptor_;
    bool created_ = false;
    bool kept_ = false;
};

bool write_all_bytes(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return false;
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// Makes a rename durable; a file system that cannot is no reason to fail.
void synchronise_directory(const fs::path& directory) {
    const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
}

void write_directly(const fs::path& path, std::string_view text) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) {
        fail(path, errno);
    }
    const bool written = write_all_bytes(descriptor, text);
    const int error = errno;
    if (::close(descriptor) != 0 || !written) {
        fail(path, written ? errno : error);
    }
}

/// Where the text shall really stand: the target of a symbolic link, else the path itself.
fs::path destination(const fs::path& path) {
    std::error_code error;
    if (!fs::is_symlink(path, error)) {
        return path;
    }
    fs::path target = fs::weakly_canonical(path, error);
    return error ? path : target;
}

}  // namespace

void write_atomically(const fs::path& path, std::string_view text) {
    const fs::path target = destination(path);
    std::error_code error;
    const fs::file_status status = fs::status(target, error);
    if (fs::is_directory(status)) {
        fail(path, EISDIR);
    }
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        write_directly(target, text);
        return;
    }
    static std::atomic<unsigned> counter{0};
    const fs::path directory = target.has_parent_path() ? target.parent_path() : fs::path(".");
    const std::string name = "." + target.filename().string().substr(0, 200) + "." +
                             std::to_string(::getpid()) + "." + std::to_string(counter++) + ".tmp";
    TemporaryFile file(directory / name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC);
    if (!file.open() || !write_all_bytes(file.descriptor(), text) || ::fsync(file.descriptor()) != 0 ||
        !file.close() || ::rename(file.path().c_str(), target.c_str()) != 0) {
        fail(path, errno);
    }
    file.keep();
    synchronise_directory(directory);
}

void create_directory(const fs::path& directory) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (!fs::is_directory(directory)) {
        throw InputError("cannot be created: " + (error ? error.message() : std::string("not a directory")),
                         directory.string(), "a directory that can be written to");
    }
}

}  // namespace ncverify::files
