// Screens: what the report tells of `ncverify screen`, whose millions of cases stand beside the trial's.
#pragma once

#include <filesystem>
#include <string>

#include "files/json.hpp"

namespace ncverify::reports {

/// What is kept of a screen's JSON: all but its rulings, its speed and its timing (report.schema.json). Of
/// what was kept once, the same again. Throws nlohmann::json::exception or InputError where `screen` is none.
Json screen_summary(const Json& screen);

/// The summary of a file that `ncverify screen` wrote. Throws InputError naming `path`.
Json read_screen(const std::filesystem::path& path);

/// Adds `more` to `screens`, of the same cases (seed, precision and shape) only the one that went further
/// (screen::unite).
void unite_screens(Json& screens, const Json& more);

/// "5000000 configurations in floating point, 31 suspects judged again: all explained, none against a claim";
/// empty where nothing was screened. Of an interrupted screen not all suspects were judged, and the text says
/// so.
std::string screens_text(const Json& screens);

}  // namespace ncverify::reports
