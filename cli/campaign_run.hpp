// ncverify campaign run, by whoever does the tasks.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "campaign/crew.hpp"
#include "campaign/run.hpp"
#include "cli/campaign_arguments.hpp"
#include "files/json.hpp"

namespace ncverify::cli {

/// Who does the tasks of a plan; made once the campaign is this process's own.
using MakeHands = std::function<std::unique_ptr<campaign::Hands>(const campaign::Plan& plan)>;

/// Throws InputError, before anything is begun, where a campaign's files cannot be written to this folder.
void require_campaign_folder(const std::filesystem::path& folder);

/// Writes a campaign's status to its folder, and prints it: the document, or the lines for people.
void tell_status(const CampaignArguments& arguments, const Json& status, const std::string& lines);

/// Begins or resumes the campaign, as its owner, and prints how far it has come.
/// @returns the program's status: of a complete campaign that of its verdicts, 3 out of time, 130 interrupted
int run_campaign(const CampaignArguments& arguments, const MakeHands& make_hands);

/// How a run ended, in the word of status.json.
const char* state_of(campaign::Ending ending);

/// What is said when a run is interrupted.
extern const char* const campaign_notice;

}  // namespace ncverify::cli
