// The way down from a local minimum: the loss while coordinates merge, and on the descent after that.
#pragma once

#include <cstdint>
#include <string>

#include "files/json.hpp"
#include "problem/configuration.hpp"

namespace ncverify::reports {

/// From where the first of a row of plain descents stands still with a dead class, or with shared
/// coordinates and none dead: {"name","config","serves":[counts of the classes that each coordinate
/// serves],"merging":[losses],"down":[losses, step by step]}; null where no descent ended so.
Json way_down(const std::string& name, const Configuration& configuration, bool shared, std::uint64_t seed);

}  // namespace ncverify::reports
