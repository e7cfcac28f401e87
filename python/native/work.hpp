// Long work for a Python caller: in a thread of its own, so that Ctrl-C is heard and other threads go on.
#pragma once

#include <pybind11/pybind11.h>

#include <atomic>
#include <functional>
#include <type_traits>
#include <utility>

namespace ncverify::python {

/// Runs `task` in another thread, without the GIL, and waits for it. Where Python has a signal to handle
/// meanwhile and its handler raises (KeyboardInterrupt), the work is cancelled and that exception thrown;
/// else what the task throws. Touches no signal handler; the thread has ended when this returns.
/// @param cancelled  what cancels the task: set from here, watched by problem/cancellation.hpp
void run_cancellable(const std::function<void()>& task, std::atomic<bool>& cancelled);

/// What `task` returns, run as above.
template <typename Task>
auto cancellable(const Task& task, std::atomic<bool>& cancelled) {
    std::invoke_result_t<Task> result{};
    run_cancellable([&] { result = task(); }, cancelled);
    return result;
}
template <typename Task>
auto cancellable(const Task& task) {
    std::atomic<bool> cancelled{false};
    return cancellable(task, cancelled);
}

/// For work that uses a pool of threads. A process that was forked after its parent used the pool has none of
/// its threads and would wait for them forever: throws RuntimeError there.
void require_pool();

}  // namespace ncverify::python
