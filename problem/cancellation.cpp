#include "problem/cancellation.hpp"

namespace ncverify {

namespace {

thread_local const std::atomic<bool>* cancelled_by = nullptr;

}  // namespace

const std::atomic<bool>* cancellation_flag() {
    return cancelled_by;
}

void give_up_if_cancelled() {
    if (cancelled_by != nullptr && cancelled_by->load(std::memory_order_relaxed)) {
        throw Cancelled();
    }
}

CancelWith::CancelWith(const std::atomic<bool>* flag) : before_(cancelled_by) {
    cancelled_by = flag;
}

CancelWith::~CancelWith() {
    cancelled_by = before_;
}

}  // namespace ncverify
