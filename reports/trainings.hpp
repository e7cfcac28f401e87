// Trainings: what the report tells of trained networks that `ncverify measure` held against the theorem.
#pragma once

#include <filesystem>
#include <string>

#include "files/json.hpp"

namespace ncverify::reports {

/// What is kept of a training: its last snapshot's gap in parts, NC1 to NC3, dead classes, and where its own
/// page is (report.schema.json). Of what was kept once, the same again. Throws nlohmann::json::exception or
/// InputError where `training` is none.
Json training_summary(const Json& training);

/// The summary of a trajectory.json that `ncverify measure` wrote.
/// @param beside  the folder of the report, from which the training's page is linked; empty: not at all
/// Throws InputError naming `path`.
Json read_training(const std::filesystem::path& path, const std::filesystem::path& beside);

/// Adds a training to a report's; one that is there already is not shown twice.
void add_training(nlohmann::ordered_json& trainings, const Json& training);

/// The links of a report's trainings, as the report stands in another folder: to the same pages where they
/// are there, else none.
void move_pages(nlohmann::ordered_json& trainings, const std::filesystem::path& from,
                const std::filesystem::path& to);

/// A line of Markdown for each; empty where there are none.
std::string trainings_text(const Json& trainings);

}  // namespace ncverify::reports
