// Trajectory page: a training beside the theorem, snapshot by snapshot, for people.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "files/json.hpp"

namespace ncverify::reports {

/// A run by its name, and its trajectory.json.
struct NamedTrajectory {
    std::string name;
    Json document;
};

/// The HTML page of one trajectory, or of two side by side.
std::string trajectory_page(const std::vector<NamedTrajectory>& runs);

}  // namespace ncverify::reports
