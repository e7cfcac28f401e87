#include "campaign/crew.hpp"

#include <system_error>

#include "problem/errors.hpp"

namespace ncverify::campaign {

Crew::Crew(const Plan& plan, int threads) : plan_(plan) {
    threads_.reserve(static_cast<std::size_t>(threads));
    try {
        while (static_cast<int>(threads_.size()) < threads) {
            threads_.emplace_back([this] { work_on(); });
        }
    } catch (const std::system_error&) {
        if (threads_.empty()) {
            throw InputError("no thread can be had", "--jobs", "a limit on processes that allows one more");
        }
    }
}

Crew::~Crew() {
    stop();
    for (std::thread& thread : threads_) {
        thread.join();
    }
}

void Crew::work_on() {
    std::unique_lock lock(mutex_);
    for (;;) {
        given_.wait(lock, [this] { return stop_ || !tasks_.empty(); });
        if (stop_) {
            return;
        }
        const Task task = std::move(tasks_.front());
        tasks_.pop_front();
        ++working_;
        lock.unlock();
        std::optional<Finding> finding;
        std::exception_ptr failure;
        try {
            finding = work(plan_, task, stop_);
        } catch (...) {
            failure = std::current_exception();
        }
        lock.lock();
        --working_;
        if (finding) {
            findings_.push_back(std::move(*finding));
        }
        failure_ = failure ? failure : failure_;
        found_.notify_one();
    }
}

bool Crew::idle() {
    const std::lock_guard lock(mutex_);
    return tasks_.size() + working_ < 2 * threads_.size();
}

void Crew::give(Task task) {
    {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(task));
    }
    given_.notify_one();
}

std::vector<Finding> Crew::take(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    found_.wait_for(lock, patience, [this] { return !findings_.empty() || failure_; });
    if (failure_) {
        std::rethrow_exception(failure_);
    }
    return std::exchange(findings_, {});
}

void Crew::stop() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    given_.notify_all();
}

}  // namespace ncverify::campaign
