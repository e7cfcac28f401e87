// What `ncverify campaign` and `ncverify-mpi campaign` are asked for.
#pragma once

#include <string>
#include <vector>

#include "campaign/plan.hpp"
#include "campaign/standing.hpp"
#include "cli/campaign_option_table.hpp"
#include "cli/options.hpp"
#include "cli/screen_arguments.hpp"

namespace ncverify::cli {

struct CampaignArguments {
    CommonOptions common;
    ScreenChoices screen;
    Given action{option::campaign_action};
    std::vector<std::string> folders;
    Given paper{option::paper}, random{option::campaign_random}, claims{option::campaign_claims},
        search{option::verify_search}, block{option::campaign_block}, shard{option::campaign_shard},
        time{option::campaign_time}, out{option::campaign_out}, claim{option::campaign_claim},
        hardest{option::campaign_hardest};
};

void add_campaign_options(CLI::App& command, CampaignArguments& arguments);

/// Throws InputError for what the action takes no notice of, for a missing option, and for too few folders.
void check_action(const CampaignArguments& arguments);

/// The plan that `run` is asked for. Throws InputError.
campaign::Plan asked_plan(const CampaignArguments& arguments);
campaign::Shard asked_shard(const CampaignArguments& arguments);
/// Cases of a block, `usual` where nothing is asked for.
long block_size(const CampaignArguments& arguments, long usual);

}  // namespace ncverify::cli
