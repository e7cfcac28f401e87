#include "campaign/screen_run.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "problem/cancellation.hpp"
#include "problem/errors.hpp"

namespace ncverify::campaign {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds patience{50};  // between two looks at the clock and at `stop`

double since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// The threads. Whoever is free takes the next open block, so that nobody waits for the owner.
class Screeners {
  public:
    Screeners(const ScreenStore& store, const Shard& shard, const ScreenWork& work, int threads)
        : plan_(store.plan()), done_(store.done()), next_(shard.index), stride_(shard.count), work_(work) {
        const std::lock_guard lock(mutex_);  // nobody begins, or ends, before all are there
        try {
            while (static_cast<int>(threads_.size()) < threads) {
                threads_.emplace_back([this] { work_on(); });
            }
        } catch (const std::system_error&) {
            if (threads_.empty()) {
                throw InputError("no thread can be had", "--jobs",
                                 "a limit on processes that allows one more");
            }
        }
        working_ = threads_.size();
    }
    Screeners(const Screeners&) = delete;
    Screeners& operator=(const Screeners&) = delete;
    ~Screeners() {
        give_up();
        for (std::thread& thread : threads_) {
            thread.join();
        }
    }

    int threads() const { return static_cast<int>(threads_.size()); }
    void give_up() { stop_ = true; }        ///< what is in hand is lost
    void begin_no_more() { last_ = true; }  ///< what is in hand is finished

    /// What was done since the last call; waits for something. Rethrows what a thread could not deal with.
    std::vector<ScreenBlock> take() {
        std::unique_lock lock(mutex_);
        change_.wait_for(lock, patience, [this] { return !blocks_.empty() || working_ == 0 || failure_; });
        if (failure_) {
            std::rethrow_exception(failure_);
        }
        return std::exchange(blocks_, {});
    }
    /// Whether every thread has come to its end, and all that was done is taken.
    bool ended() {
        const std::lock_guard lock(mutex_);
        return working_ == 0 && blocks_.empty();
    }

  private:
    std::optional<long> next_block() {
        while (next_ < plan_.blocks() && done_.count(next_) > 0) {
            next_ += stride_;
        }
        if (stop_ || last_ || next_ >= plan_.blocks()) {
            return std::nullopt;
        }
        return std::exchange(next_, next_ + stride_);
    }

    void work_on() {
        std::unique_lock lock(mutex_);
        while (const std::optional<long> number = next_block()) {
            lock.unlock();
            std::optional<ScreenBlock> block;
            std::exception_ptr failure;
            try {
                block = do_block(*number);
            } catch (...) {
                failure = std::current_exception();
            }
            lock.lock();
            if (block) {
                blocks_.push_back(std::move(*block));
            }
            failure_ = failure ? failure : failure_;
            change_.notify_all();
        }
        --working_;
        change_.notify_all();
    }

    std::optional<ScreenBlock> do_block(long number) {
        const Clock::time_point clock = Clock::now();
        const long begin = number * plan_.block_size, end = std::min(begin + plan_.block_size, plan_.cases);
        try {
            const CancelWith cancel(&stop_);
            std::optional<ScreenBlock> block = work_(begin, end, stop_);
            if (block) {
                block->number = number;
                block->cases = end - begin;
                block->seconds = since(clock);
            }
            return block;
        } catch (const Cancelled&) {
            return std::nullopt;
        }
    }

    const ScreenPlan& plan_;
    const std::set<long> done_;  // when the run began
    long next_, stride_;
    const ScreenWork& work_;
    std::atomic<bool> stop_{false}, last_{false};
    std::mutex mutex_;  // guards next_ and what follows
    std::condition_variable change_;
    std::size_t working_ = 0;
    std::vector<ScreenBlock> blocks_;
    std::exception_ptr failure_;
    std::vector<std::thread> threads_;
};

}  // namespace

std::pair<long, long> blocks_of(const ScreenStore& store, const Shard& shard) {
    const long all = store.plan().blocks();
    long done = 0;
    for (const long number : store.done()) {
        done += number % shard.count == shard.index ? 1 : 0;
    }
    return {done, all > shard.index ? (all - shard.index + shard.count - 1) / shard.count : 0};
}

Ending run_screen(ScreenStore& store, const Shard& shard, int threads, double seconds,
                  const std::atomic<bool>& stop, const ScreenWork& work,
                  const std::function<void(const Session&)>& watch) {
    const Clock::time_point begin = Clock::now();
    Session session;
    Screeners screeners(store, shard, work, threads);
    session.threads = screeners.threads();
    while (!screeners.ended()) {
        const std::vector<ScreenBlock> blocks = screeners.take();
        if (stop) {
            screeners.give_up();
        }
        if (seconds > 0 && since(begin) > seconds) {
            screeners.begin_no_more();
        }
        if (!blocks.empty()) {
            const Clock::time_point clock = Clock::now();
            store.add(blocks);
            session.write_seconds += since(clock);
            ++session.transactions;
            for (const ScreenBlock& block : blocks) {
                ++session.blocks;
                session.busy_seconds += block.seconds;
                session.cases += block.cases;
            }
            session.seconds = since(begin);
            watch(session);
        }
    }
    session.seconds = since(begin);
    watch(session);
    const auto [done, all] = blocks_of(store, shard);
    return done == all ? Ending::complete : stop ? Ending::interrupted : Ending::out_of_time;
}

}  // namespace ncverify::campaign
