#include "experiments/stop.hpp"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <string_view>

#include "files/atomic_file.hpp"

namespace ncverify::experiments {

namespace {

std::atomic<bool> requested{false};

void put(std::string_view text) {
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

void handle(int) {
    const int error = errno;
    if (requested.exchange(true)) {
        put("ncverify-train: left at once; the same command goes on from the last checkpoint\n");
        files::discard_temporary_files();
        _exit(130);
    }
    put("\nncverify-train: stopping: a checkpoint is written; a second signal leaves at once\n");
    errno = error;
}

}  // namespace

void stop_on_signals() {
    struct sigaction ours {};
    ours.sa_handler = handle;
    ours.sa_flags = SA_RESTART;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction inherited {};
        if (::sigaction(signal, nullptr, &inherited) == 0 && inherited.sa_handler != SIG_IGN) {
            ::sigaction(signal, &ours, nullptr);
        }
    }
    ::signal(SIGXFSZ, SIG_IGN);
}

bool stop_requested() {
    return requested;
}

}  // namespace ncverify::experiments
