// Status: how far a campaign is, for whoever looks on. DIR/status.json appears whole, once a second or less.
#pragma once

#include <filesystem>
#include <string>

#include "campaign/run.hpp"
#include "files/json.hpp"

namespace ncverify::campaign {

/// DIR/status.json.
std::filesystem::path status_path(const std::filesystem::path& folder);

/// Everything but the session that is running: done and planned, verdicts so far, what is refuted, coverage
/// still open, the slowest cases.
Json status_json(const Plan& plan, const Standing& standing, const Schedule& schedule);

/// The same with a session under "session": rate, time left, the share of its time spent outside cases.
Json status_json(const Plan& plan, const Standing& standing, const Schedule& schedule, const Session& session,
                 const std::string& state);

/// How a session goes, for "session". @param tasks_left  of the campaign
Json session_json(const Session& session, long tasks_left);

/// Adds to a document what DIR/status.json tells of the session, of its shard, and of the state of what is
/// not complete. The campaign itself is in the store: where that file is damaged, nothing is added.
/// @returns what is wrong with it, for people; "" where nothing is
std::string add_told(Json& status, const std::filesystem::path& folder);

/// A document's state for people: "complete", "complete (shard 1/3)".
std::string state_text(const Json& status);

/// A document's session as a line for people; "" where it has none.
std::string session_text(const Json& status);

/// The document of `status_json` in lines for people.
std::string status_text(const Json& status);

}  // namespace ncverify::campaign
