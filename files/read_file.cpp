#include "files/read_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "problem/errors.hpp"

namespace ncverify::files {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds patience{10};  // for whoever writes to a named pipe
constexpr int moment_ms = 20;
constexpr std::size_t piece_size = std::size_t{1} << 16;

/// "-" and the names under which the system has standard input; a file of its own needs no opening.
bool is_standard_input(const std::string& path) {
    return path == "-" || path == "/dev/stdin" || path == "/dev/fd/0" || path == "/proc/self/fd/0";
}

/// What the shell makes of <(..): whoever writes to it has been started, and is waited for as standard input
/// is.
bool is_open_already(const std::string& path) {
    return is_standard_input(path) || path.starts_with("/dev/fd/") || path.starts_with("/proc/self/fd/");
}

class Input {
  public:
    explicit Input(const std::string& path)
        // Non-blocking, so that a named pipe which no one writes to is not waited for.
        : descriptor_(is_standard_input(path) ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                                              : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;
    ~Input() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }
    int descriptor() const { return descriptor_; }

  private:
    int descriptor_;
};

[[noreturn]] void refuse(const std::string& path, const std::string& why, const std::string& where) {
    throw InputError("cannot read '" + printable(path) + "'" + (why.empty() ? "" : ": " + why), where,
                     "a readable file");
}

/// Reads on to the end, as a stream: what it holds is only known there.
std::string read_stream(const Input& input, const std::string& path, const std::string& where,
                        long long largest) {
    const Clock::time_point started = Clock::now();
    const bool wait = is_open_already(path);
    std::string text;
    std::string piece(piece_size, '\0');
    while (true) {
        const ssize_t got = ::read(input.descriptor(), piece.data(), piece.size());
        if (got > 0) {
            text.append(piece, 0, static_cast<std::size_t>(got));
            if (static_cast<long long>(text.size()) > largest) {
                throw InputError("'" + printable(path) + "' has more bytes", where,
                                 "at most " + std::to_string(largest));
            }
            continue;
        }
        if (got < 0 && errno != EAGAIN && errno != EINTR) {
            refuse(path, std::strerror(errno), where);
        }
        // The end; but of a named pipe only once something came: before, no one may have opened it yet.
        if (got == 0 && (wait || !text.empty())) {
            return text;
        }
        if (!wait && Clock::now() - started > patience) {
            refuse(path, "a pipe to which no one wrote for 10 seconds", where);
        }
        pollfd awaited{.fd = input.descriptor(), .events = POLLIN, .revents = 0};
        ::poll(&awaited, 1, wait ? -1 : moment_ms);
        if (got == 0) {
            ::poll(nullptr, 0, moment_ms);  // without a writer, `awaited` is no wait
        }
    }
}

std::string read_whole(const Input& input, const std::string& path, const std::string& where,
                       long long size) {
    std::string text(static_cast<std::size_t>(size), '\0');
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t got = ::read(input.descriptor(), text.data() + done, text.size() - done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            refuse(path, got == 0 ? "it ends before its size" : std::strerror(errno), where);
        }
        done += static_cast<std::size_t>(got);
    }
    return text;
}

}  // namespace

std::string read_file(const std::string& path, const std::string& where, long long largest) {
    const Input input(path);
    struct stat status {};
    if (input.descriptor() < 0 || ::fstat(input.descriptor(), &status) != 0) {
        refuse(path, "", where);
    }
    if (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) || ::isatty(input.descriptor()) != 0 ||
        (S_ISREG(status.st_mode) && is_standard_input(path))) {
        return read_stream(input, path, where, largest);
    }
    if (!S_ISREG(status.st_mode)) {  // a folder, a device without an end
        refuse(path, "", where);
    }
    if (status.st_size > largest) {
        throw InputError("'" + printable(path) + "' has " + std::to_string(status.st_size) + " bytes", where,
                         "at most " + std::to_string(largest));
    }
    return read_whole(input, path, where, status.st_size);
}

}  // namespace ncverify::files
