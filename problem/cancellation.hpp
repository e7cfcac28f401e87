// Cancellation: long work that is given up because its caller no longer wants it.
#pragma once

#include <atomic>

namespace ncverify {

/// Thrown where work is given up. No std::exception, so that nothing that deals with failures takes it for
/// one.
struct Cancelled {};

/// What asks this thread to give up its work once it is true; null where nothing does. For work that goes on
/// in other threads.
const std::atomic<bool>* cancellation_flag();

/// Throws Cancelled where this thread's flag is set. Loops that may take long call it once a round.
void give_up_if_cancelled();

/// For as long as it lives, `flag`, which must live as long, can cancel the work of this thread.
class CancelWith {
  public:
    explicit CancelWith(const std::atomic<bool>* flag);
    CancelWith(const CancelWith&) = delete;
    CancelWith& operator=(const CancelWith&) = delete;
    ~CancelWith();

  private:
    const std::atomic<bool>* before_;
};

}  // namespace ncverify
