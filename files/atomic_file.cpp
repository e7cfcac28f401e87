#include "files/atomic_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
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

/// Into a device or pipe that is there already. Non-blocking at first: a pipe that no one reads is an error
/// and not waited for.
void write_directly(const fs::path& path, std::string_view text) {
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.number() < 0) {
        fail(path, errno);
    }
    const int flags = ::fcntl(file.number(), F_GETFL);
    ::fcntl(file.number(), F_SETFL, flags & ~O_NONBLOCK);
    if (!write_all_bytes(file.number(), text) || !file.close()) {
        fail(path, errno);
    }
}

/// Through a file without a name, which vanishes with the process whatever ends it. False, with errno, where
/// the file system knows no such files or something fails.
bool write_unnamed(const fs::path& target, std::string_view text) {
    const Descriptor file(::open(folder_of(target).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666));
    if (file.number() < 0 || !write_all_bytes(file.number(), text) || ::fsync(file.number()) != 0) {
        return false;
    }
    const std::string source = "/proc/self/fd/" + std::to_string(file.number());
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

/// Through a file with a name of its own. False, with errno, where that fails.
bool write_named(const fs::path& target, std::string_view text) {
    for (int tries = 0; tries < most_names; ++tries) {
        const fs::path name = temporary_name(target);
        const RegisteredName registered(name);
        Descriptor file(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
        if (file.number() < 0 && errno == EEXIST) {
            continue;
        }
        if (file.number() < 0) {
            return false;
        }
        if (write_all_bytes(file.number(), text) && ::fsync(file.number()) == 0 && file.close()) {
            return rename_or_remove(name, target);
        }
        const int error = errno;
        ::unlink(name.c_str());
        errno = error;
        return false;
    }
    return false;
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
    if (!write_unnamed(target, text) && !write_named(target, text)) {
        fail(path, errno);
    }
    synchronise_directory(folder_of(target));
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
