// screen.json: written and read here alone. Schema of what a report keeps of it: reports/report.schema.json.
#pragma once

#include <filesystem>
#include <vector>

#include "files/json.hpp"
#include "screen/record.hpp"

namespace ncverify::screen {

/// The record alone: what a report keeps of a screen.
Json to_json(const ScreenRecord& record);

/// The document that `ncverify screen` prints: the record, the screen's speed and timing, and its rulings, a
/// thousand at most.
Json to_json(const ScreenRecord& record, const ScreenResult& result, const std::vector<Ruling>& rulings,
             const ScreenOptions& options);

/// The point of a suspect: its shape, how the descent ended and how accurate it is. Nothing is rounded.
Json to_json(const Suspect& suspect);
/// The suspect, but for its number and its claims. Throws nlohmann::json::exception or InputError for what
/// that did not make.
Suspect parse_suspect(const Json& json);

/// The record in either of these documents. Throws nlohmann::json::exception or InputError where `json` is
/// neither.
ScreenRecord parse_record(const Json& json);

/// The record in a file that `ncverify screen` wrote. Throws InputError naming `path`.
ScreenRecord read_record(const std::filesystem::path& path);

}  // namespace ncverify::screen
