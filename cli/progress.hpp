// Progress: what a command shows on standard error while it works.
#pragma once

#include <memory>
#include <string>

#include "problem/progress.hpp"

namespace ncverify::cli {

/// Shows, for as long as it lives, how far the work is, how long it has taken and, where that can be said,
/// how long the part in hand will still take. On a terminal a bar, from one second on; elsewhere a plain line
/// after ten seconds, and again whenever twice as long has passed, or ten minutes. One at a time. All of it
/// may be told from any thread.
class Progress {
  public:
    Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress();

    /// So many of those planned are done of the part of the work called `part` ("cases"), or such a share of
    /// 1; 0 planned: not known. Another name begins another part. What work on this thread notes
    /// (problem/progress.hpp) is shown likewise.
    void show(const std::string& part, double done, double planned);

  private:
    class Display;
    std::unique_ptr<Display> display_;
    ProgressWatcher watcher_;
    WatchProgress watching_;
};

/// What `work` returns, shown while it works on this thread.
template <typename Work>
auto with_progress(const Work& work) {
    const Progress progress;
    return work();
}

/// Takes the bar away, if there is one, so that something else can be said; it comes back by itself. May be
/// called from a signal handler.
void clear_progress_bar();
/// Takes it away for good: the program is about to leave.
void end_progress();

}  // namespace ncverify::cli
