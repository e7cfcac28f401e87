#include "problem/progress.hpp"

#include "problem/cancellation.hpp"

namespace ncverify {

namespace {

thread_local const ProgressWatcher* watching = nullptr;

}  // namespace

const ProgressWatcher* progress_watcher() {
    return watching;
}

void note_progress(const std::string& part, double share) {
    give_up_if_cancelled();
    if (watching != nullptr) {
        (*watching)(part, share);
    }
}

WatchProgress::WatchProgress(const ProgressWatcher* watcher) : before_(watching) {
    watching = watcher;
}

WatchProgress::~WatchProgress() {
    watching = before_;
}

}  // namespace ncverify
