#include "files/atomic_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <system_error>
#include <utility>

#include "problem/errors.hpp"

namespace ncverify::files {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, int error) {
    throw InputError(std::string("cannot be written: ") + std::strerror(error), path.string(),
                     "a file in a directory that can be written to");
}

fs::path folder_of(const fs::path& file) {
    return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

/// Names of temporary files that stand in a folder or are about to: what a signal's handler removes. A
/// handler may neither allocate nor lock, so the names lie in fixed places.
struct NamePlace {
    enum State : int { vacant, filling, named };
    std::atomic<int> state{vacant};
    char name[4096];
};
NamePlace name_places[8];
std::atomic<bool> discarding{false};

/// A name in `name_places`, for its lifetime. Where none is vacant, or the name is too long, there is none.
class RegisteredName {
  public:
    explicit RegisteredName(const fs::path& path) {
        const std::string text = path.string();
        for (NamePlace& place : name_places) {
            int expected = NamePlace::vacant;
            if (text.size() < sizeof place.name &&
                place.state.compare_exchange_strong(expected, NamePlace::filling)) {
                std::memcpy(place.name, text.c_str(), text.size() + 1);
                place.state = NamePlace::named;
                place_ = &place;
                break;
            }
        }
        while (discarding) {  // the process ends: no new file may appear behind the handler's back
            ::pause();
        }
    }
    RegisteredName(const RegisteredName&) = delete;
    RegisteredName& operator=(const RegisteredName&) = delete;
    ~RegisteredName() {
        if (place_ != nullptr) {
            place_->state = NamePlace::vacant;
        }
    }

  private:
    NamePlace* place_ = nullptr;
};

/// A file descriptor that is closed at the end of its life.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    int number() const { return number_; }
    /// False where the system reports a late write error.
    bool close() { return ::close(std::exchange(number_, -1)) == 0; }

  private:
    int number_;
};

/// A name in the folder of `target` that no other run has, nor will have after one that was killed.
fs::path temporary_name(const fs::path& target) {
    std::random_device entropy;
    const std::string mark = std::to_string(entropy()) + std::to_string(entropy());
    return folder_of(target) / ("." + target.filename().string().substr(0, 200) + "." + mark + ".tmp");
}

constexpr int most_names = 100;

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

bool rename_or_remove(const fs::path& name, const fs::path& target) {
    if (::rename(name.c_str(), target.c_str()) == 0) {
        return true;
    }
    const int error = errno;
    ::unlink(name.c_str());
    errno = error;
    return false;
}

/// Makes a rename durable; a file system that cannot is no reason to fail.
void synchronise_directory(const fs::path& directory) {
    const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
}

/// Opens a device or pipe that is there already. Non-blocking at first: a pipe that no one reads is an error
/// and not waited for.
int open_directly(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor >= 0) {
        ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) & ~O_NONBLOCK);
    }
    return descriptor;
}

/// A file with a name of its own in the folder of `target`, registered before it is there. No file, with
/// errno, where that fails.
struct NamedFile {
    fs::path name;
    std::unique_ptr<RegisteredName> registered;
    std::unique_ptr<Descriptor> file;
};
NamedFile open_named(const fs::path& target) {
    for (int tries = 0; tries < most_names; ++tries) {
        NamedFile named{.name = temporary_name(target), .registered = nullptr, .file = nullptr};
        named.registered = std::make_unique<RegisteredName>(named.name);
        const int descriptor = ::open(named.name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor >= 0) {
            named.file = std::make_unique<Descriptor>(descriptor);
            return named;
        }
        if (errno != EEXIST) {
            break;
        }
    }
    return {};
}

/// Gives a file without a name the one of `target`. False, with errno, where that cannot be.
bool link_unnamed(int descriptor, const fs::path& target) {
    const std::string source = "/proc/self/fd/" + std::to_string(descriptor);
    const auto link_to = [&](const fs::path& path) {
        return ::linkat(AT_FDCWD, source.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) == 0;
    };
    if (link_to(target)) {
        return true;
    }
    // What is there already is only ever replaced by a rename.
    for (int tries = 0; errno == EEXIST && tries < most_names; ++tries) {
        const fs::path name = temporary_name(target);
        const RegisteredName registered(name);
        if (link_to(name)) {
            return rename_or_remove(name, target);
        }
    }
    return false;
}

/// What was written to one file, to another. False, with errno, where that fails.
bool copy_bytes(int from, int to) {
    char buffer[1 << 16];
    for (off_t place = 0;;) {
        const ssize_t read = ::pread(from, buffer, sizeof buffer, place);
        if (read < 0 && errno == EINTR) {
            continue;
        }
        if (read <= 0) {
            return read == 0;
        }
        if (!write_all_bytes(to, {buffer, static_cast<std::size_t>(read)})) {
            return false;
        }
        place += read;
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

struct AtomicFile::Work {
    fs::path path, target;
    bool direct = false;
    std::unique_ptr<Descriptor> unnamed;  // vanishes with the process, whatever ends it; or a device
    NamedFile named;                      // where the file system knows no files without a name

    int number() const { return (unnamed ? unnamed : named.file)->number(); }
};

AtomicFile::AtomicFile(const fs::path& path) : work_(std::make_unique<Work>()) {
    work_->path = path;
    work_->target = destination(path);
    std::error_code error;
    const fs::file_status status = fs::status(work_->target, error);
    if (fs::is_directory(status)) {
        fail(path, EISDIR);
    }
    work_->direct = fs::exists(status) && !fs::is_regular_file(status);
    const int descriptor =
        work_->direct ? open_directly(work_->target)
                      : ::open(folder_of(work_->target).c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
    if (descriptor >= 0) {
        work_->unnamed = std::make_unique<Descriptor>(descriptor);
        return;
    }
    if (!work_->direct) {
        work_->named = open_named(work_->target);
    }
    if (!work_->named.file) {
        fail(path, errno);
    }
}

AtomicFile::~AtomicFile() {
    if (work_->named.file) {
        ::unlink(work_->named.name.c_str());
    }
}

void AtomicFile::append(std::string_view text) {
    if (!write_all_bytes(work_->number(), text)) {
        fail(work_->path, errno);
    }
}

void AtomicFile::put_in_place() {
    Work& work = *work_;
    if (work.direct) {
        if (!work.unnamed->close()) {
            fail(work.path, errno);
        }
        return;
    }
    if (::fsync(work.number()) != 0) {
        fail(work.path, errno);
    }
    if (work.unnamed && !link_unnamed(work.unnamed->number(), work.target)) {
        work.named = open_named(work.target);
        if (!work.named.file || !copy_bytes(work.unnamed->number(), work.named.file->number()) ||
            ::fsync(work.named.file->number()) != 0) {
            fail(work.path, errno);
        }
    }
    if (work.named.file) {
        const bool closed = work.named.file->close();
        const int error = errno;
        work.named.file.reset();  // the name is gone from here on, one way or the other
        if (!closed) {
            ::unlink(work.named.name.c_str());
            fail(work.path, error);
        }
        if (!rename_or_remove(work.named.name, work.target)) {
            fail(work.path, errno);
        }
    }
    synchronise_directory(folder_of(work.target));
}

void write_atomically(const fs::path& path, std::string_view text) {
    AtomicFile file(path);
    file.append(text);
    file.put_in_place();
}

void write_each(const fs::path& folder, const std::vector<NamedText>& texts) {
    std::string problems;
    std::size_t failed = 0;
    for (const auto& [name, text] : texts) {
        try {
            write_atomically(folder / name, text());
        } catch (const InputError& error) {
            ++failed;
            problems += (problems.empty() ? "" : "; ") + name + " " + error.problem;
        }
    }
    if (failed > 0) {
        throw InputError(std::to_string(failed) + " of " + std::to_string(texts.size()) +
                             " files were not written: " + problems,
                         folder.string(), "room in a folder that can be written to");
    }
}

void discard_temporary_files() {
    discarding = true;
    for (const NamePlace& place : name_places) {
        if (place.state == NamePlace::named) {
            ::unlink(place.name);
        }
    }
}

void create_directory(const fs::path& directory) {
    std::error_code error;
    fs::create_directories(directory, error);
    std::error_code unseen;  // below a folder that may not be entered
    if (!fs::is_directory(directory, unseen)) {
        error = error ? error : unseen;
        throw InputError("cannot be created: " + (error ? error.message() : std::string("not a directory")),
                         directory.string(), "a directory that can be written to");
    }
}

}  // namespace ncverify::files
