// ncverify campaign, where the cases are those of a screen.
#pragma once

#include "cli/campaign_arguments.hpp"

namespace ncverify::cli {

/// Begins or resumes the campaign, as its owner, and prints how far it has come.
/// @returns the program's status: of a complete campaign (or shard) that of `ncverify screen`, 3 out of time,
/// 130 interrupted
int run_screen_campaign(const CampaignArguments& arguments);

/// `campaign status`, `report`, `cases` or `merge` of such campaigns.
int look_at_screen_campaign(const CampaignArguments& arguments);

}  // namespace ncverify::cli
