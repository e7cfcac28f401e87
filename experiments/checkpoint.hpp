// Checkpoints: where a training stands, so that it can go on as if it had never stopped.
#pragma once

#include <filesystem>
#include <string>

#include "experiments/descent.hpp"

namespace ncverify::experiments {

/// Beside weights and velocities. All randomness after the start derives from the seed and the epoch's number
/// (training.cpp), so that these are the random numbers' state too.
struct Place {
    long epoch = 0;        ///< whole epochs that are done
    long step = 0;         ///< minibatches of the next one that are done
    std::string settings;  ///< settings_json of the run, as text
    std::string metrics;   ///< metrics.csv so far
};

/// Writes everything to `path`, whole or not at all. Throws InputError where it cannot be written.
void write_checkpoint(const std::filesystem::path& path, const Place& place, Network& network,
                      Descent& descent);

/// Which settings a checkpoint is of, without a network. Throws InputError where it is damaged.
std::string checkpoint_settings(const std::filesystem::path& path);

/// Puts network and descent where they were. Throws InputError where the checkpoint is damaged or of another
/// network.
Place read_checkpoint(const std::filesystem::path& path, Network& network, Descent& descent);

}  // namespace ncverify::experiments
