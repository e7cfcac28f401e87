#include "experiments/schedule.hpp"

namespace ncverify::experiments {

bool is_snapshot(long epoch, long drop_epoch, long epochs) {
    if (epoch == 0 || epoch == drop_epoch || epoch == epochs) {
        return true;
    }
    long next = 1;
    while (next < epoch) {
        next += next < 5 ? 1 : next / 5;
    }
    return next == epoch;
}

bool is_measured(long epoch, long every, long drop_epoch, long epochs) {
    return epoch % every == 0 || is_snapshot(epoch, drop_epoch, epochs);
}

}  // namespace ncverify::experiments
