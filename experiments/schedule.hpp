// Which epochs are remarkable: snapshots thin out geometrically, metrics and checkpoints come at intervals.
#pragma once

namespace ncverify::experiments {

/// Whether the network is saved after so many epochs: 0, 1, 2, .. 6, and on by a fifth each time (about 45 of
/// 4000); before and after the learning rate drops, and at the end.
bool is_snapshot(long epoch, long drop_epoch, long epochs);

/// Whether the metrics are computed: at every multiple of `every`, and wherever a snapshot is saved.
bool is_measured(long epoch, long every, long drop_epoch, long epochs);

}  // namespace ncverify::experiments
