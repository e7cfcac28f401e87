#include "cli/interruption.hpp"

#include <semaphore.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <exception>
#include <iostream>
#include <mutex>
#include <string_view>
#include <system_error>
#include <thread>

#include "cli/messages.hpp"
#include "cli/options.hpp"
#include "cli/progress.hpp"
#include "files/atomic_file.hpp"

namespace ncverify::cli {

namespace {

constexpr int signals[] = {SIGINT, SIGTERM, SIGHUP};
constexpr long same_within = 2;  // seconds, where a launcher passes signals on
constexpr std::chrono::seconds grace{10};
constexpr const char* usual_notice =
    "\nncverify: interrupted: the cases in flight are finished, for at most 10 seconds, and reported; a second "
    "signal leaves at once\n";

constexpr std::string_view lost =
    "ncverify: interrupted: left at once; what was not yet written or printed is lost\n";

void put(std::string_view text) {
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

// What a handler may touch.
std::atomic<bool> stop_requested{false};
std::atomic<bool> finishing{false};  // an Interruption lives
std::atomic<const char*> notice{usual_notice};
std::atomic<bool> repeats_are_one{false};
std::atomic<long> first_at{0};  // seconds
sem_t first_signal;

[[noreturn]] void leave() {
    end_progress();
    files::discard_temporary_files();
    _exit(status_interrupted);
}

long seconds_now() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

void handle(int) {
    const int error = errno;
    if (repeats_are_one && stop_requested && seconds_now() - first_at <= same_within) {
        return;
    }
    if (!finishing || stop_requested.exchange(true)) {
        end_progress();
        put(lost);
        leave();
    }
    first_at = seconds_now();
    clear_progress_bar();
    put(notice.load());
    ::sem_post(&first_signal);
    errno = error;
}

}  // namespace

void leave_on_signals(Sender sender) {
    repeats_are_one = sender == Sender::launcher;
    ::sem_init(&first_signal, 0, 0);
    struct sigaction ours {};
    ours.sa_handler = handle;
    ours.sa_flags = SA_RESTART;
    for (const int signal : signals) {
        struct sigaction inherited {};
        if (::sigaction(signal, nullptr, &inherited) == 0 && inherited.sa_handler != SIG_IGN) {
            ::sigaction(signal, &ours, nullptr);
        }
    }
    if (sender == Sender::launcher) {
        ::sigaction(SIGUSR1, &ours, nullptr);
    }
    ::signal(SIGXFSZ, SIG_IGN);
}

void ignore_signals() {
    for (const int signal : signals) {
        ::signal(signal, SIG_IGN);
    }
    ::signal(SIGUSR1, SIG_IGN);
}

// Waits for the first signal, then for the end of the work or of its grace.
class Interruption::Watch {
  public:
    Watch() {
        try {
            thread_ = std::thread([this] { wait(); });
        } catch (const std::system_error&) {
            // No thread is to be had: then nothing is given up, and a second signal still leaves.
        }
    }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch() {
        end();
        if (thread_.joinable()) {
            ::sem_post(&first_signal);
            thread_.join();
        }
    }
    void report_by(std::function<void()> report) {
        const std::lock_guard lock(mutex_);
        report_ = std::move(report);
    }
    void end() {
        {
            const std::lock_guard lock(mutex_);
            ended_ = true;
        }
        changed_.notify_all();
    }

  private:
    void wait() {
        while (::sem_wait(&first_signal) != 0 && errno == EINTR) {
        }
        std::unique_lock lock(mutex_);
        if (changed_.wait_for(lock, grace, [&] { return ended_; })) {
            return;
        }
        end_progress();
        say("not finished within 10 seconds: what was finished before is reported");
        // Under the lock, so that the work's own end waits for the program's.
        try {
            if (report_) {
                report_();
            }
        } catch (const std::exception& error) {
            say(error.what());
        }
        std::cout << std::flush;
        leave();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::function<void()> report_;
    bool ended_ = false;
    std::thread thread_;
};

Interruption::Interruption() : Interruption(usual_notice) {}

Interruption::Interruption(const char* said) : watch_(std::make_unique<Watch>()) {
    notice = said;
    finishing = true;
}

Interruption::~Interruption() {
    finishing = false;
}

const std::atomic<bool>& Interruption::requested() const {
    return stop_requested;
}

void Interruption::if_given_up(std::function<void()> report) {
    watch_->report_by(std::move(report));
}

void Interruption::work_has_ended() {
    watch_->end();
}

}  // namespace ncverify::cli
