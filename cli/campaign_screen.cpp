#include "cli/campaign_screen.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "campaign/screen_run.hpp"
#include "campaign/screen_status.hpp"
#include "campaign/status.hpp"
#include "campaign/store_file.hpp"
#include "cli/campaign_run.hpp"
#include "cli/interruption.hpp"
#include "cli/messages.hpp"
#include "cli/outcome.hpp"
#include "cli/papers.hpp"
#include "cli/progress.hpp"
#include "cli/screen_blocks.hpp"
#include "files/atomic_file.hpp"
#include "problem/errors.hpp"
#include "screen/screen_json.hpp"

namespace ncverify::cli {

namespace {

constexpr const char* screen_file = "screen.json";
constexpr std::chrono::seconds between_statuses{1};

// Of a campaign whose blocks are done, as `ncverify screen` ends.
int status_of(const campaign::ScreenStore& store) {
    const auto& reasons = store.reasons();
    const bool against = reasons.contains(to_string(screen::Reason::confirmed)) ||
                         reasons.contains(to_string(screen::Reason::unexplained));
    return against ? status_differs : status_ok;
}

int print_status(const CampaignArguments& arguments) {
    const std::filesystem::path folder = arguments.folders.front();
    Json status = campaign::screen_status_json(*campaign::ScreenStore::read(folder), {});
    say_unless_empty(campaign::add_told(status, folder));
    std::cout << (arguments.common.json() ? status.dump(2) + "\n" : campaign::screen_status_text(status));
    return status_ok;
}

int write_report(const CampaignArguments& arguments) {
    arguments.out.require_folder({screen_file});
    const std::string& folder = arguments.folders.front();
    const auto store = campaign::ScreenStore::read(folder);
    const ScreenCampaign campaign = stored_screen(store->plan(), folder);
    const ScreenOutcome outcome = outcome_of(campaign, *store);
    const screen::ScreenRecord record =
        screen::record_of(outcome.result, outcome.rulings, true, outcome.options, campaign.precision);
    const std::string text =
        screen::to_json(record, outcome.result, outcome.rulings, outcome.options).dump(2) + "\n";
    const std::filesystem::path out = arguments.out.text;
    files::create_directory(out);
    write_then_print({[&] { files::write_atomically(out / screen_file, text); }}, [&] {
        if (arguments.common.json()) {
            std::cout << text;
        } else {
            print_screen(record, outcome.result.per_second());
        }
    });
    return screen::differs(record) ? status_differs : record.interrupted ? status_undecided : status_ok;
}

int print_cases(const CampaignArguments& arguments) {
    const auto store = campaign::ScreenStore::read(arguments.folders.front());
    const std::string& claim = arguments.claim.text;
    const auto& known = store->plan().claims;
    if (std::find(known.begin(), known.end(), claim) == known.end()) {
        throw InputError("'" + printable(claim) + "' is no claim that was screened", arguments.claim.row.name,
                         "one of " + campaign::joined(known));
    }
    const auto most = static_cast<std::size_t>(arguments.hardest.number());
    const trial::Paper& paper = *papers().front();
    Json list = Json::array();
    // Where it was refuted, then where it stood out and was not.
    for (const bool refuted : {true, false}) {
        for (const campaign::ScreenedSuspect& suspect : store->total().suspects) {
            const auto concerns = [&](const std::string& claims) {
                return ("," + claims + ",").find("," + claim + ",") != std::string::npos;
            };
            if (list.size() < most && concerns(suspect.refuted) == refuted &&
                (refuted || concerns(suspect.claims))) {
                const std::string token =
                    replay_token(paper, claim, parse_replay_token(paper, suspect.replay).second);
                list.push_back({{"replay", token}, {"number", suspect.number}, {"reason", suspect.reason}});
            }
        }
    }
    if (arguments.common.json()) {
        std::cout << list.dump(2) << "\n";
        return status_ok;
    }
    for (const Json& each : list) {
        std::cout << each.at("replay").get<std::string>() << "\n";
    }
    return status_ok;
}

int merge(const CampaignArguments& arguments) {
    const std::vector<std::filesystem::path> shards(arguments.folders.begin() + 1, arguments.folders.end());
    const campaign::ScreenPlan plan =
        stored_screen(campaign::ScreenStore::check_shards(shards), arguments.folders[1]).plan;
    const std::filesystem::path folder = arguments.folders.front();
    require_campaign_folder(folder);
    const auto merged = campaign::ScreenStore::own(folder, plan);
    merged->take(shards);
    const Json status = campaign::screen_status_json(*merged, {});
    tell_status(arguments, status, campaign::screen_status_text(status));
    if (merged->cases() < merged->plan().cases) {
        say("what the shards left open, `campaign screen` on '" + arguments.folders.front() +
            "' does, with their options and without --shard");
    }
    return status_ok;
}

}  // namespace

int run_screen_campaign(const CampaignArguments& arguments) {
    ScreenCampaign campaign = asked_screen(arguments);
    const campaign::Shard shard = asked_shard(arguments);
    const double seconds = arguments.time.empty() ? 0 : arguments.time.seconds();
    const int jobs = arguments.common.job_count();
    campaign.options.cuda = wants_gpu(arguments.screen.device.choice());
    screen::require_engine(campaign.options.engine);
    // A GPU takes one block at a time, and all threads judge what it found.
    const int threads = campaign.options.cuda ? 1 : jobs;
    campaign.options.jobs = campaign.options.cuda ? jobs : 1;
    const std::filesystem::path folder = arguments.folders.front();
    require_campaign_folder(folder);
    const std::unique_ptr<campaign::ScreenStore> store = campaign::ScreenStore::own(folder, campaign.plan);
    std::optional<Progress> progress(std::in_place);
    Interruption interruption(campaign_notice);
    std::chrono::steady_clock::time_point written{};
    campaign::Session last;
    const auto status_now = [&](const char* state) {
        const auto [done, known] = campaign::blocks_of(*store, shard);
        Json status = campaign::screen_status_json(*store, shard);
        status["state"] = state;
        status["session"] = campaign::session_json(last, known - done);
        return status;
    };
    const campaign::Ending ending = campaign::run_screen(
        *store, shard, threads, seconds, interruption.requested(),
        [&](long begin, long end, const std::atomic<bool>& stop) {
            return screen_block(campaign, begin, end, stop);
        },
        [&](const campaign::Session& session) {
            last = session;
            progress->show("configurations", static_cast<double>(store->cases()),
                           static_cast<double>(store->plan().cases));
            if (std::chrono::steady_clock::now() - written > between_statuses) {
                written = std::chrono::steady_clock::now();
                files::write_atomically(campaign::status_path(folder), status_now("running").dump(2) + "\n");
            }
        });
    interruption.work_has_ended();
    progress.reset();
    const Json status = status_now(state_of(ending));
    tell_status(arguments, status, campaign::screen_status_text(status));
    return ending == campaign::Ending::interrupted   ? status_interrupted
           : ending == campaign::Ending::out_of_time ? status_undecided
                                                     : status_of(*store);
}

int look_at_screen_campaign(const CampaignArguments& arguments) {
    const std::string& action = arguments.action.text;
    return action == "status"   ? print_status(arguments)
           : action == "report" ? write_report(arguments)
           : action == "cases"  ? print_cases(arguments)
                                : merge(arguments);
}

}  // namespace ncverify::cli
