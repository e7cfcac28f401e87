// The training itself: epochs of minibatches, snapshots, metrics, checkpoints; goes on where it stopped.
#pragma once

#include <filesystem>
#include <functional>

#include "experiments/metrics.hpp"
#include "experiments/subset.hpp"

namespace ncverify::experiments {

/// What is trained on.
struct Data {
    long channels = 0, height = 0, width = 0;  ///< of an image
    Subset subset = {};
    Inputs inputs = {};
};

/// What is told after a measured epoch.
struct Moment {
    long epoch = 0;
    const Metrics& metrics;
    double seconds_left = 0;  ///< as the epochs of this call went; 0 at the end
};

struct Outcome {
    long epoch = 0;         ///< whole epochs that are done
    bool finished = false;  ///< all of them
    /// Of this call: processor time, of all threads.
    double training_seconds = 0, metrics_seconds = 0;
};

struct Watch {
    std::function<bool()> stop;  ///< asked after every minibatch
    std::function<void(const Moment&)> told;
    std::function<void(long)> resumed;  ///< told the epoch of the checkpoint that this goes on from
};

/// Trains from the checkpoint in `folder`, or from the start where there is none, until all epochs are done,
/// `until` epochs are, or a stop is asked for; then writes a checkpoint. Every file appears whole or not at
/// all: checkpoint.pt, metrics.csv, epoch-00000.npz and on (H, Y, W of a moment). With the same settings,
/// data, number of threads and machine their bytes are the same, however often the training stopped and went
/// on. Throws InputError where the checkpoint is unusable or of other settings, or where a file cannot be
/// written.
Outcome train(const Settings& settings, const Data& data, const std::filesystem::path& folder, long until,
              const Watch& watch);

/// How the settings of the run in `folder` differ from these; "" where they do not, or there is no run.
std::string difference_to_run(const std::filesystem::path& folder, const Settings& settings);

/// "1.13.0": what version of LibTorch trains.
std::string torch_version();

}  // namespace ncverify::experiments
