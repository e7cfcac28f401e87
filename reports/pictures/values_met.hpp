// The values that plain descents met, with their blocks.
#pragma once

#include <cstdint>
#include <string>

#include "files/json.hpp"
#include "problem/configuration.hpp"

namespace ncverify::reports {

/// Where a row of plain descents ended, by loss from below: {"name","config","descents","rows":[{"blocks":
/// [{"classes":[counts],"coordinates":c}],"dead":[counts],"runs":..,"loss":"..","proven":..,"error":".."}]}.
/// Ends that differ by which of several equal classes plays which part are one row. A row's blocks are those
/// of its first end that can be refined, null where none can; "proven" says what properties::proven_value
/// shows its loss to be, and "error" how far apart the bounds are, both null where it shows nothing.
Json values_met(const std::string& name, const Configuration& configuration, std::uint64_t descents,
                std::uint64_t seed);

/// The rows of all tables as Markdown; empty where `pictures` has none.
std::string values_text(const Json& pictures);

}  // namespace ncverify::reports
