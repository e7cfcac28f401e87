#include "campaign/store_lock.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "campaign/store_file.hpp"
#include "problem/errors.hpp"

namespace ncverify::campaign {

namespace {

// What the owner wrote there: its machine and process.
std::string owner(int file) {
    char text[300] = "";
    const ssize_t size = ::pread(file, text, sizeof text - 1, 0);
    return size > 0 ? printable(std::string(text, static_cast<std::size_t>(size))) : "another process";
}

}  // namespace

StoreLock::StoreLock(const std::filesystem::path& folder) {
    const std::filesystem::path path = lock_path(folder);
    const std::string where = folder.string();
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file_ < 0) {
        throw InputError(
            std::string("cannot write '") + path.filename().string() + "' (" + std::strerror(errno) + ")",
            where, "a folder that can be written to");
    }
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (::fcntl(file_, F_SETLK, &whole) != 0) {
        const bool held = errno == EACCES || errno == EAGAIN;
        const std::string problem = held ? owner(file_) + " is running this campaign"
                                         : std::string("no locks (") + std::strerror(errno) + ")";
        ::close(file_);
        throw InputError(problem, where,
                         held ? "one owner at a time; `ncverify campaign status` looks on"
                              : "a file system that has POSIX locks");
    }
    const std::string text = "process " + std::to_string(::getpid()) + " on " + machine_name();
    if (::ftruncate(file_, 0) != 0 ||
        ::pwrite(file_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
        // Who it is is said for people only: a full disk does not matter here.
    }
}

StoreLock::~StoreLock() {
    ::close(file_);
}

bool is_owned(const std::filesystem::path& folder) {
    const int file = ::open(lock_path(folder).c_str(), O_RDONLY | O_CLOEXEC);
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    const bool owned = file >= 0 && ::fcntl(file, F_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
    if (file >= 0) {
        ::close(file);
    }
    return owned;
}

}  // namespace ncverify::campaign
