#include "cli/campaign_run.hpp"

#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "campaign/status.hpp"
#include "campaign/store.hpp"
#include "campaign/store_file.hpp"
#include "cli/campaign_report.hpp"
#include "cli/interruption.hpp"
#include "cli/messages.hpp"
#include "cli/outcome.hpp"
#include "cli/progress.hpp"
#include "files/atomic_file.hpp"

namespace ncverify::cli {

namespace {

constexpr std::chrono::seconds between_statuses{1};

}  // namespace

const char* state_of(campaign::Ending ending) {
    return ending == campaign::Ending::complete      ? "complete"
           : ending == campaign::Ending::out_of_time ? "out of time"
                                                     : "interrupted";
}

const char* const campaign_notice =
    "\nncverify: interrupted: the blocks in flight are given up, all others are kept, and the same command goes on; "
    "a second signal leaves at once\n";

void require_campaign_folder(const std::filesystem::path& folder) {
    std::vector<std::string> names = campaign::file_names();
    names.push_back(campaign::status_path({}).string());
    require_folder(folder.string(), option::campaign_folders.name, names);
}

void tell_status(const CampaignArguments& arguments, const Json& status, const std::string& lines) {
    const std::string document = status.dump(2) + "\n";
    write_then_print(
        {[&] { files::write_atomically(campaign::status_path(arguments.folders.front()), document); }},
        [&] { std::cout << (arguments.common.json() ? document : lines); });
}

int run_campaign(const CampaignArguments& arguments, const MakeHands& make_hands) {
    const campaign::Plan plan = asked_plan(arguments);
    const campaign::Shard shard = asked_shard(arguments);
    const double seconds = arguments.time.empty() ? 0 : arguments.time.seconds();
    const std::filesystem::path folder = arguments.folders.front();
    require_campaign_folder(folder);
    const std::unique_ptr<campaign::Store> store = campaign::Store::own(folder, plan);
    std::optional<Progress> progress(std::in_place);
    Interruption interruption(campaign_notice);
    const std::unique_ptr<campaign::Hands> hands = make_hands(store->plan());
    campaign::Session last;
    std::chrono::steady_clock::time_point written{};
    const campaign::Ending ending =
        campaign::run(*store, shard, *hands, seconds, interruption.requested(),
                      [&](const campaign::Schedule& schedule, const campaign::Session& session) {
                          last = session;
                          const auto [done, known] = schedule.tasks();
                          progress->show("blocks", static_cast<double>(done), static_cast<double>(known));
                          if (std::chrono::steady_clock::now() - written > between_statuses) {
                              written = std::chrono::steady_clock::now();
                              const Json status = campaign::status_json(store->plan(), store->standing(),
                                                                        schedule, session, "running");
                              files::write_atomically(campaign::status_path(folder), status.dump(2) + "\n");
                          }
                      });
    interruption.work_has_ended();
    progress.reset();
    const campaign::Schedule schedule(store->plan(), store->standing(), shard);
    const Json status =
        campaign::status_json(store->plan(), store->standing(), schedule, last, state_of(ending));
    tell_status(arguments, status, campaign::status_text(status));
    return ending == campaign::Ending::interrupted   ? status_interrupted
           : ending == campaign::Ending::out_of_time ? status_undecided
           : shard.whole()                           ? campaign_status(*store)
                                                     : status_ok;
}

}  // namespace ncverify::cli
