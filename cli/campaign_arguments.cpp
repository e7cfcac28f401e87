#include "cli/campaign_arguments.hpp"

#include <algorithm>

#include "cli/papers.hpp"
#include "cli/verify_plan.hpp"
#include "problem/errors.hpp"

namespace ncverify::cli {

namespace {

constexpr long most_shards = 1'000'000;

}  // namespace

void add_campaign_options(CLI::App& command, CampaignArguments& arguments) {
    add_option(command, arguments.action);
    add_option(command, option::campaign_folders, arguments.folders);
    add_digits_option(command, arguments.common);
    add_seed_option(command, arguments.common);
    add_jobs_option(command, arguments.common);
    add_format_option(command, arguments.common);
    for (Given* given :
         {&arguments.paper, &arguments.random, &arguments.claims, &arguments.search, &arguments.block,
          &arguments.shard, &arguments.time, &arguments.out, &arguments.claim, &arguments.hardest}) {
        add_option(command, *given);
    }
    add_screen_choices(command, arguments.screen);
}

void check_action(const CampaignArguments& arguments) {
    const std::string& action = arguments.action.choice();
    const auto only_for = [&](const std::vector<std::string>& which,
                              const std::vector<const Given*>& options) {
        for (const Given* each : options) {
            if (std::find(which.begin(), which.end(), action) == which.end() &&
                each->text != each->row.fallback) {
                throw InputError("has no effect on `campaign " + action + "`", each->row.name,
                                 "it with `campaign " + which.front() + "` only");
            }
        }
    };
    const ScreenChoices& screen = arguments.screen;
    only_for({"run"}, {&arguments.paper, &arguments.claims, &arguments.search});
    only_for({"run", "screen"}, {&arguments.random, &arguments.block, &arguments.shard, &arguments.time,
                                 &arguments.common.digits, &arguments.common.seed});
    only_for({"screen"}, {&screen.device, &screen.precision, &screen.classes, &screen.dim, &screen.weights,
                          &screen.engine, &screen.inject});
    only_for({"report"}, {&arguments.out});
    only_for({"cases"}, {&arguments.claim, &arguments.hardest});
    const auto needs = [&](const Given& given, const char* expected) {
        if (given.empty()) {
            throw InputError("missing", given.row.name, expected);
        }
    };
    if (action == "run" || action == "screen") {
        needs(arguments.random, "how many random configurations, such as 1000000");
    } else if (action == "report") {
        needs(arguments.out, "a folder to write to");
    } else if (action == "cases") {
        needs(arguments.claim, "a claim that `ncverify claims` lists");
    }
    const bool several = arguments.folders.size() > 1;
    if (several != (action == "merge")) {
        throw InputError(several ? "several folders" : "one folder alone", "DIR",
                         several ? "one, except for `campaign merge`" : "the new folder and the shards'");
    }
}

long block_size(const CampaignArguments& arguments, long usual) {
    return arguments.block.empty() ? usual : static_cast<long>(arguments.block.number());
}

campaign::Plan asked_plan(const CampaignArguments& arguments) {
    const trial::Paper& paper = paper_named(arguments.paper.text);
    trial::TrialOptions options;
    options.random = static_cast<long>(arguments.random.number());
    options.digits = arguments.common.digit_count();
    options.seed = arguments.common.seed_number();
    options.claims = trial::select_claims(paper.claims, arguments.claims.text);
    options.method = chosen_method(paper, arguments.search);
    return {paper, options, block_size(arguments, 32)};
}

campaign::Shard asked_shard(const CampaignArguments& arguments) {
    const std::string& text = arguments.shard.text;
    if (text.empty()) {
        return {};
    }
    const std::string name = arguments.shard.row.name;
    const std::size_t slash = text.find('/');
    try {
        if (slash != std::string::npos) {
            const long count = static_cast<long>(whole_number(text.substr(slash + 1), name, 1, most_shards));
            return {static_cast<long>(whole_number(text.substr(0, slash), name, 0, count - 1)), count};
        }
    } catch (const InputError&) {
        // One line for all that can be wrong with it.
    }
    throw InputError("'" + printable(text) + "' is no shard", name,
                     "i/n, such as 0/16: n from 1 to " + std::to_string(most_shards) + ", i from 0 to n-1");
}

}  // namespace ncverify::cli
