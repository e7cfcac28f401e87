// The processor time of the calling thread, as a clock, and the seconds that any clock has counted.
#pragma once

#include <chrono>
#include <ctime>

namespace ncverify {

/// A clock for <chrono>: what others run on the machine does not count. The solver and the checker work in
/// the thread that calls them, so that this is all of their work; on an idle machine it is the time that
/// passes.
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

/// Seconds since `start` on the clock that it was read from.
template <typename Clock, typename Duration>
double seconds_since(std::chrono::time_point<Clock, Duration> start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace ncverify
