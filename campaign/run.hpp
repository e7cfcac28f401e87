// Run: the owner's loop. It hands out tasks and writes down what comes back.
#pragma once

#include <atomic>
#include <functional>

#include "campaign/crew.hpp"
#include "campaign/standing.hpp"
#include "campaign/store.hpp"

namespace ncverify::campaign {

/// How a run ended.
enum class Ending { complete, out_of_time, interrupted };

/// What a run has done since it began.
struct Session {
    double seconds = 0;        ///< of the clock
    double busy_seconds = 0;   ///< of all threads, on tasks that are written down
    double write_seconds = 0;  ///< of the owner, on transactions
    long cases = 0, blocks = 0, transactions = 0;
    int threads = 0;
    Messages messages;
    /// Of the time that its threads had, the share that went into tasks that are not written down, waiting
    /// and writing.
    double share_outside() const;
};

/// Works on the campaign until it is complete, the time is over (what is in hand is finished) or `stop` (what
/// is in hand is given up). Tells `watch` after every transaction, and at the end.
/// @param seconds  0: no limit
Ending run(Store& store, const Shard& shard, Hands& hands, double seconds, const std::atomic<bool>& stop,
           const std::function<void(const Schedule&, const Session&)>& watch);

}  // namespace ncverify::campaign
