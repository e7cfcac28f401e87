// Crew: who does a campaign's tasks, and the threads of one process that do.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "campaign/work.hpp"

namespace ncverify::campaign {

/// Findings that came from other processes.
struct Messages {
    long count = 0, bytes = 0;
    double seconds = 0;  ///< that the owner took to read them
};

/// Whoever does tasks, seen from the campaign's owner.
class Hands {
  public:
    Hands() = default;
    Hands(const Hands&) = delete;
    Hands& operator=(const Hands&) = delete;
    virtual ~Hands() = default;

    /// Whether another task would be begun soon.
    virtual bool idle() = 0;
    virtual void give(Task task) = 0;
    /// What was found since the last call; waits for something, at most so long.
    virtual std::vector<Finding> take(std::chrono::milliseconds patience) = 0;
    /// Gives up what is not done.
    virtual void stop() = 0;
    virtual int threads() const = 0;
    virtual Messages messages() const { return {}; }
};

/// Threads of this process, each with a task of its own, and one more task for each to begin with next.
class Crew : public Hands {
  public:
    Crew(const Plan& plan, int threads);
    ~Crew() override;

    bool idle() override;
    void give(Task task) override;
    /// Rethrows what a thread could not deal with.
    std::vector<Finding> take(std::chrono::milliseconds patience) override;
    void stop() override;
    int threads() const override { return static_cast<int>(threads_.size()); }

  private:
    void work_on();

    const Plan& plan_;
    std::atomic<bool> stop_{false};
    std::mutex mutex_;  // guards what follows
    std::condition_variable given_, found_;
    std::deque<Task> tasks_;
    std::size_t working_ = 0;
    std::vector<Finding> findings_;
    std::exception_ptr failure_;
    std::vector<std::thread> threads_;
};

}  // namespace ncverify::campaign
