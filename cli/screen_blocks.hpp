// Between a screen and a campaign's file: what is screened, as the numbers that add up there, and back.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "campaign/screen_store.hpp"
#include "cli/campaign_arguments.hpp"
#include "screen/rejudge.hpp"

namespace ncverify::cli {

/// A screen's campaign.
struct ScreenCampaign {
    screen::ScreenOptions options;  ///< of all of its cases
    std::string precision;          ///< "float32" or "float64"
    long digits = 50;               ///< that suspects are judged with
    campaign::ScreenPlan plan;
};

/// The one that is asked for. Throws InputError.
ScreenCampaign asked_screen(const CampaignArguments& arguments);

/// The one that a file was begun with. Throws InputError naming `where` for settings that this version does
/// not make.
ScreenCampaign stored_screen(const campaign::ScreenPlan& plan, const std::string& where);

/// Screens cases `begin` up to `end` and judges their suspects again. None where `stop` became true before.
std::optional<campaign::ScreenBlock> screen_block(const ScreenCampaign& campaign, long begin, long end,
                                                  const std::atomic<bool>& stop);

/// What a screen of all these cases at once would have found.
struct ScreenOutcome {
    screen::ScreenOptions options;  ///< with the device
    screen::ScreenResult result;    ///< in the seconds that one thread would have needed
    std::vector<screen::Ruling> rulings;
};
ScreenOutcome outcome_of(const ScreenCampaign& campaign, const campaign::ScreenStore& store);

}  // namespace ncverify::cli
