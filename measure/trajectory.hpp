// A trajectory: the measurements of many snapshots, remembered, as trajectory.json and as a table.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "files/json.hpp"
#include "measure/measurement.hpp"
#include "measure/snapshots.hpp"

namespace ncverify::measure {

/// Most classes whose K x K matrices a trajectory holds: of 50 snapshots they are some megabytes.
inline constexpr std::size_t most_trajectory_classes = 40;

/// How the snapshots are measured: equal for all of them.
struct TrajectorySettings {
    Training training;
    int jobs = 0;
    bool matrices = true;  ///< the K x K matrices too, where there are few classes
};

/// trajectory.json of these snapshots: {"version", "training", "config", "trajectory": [..]}, each entry with
/// the keys of measure.json and its "name", "number" and "read_from"; trajectory.schema.json has them all. A
/// snapshot that `before` holds, read
/// from files of the same name, size and time and measured in the same way, is taken from there; every other
/// one is read.
/// @param before  an earlier trajectory.json, or null
/// @param watch   is given the trajectory of those that are known, before each other one that is read
/// Throws InputError where one is unusable, or has another number of classes than the first.
Json trajectory(const std::vector<Snapshot>& snapshots, const TrajectorySettings& settings,
                const Json& before, const std::function<void(const Json&)>& watch = {});

/// A measurement that was made elsewhere.
struct NamedMeasurement {
    std::string name;
    long long number = 0;  ///< an epoch
    std::string measured;  ///< measure.json
};

/// The trajectory of these, in their order; nothing is known of their files. Throws InputError, naming
/// `where`, where there is none, one is no measurement, or has another number of classes than the first.
Json trajectory_of(const std::vector<NamedMeasurement>& measurements, const std::string& where);

/// Reads trajectory.json. Throws InputError, naming `where`, where it is none.
Json parse_trajectory(const std::string& text, const std::string& where);

/// Its numbers as comma-separated values: a line for each snapshot, a column for each number,
/// "gap.terms.logits" by its place in the document.
std::string comma_separated(const Json& trajectory);

}  // namespace ncverify::measure
