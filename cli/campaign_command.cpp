// ncverify campaign: millions of cases in one file that outlives the programs which work on it.
#include <iostream>
#include <nlohmann/json.hpp>

#include "campaign/finding_json.hpp"
#include "campaign/run.hpp"
#include "campaign/statistics.hpp"
#include "campaign/status.hpp"
#include "campaign/store.hpp"
#include "campaign/store_file.hpp"
#include "cli/campaign_arguments.hpp"
#include "cli/campaign_report.hpp"
#include "cli/campaign_run.hpp"
#include "cli/campaign_screen.hpp"
#include "cli/messages.hpp"
#include "cli/outcome.hpp"
#include "cli/papers.hpp"
#include "cli/terminal.hpp"
#include "cli/verdicts.hpp"
#include "files/atomic_file.hpp"
#include "problem/errors.hpp"
#include "reports/terminal_table.hpp"
#include "reports/writers.hpp"

namespace ncverify::cli {

namespace {

constexpr const char* statistics_file = "campaign.json";

int print_status(const CampaignArguments& arguments) {
    const std::filesystem::path folder = arguments.folders.front();
    const auto store = campaign::Store::read(folder, papers());
    const campaign::Schedule schedule(store->plan(), store->standing(), {});
    Json status = campaign::status_json(store->plan(), store->standing(), schedule);
    say_unless_empty(campaign::add_told(status, folder));
    std::cout << (arguments.common.json() ? status.dump(2) + "\n" : campaign::status_text(status));
    return status_ok;
}

int write_report(const CampaignArguments& arguments) {
    std::vector<std::string> names = reports::file_names();
    names.emplace_back(statistics_file);
    arguments.out.require_folder(names);
    const auto store = campaign::Store::read(arguments.folders.front(), papers());
    const reports::Report report = campaign_report(*store);
    const std::filesystem::path out = arguments.out.text;
    const Json statistics = campaign::statistics_json(store->plan(), store->standing());
    write_then_print({[&] {
                          reports::write_all(report, out);
                          say_report((out / "index.html").string());
                      },
                      [&] { files::write_atomically(out / statistics_file, statistics.dump(2) + "\n"); }},
                     [&] {
                         if (arguments.common.json()) {
                             std::cout << reports::to_json(report).dump(2) << "\n";
                         } else {
                             std::cout << reports::table(report, layout()) << "\n"
                                       << reports::wrapped(
                                              campaign::statistics_text(store->plan(), store->standing()), 0,
                                              layout())
                                       << "\n";
                         }
                     });
    const int status = verdict_status(report);
    return status == status_ok && report.trial.interrupted ? status_undecided : status;
}

int print_cases(const CampaignArguments& arguments) {
    const auto store = campaign::Store::read(arguments.folders.front(), papers());
    const campaign::Plan& plan = store->plan();
    trial::claim_named(plan.claims(), arguments.claim.text, arguments.claim.row.name);
    std::size_t claim = 0;
    while (plan.claims()[claim].id != arguments.claim.text) {
        ++claim;
    }
    const campaign::Tally total = store->standing().total(plan, claim);
    const auto most = static_cast<std::size_t>(arguments.hardest.number());
    // What failed is harder than anything that passed.
    std::vector<const campaign::Kept*> hardest;
    for (const campaign::Why why :
         {campaign::Why::refuted, campaign::Why::undecided, campaign::Why::hardest}) {
        for (const campaign::Kept& each : total.of(why)) {
            if (hardest.size() < most) {
                hardest.push_back(&each);
            }
        }
    }
    Json list = Json::array();
    for (const campaign::Kept* each : hardest) {
        const std::string token = replay_token(plan.paper(), plan.claims()[claim].id, each->key);
        if (arguments.common.json()) {
            list.push_back({{"replay", token},
                            {"part", campaign::to_string(each->place.part)},
                            {"number", each->place.number},
                            {"slack", each->slack ? Json(campaign::exact_text(each->slack)) : Json(nullptr)},
                            {"message", each->message}});
        } else {
            std::cout << token << "\n";
        }
    }
    if (arguments.common.json()) {
        std::cout << list.dump(2) << "\n";
    }
    return status_ok;
}

int merge(const CampaignArguments& arguments) {
    std::vector<std::unique_ptr<campaign::Store>> shards;
    for (std::size_t i = 1; i < arguments.folders.size(); ++i) {
        shards.push_back(campaign::Store::read(arguments.folders[i], papers()));
    }
    campaign::Store::check_shards(shards);
    const std::filesystem::path folder = arguments.folders.front();
    require_campaign_folder(folder);
    const auto merged = campaign::Store::own(folder, shards.front()->plan());
    merged->take(shards);
    const campaign::Schedule schedule(merged->plan(), merged->standing(), {});
    const Json status = campaign::status_json(merged->plan(), merged->standing(), schedule);
    tell_status(arguments, status, campaign::status_text(status));
    if (!schedule.complete()) {
        say("what the shards left open, `campaign run` on '" + arguments.folders.front() +
            "' does, with their options and without --shard");
    }
    return status_ok;
}

int run(const CampaignArguments& arguments) {
    check_action(arguments);
    const std::string& action = arguments.action.text;
    const bool of_screen =
        action != "run" && action != "screen" &&
        campaign::kind_of(arguments.folders.at(action == "merge" ? 1 : 0)) == campaign::Kind::screen;
    return action == "run"
               ? run_campaign(arguments,
                              [&](const campaign::Plan& plan) {
                                  return std::make_unique<campaign::Crew>(plan, arguments.common.job_count());
                              })
           : action == "screen" ? run_screen_campaign(arguments)
           : of_screen          ? look_at_screen_campaign(arguments)
           : action == "status" ? print_status(arguments)
           : action == "report" ? write_report(arguments)
           : action == "cases"  ? print_cases(arguments)
                                : merge(arguments);
}

}  // namespace

void add_campaign(CLI::App& app, int& status) {
    auto arguments = std::make_shared<CampaignArguments>();
    CLI::App& command =
        add_command(app, "campaign", "Try millions of cases, resumably, and report on them at any moment");
    add_campaign_options(command, *arguments);
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
