// ncverify measure of many snapshots: one document, one table, one page.
#pragma once

#include "cli/options.hpp"
#include "measure/trajectory.hpp"

namespace ncverify::cli {

/// What was asked for.
struct TrajectoryRequest {
    measure::SnapshotFiles files;
    measure::TrajectorySettings settings;
    bool json = false;
    std::string folder;  ///< for trajectory.json, trajectory.csv and index.html; "": none
    std::string beside;  ///< trajectory.json of another run, drawn beside this one; "": none
};

/// The names of its files.
const std::vector<std::string>& trajectory_files();

/// Measures, writes, prints. Returns the exit status.
int run_trajectory(const TrajectoryRequest& request);

}  // namespace ncverify::cli
