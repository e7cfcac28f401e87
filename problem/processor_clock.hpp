// The processor time of the calling thread, as a clock: what others run on the machine does not count.
#pragma once

#include <chrono>
#include <ctime>

namespace ncverify {

/// A clock for <chrono>. The solver and the checker work in the thread that calls them, so that this is all
/// of their work; on an idle machine it is the time that passes.
struct ProcessorClock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<ProcessorClock>;
    static constexpr bool is_steady = true;

    static time_point now() noexcept {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return time_point(std::chrono::seconds(time.tv_sec) + duration(time.tv_nsec));
    }
};

/// Seconds of the calling thread's processor time since `start`.
inline double seconds_since(ProcessorClock::time_point start) {
    return std::chrono::duration<double>(ProcessorClock::now() - start).count();
}

}  // namespace ncverify
