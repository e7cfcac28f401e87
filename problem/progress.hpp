// Progress: how far long work is, told to whoever watches.
#pragma once

#include <functional>
#include <string>

namespace ncverify {

/// Told a part of the work by name, and which share of it is done, in [0, 1]; below 0: not known. Must be
/// callable from any thread.
using ProgressWatcher = std::function<void(const std::string& part, double share)>;

/// What watches the work of this thread; null where nobody does. For work that goes on in other threads.
const ProgressWatcher* progress_watcher();

/// Tells this thread's watcher, where there is one. No result may depend on it. Throws Cancelled where this
/// thread's work is cancelled (problem/cancellation.hpp).
void note_progress(const std::string& part, double share);

/// For as long as it lives, `watcher`, which must live as long, watches this thread.
class WatchProgress {
  public:
    explicit WatchProgress(const ProgressWatcher* watcher);
    WatchProgress(const WatchProgress&) = delete;
    WatchProgress& operator=(const WatchProgress&) = delete;
    ~WatchProgress();

  private:
    const ProgressWatcher* before_;
};

}  // namespace ncverify
