#include "python/native/work.hpp"

#include <flint/flint.h>
#include <mpfr.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "problem/cancellation.hpp"

namespace ncverify::python {

namespace {

// A person does not notice; the interpreter is asked this often.
constexpr std::chrono::milliseconds between_checks{20};

struct Outcome {
    std::mutex mutex;
    std::condition_variable changed;
    bool finished = false;
    std::exception_ptr failure;
};

void work(const std::function<void()>& task, const std::atomic<bool>& cancelled, Outcome& outcome) {
    std::exception_ptr failure;
    try {
        const CancelWith cancel(&cancelled);
        task();
    } catch (...) {
        failure = std::current_exception();
    }
    // What these keep for their thread would otherwise be lost with it.
    mpfr_free_cache();
    flint_cleanup();
    const std::lock_guard lock(outcome.mutex);
    outcome.finished = true;
    outcome.failure = failure;
    outcome.changed.notify_all();
}

}  // namespace

void run_cancellable(const std::function<void()>& task, std::atomic<bool>& cancelled) {
    Outcome outcome;
    bool interrupted = false;
    {
        const pybind11::gil_scoped_release others_may_run;
        std::thread worker([&] { work(task, cancelled, outcome); });
        std::unique_lock lock(outcome.mutex);
        while (!outcome.changed.wait_for(lock, between_checks, [&] { return outcome.finished; })) {
            if (interrupted) {
                continue;
            }
            lock.unlock();
            {
                const pybind11::gil_scoped_acquire python;
                interrupted = PyErr_CheckSignals() != 0;
            }
            lock.lock();
            cancelled = interrupted;
        }
        lock.unlock();
        worker.join();
    }
    if (interrupted) {
        throw pybind11::error_already_set();
    }
    if (outcome.failure) {
        std::rethrow_exception(outcome.failure);
    }
}

void require_pool() {
    static std::atomic<pid_t> owner{0};
    pid_t before = 0;
    if (!owner.compare_exchange_strong(before, getpid()) && before != getpid()) {
        PyErr_SetString(PyExc_RuntimeError,
                        "this process was forked after its parent used ncverify's threads, which it has not "
                        "inherited; start it with multiprocessing's 'spawn', or fork before the first "
                        "measure or verify");
        throw pybind11::error_already_set();
    }
}

}  // namespace ncverify::python
