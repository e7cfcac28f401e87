// Many snapshots of one network: which files belong together, and in which order they stand.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "measure/network_arrays.hpp"

namespace ncverify::measure {

/// One moment of a training.
struct Snapshot {
    std::string name;                 ///< of the file that differs from snapshot to snapshot, without folders
    std::optional<long long> number;  ///< the last one in that name: "epoch-0010.npz" has 10
    NetworkFiles files;
};

/// Several of each, as they were given.
struct SnapshotFiles {
    std::vector<std::string> features, labels, classifier, bias;
    std::optional<files::EightBitFloat> eight_bits = {};
};

/// Whether these are more than one network: a name several times, or one with a pattern.
bool are_several(const SnapshotFiles& given);

/// A name with *, ? or [ in its file part stands for all files that fit, FILE:KEY for that array of each, in
/// the order of the last number in their names, then of the names. Several names stay in the order given.
/// What is given once is of all snapshots. Throws InputError where a pattern fits no file, or where there are
/// not as many of one kind as of another.
std::vector<Snapshot> snapshots(const SnapshotFiles& given);

}  // namespace ncverify::measure
