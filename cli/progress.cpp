#include "cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

#include "cli/messages.hpp"
#include "cli/terminal.hpp"
#include "reports/layout.hpp"

namespace ncverify::cli {

namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr Seconds first_bar{1}, bar_every{0.2}, first_line{15}, most_between_lines{600};
constexpr Seconds least_to_extrapolate{1};
constexpr std::size_t least_bar = 10, most_bar = 40;

// What a handler may touch.
std::atomic<bool> bar_stands{false};
std::atomic<bool> ended{false};

void put(const std::string& text) {
    const int error = errno;
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
    errno = error;
}

// "12 s", "3 min 20 s", "2 h 5 min".
std::string duration_text(Seconds duration) {
    const auto whole = static_cast<long long>(duration.count() + 0.5);
    return whole < 60     ? fmt::format("{} s", whole)
           : whole < 3600 ? fmt::format("{} min {} s", whole / 60, whole % 60)
                          : fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

}  // namespace

// The thread that shows, and what there is to show.
class Progress::Display {
  public:
    Display() {
        try {
            thread_ = std::thread([this] { run(); });
        } catch (const std::system_error&) {
            // No thread is to be had: then the work is done without a word.
        }
    }
    Display(const Display&) = delete;
    Display& operator=(const Display&) = delete;
    ~Display() {
        {
            const std::lock_guard lock(mutex_);
            finished_ = true;
        }
        changed_.notify_all();
        if (thread_.joinable()) {
            thread_.join();
        }
        clear_progress_bar();
    }

    void show(const std::string& part, double done, double planned) {
        const std::lock_guard lock(mutex_);
        if (part != part_) {
            part_ = part;
            part_start_ = Clock::now();
        }
        done_ = done;
        planned_ = planned;
    }

  private:
    void run() {
        const Clock::time_point start = Clock::now();
        Seconds next = terminal_ ? first_bar : first_line;
        std::unique_lock lock(mutex_);
        while (true) {
            const auto when = start + std::chrono::duration_cast<Clock::duration>(next);
            if (changed_.wait_until(lock, when, [&] { return finished_; })) {
                return;
            }
            const Seconds elapsed = Clock::now() - start;
            if (ended) {
                return;
            }
            if (terminal_) {
                bar_stands = true;  // before it does: a signal may come as soon as it is seen
                put("\r" + bar(elapsed) + "\033[K");
                next = elapsed + bar_every;
            } else {
                say(words(elapsed));
                next = elapsed + std::min(elapsed, most_between_lines);
            }
        }
    }

    double share() const { return planned_ > 0 ? std::clamp(done_ / planned_, 0.0, 1.0) : -1; }

    // "cases: 123 of 400, 12 s, about 30 s left"
    std::string words(Seconds elapsed) const {
        std::string text = part_.empty() ? "working" : part_;
        if (planned_ > 0) {
            text += planned_ == 1 ? fmt::format(": {:.0f} %", std::floor(100 * share()))
                                  : fmt::format(": {:.0f} of {:.0f}", done_, planned_);
        }
        text += ", " + duration_text(elapsed);
        const Seconds here = Clock::now() - part_start_;
        if (share() > 0 && share() < 1 && here > least_to_extrapolate) {
            text += ", about " + duration_text(here * ((1 - share()) / share())) + " left";
        }
        return text;
    }

    // One line, not wider than the terminal: the words, and a bar where there is room for one.
    std::string bar(Seconds elapsed) const {
        const std::size_t columns = terminal_columns(STDERR_FILENO) - 1;
        const std::string said = words(elapsed);
        const std::size_t taken = reports::columns_of(said) + 3;
        if (share() < 0 || columns < taken + least_bar) {
            return said.substr(0, columns);
        }
        const std::size_t width = std::min(columns - taken, most_bar);
        const auto filled = static_cast<std::size_t>(share() * static_cast<double>(width));
        return "[" + std::string(filled, '=') + std::string(width - filled, ' ') + "] " + said;
    }

    const bool terminal_ = is_terminal(STDERR_FILENO);
    std::mutex mutex_;  // guards what follows
    std::condition_variable changed_;
    std::string part_;
    double done_ = 0, planned_ = 0;
    Clock::time_point part_start_ = Clock::now();
    bool finished_ = false;
    std::thread thread_;
};

Progress::Progress()
    : display_(std::make_unique<Display>()),
      watcher_([this](const std::string& part, double share) { show(part, share, share < 0 ? 0 : 1); }),
      watching_(&watcher_) {}

Progress::~Progress() = default;

void Progress::show(const std::string& part, double done, double planned) {
    display_->show(part, done, planned);
}

void clear_progress_bar() {
    if (bar_stands.exchange(false)) {
        const int error = errno;
        [[maybe_unused]] const auto written = ::write(STDERR_FILENO, "\r\033[K", 4);
        errno = error;
    }
}

void end_progress() {
    ended = true;
    clear_progress_bar();
}

}  // namespace ncverify::cli
