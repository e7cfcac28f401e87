#include "cli/threads.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>

#include <algorithm>
#include <latch>
#include <system_error>
#include <thread>
#include <vector>

namespace ncverify::cli {

namespace {

// How many of `wanted` threads can live at the same time.
int creatable(int wanted) {
    std::latch counted(1);
    std::vector<std::thread> threads;
    threads.reserve(static_cast<std::size_t>(wanted));
    try {
        while (static_cast<int>(threads.size()) < wanted) {
            threads.emplace_back([&counted] { counted.wait(); });
        }
    } catch (const std::system_error&) {
        // Refused: these are all.
    }
    counted.count_down();
    for (std::thread& thread : threads) {
        thread.join();
    }
    return static_cast<int>(threads.size());
}

// The calling thread works too. Two of those that can be had are left to the watch over signals and to the
// display of progress.
int find_usable() {
    const int cores = std::max(1, tbb::info::default_concurrency());
    const int others = creatable(cores + 1);
    return others == cores + 1 ? cores : std::max(1, others - 1);
}

}  // namespace

int usable_threads() {
    static const int usable = find_usable();
    static const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                           static_cast<std::size_t>(usable));
    return usable;
}

}  // namespace ncverify::cli
