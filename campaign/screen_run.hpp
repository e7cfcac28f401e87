// The run of a screen's campaign: threads take block after block; the owner writes down what they found.
#pragma once

#include <atomic>
#include <functional>
#include <optional>

#include "campaign/run.hpp"
#include "campaign/screen_store.hpp"
#include "campaign/standing.hpp"

namespace ncverify::campaign {

/// Does one block in the thread that calls it: cases `begin` up to `end`. None where `stop` became true
/// before it was done.
using ScreenWork =
    std::function<std::optional<ScreenBlock>(long begin, long end, const std::atomic<bool>& stop)>;

/// Blocks of the shard that are done, and all of them.
std::pair<long, long> blocks_of(const ScreenStore& store, const Shard& shard);

/// Works until every block of the shard is done, the time is over (blocks in hand are finished) or `stop`
/// (they are given up). Tells `watch` after every transaction, and at the end.
/// @param threads  as many as can be had, at least one
/// @param seconds  0: no limit
Ending run_screen(ScreenStore& store, const Shard& shard, int threads, double seconds,
                  const std::atomic<bool>& stop, const ScreenWork& work,
                  const std::function<void(const Session&)>& watch);

}  // namespace ncverify::campaign
