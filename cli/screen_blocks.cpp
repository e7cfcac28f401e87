#include "cli/screen_blocks.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "campaign/store_file.hpp"
#include "cli/papers.hpp"
#include "files/json_text.hpp"
#include "problem/errors.hpp"
#include "screen/screen_json.hpp"

namespace ncverify::cli {

namespace {

constexpr const char* solved_on = "on ";  // and the engine: what is counted by engine
constexpr long usual_block = 262144;

std::string text_of_size(const std::optional<screen::Shape>& shape, int screen::Shape::*size) {
    return shape ? std::to_string((*shape).*size) : "";
}

// Plan and options of a screen with these choices.
ScreenCampaign screen_campaign(const ScreenChoices& choices, long random, std::uint64_t seed, long digits,
                               long block) {
    ScreenCampaign campaign{.options = screen_options(choices, random, seed),
                            .precision = choices.precision.choice(),
                            .digits = digits,
                            .plan = {}};
    campaign::ScreenPlan& plan = campaign.plan;
    for (const screen::ScreenClaim& claim : campaign.options.claims) {
        plan.claims.push_back(claim.id);
        plan.claim_kinds.emplace_back(screen::is_misreading(claim.id) ? "misreading" : "claim");
    }
    plan.cases = random;
    plan.block_size = block;
    plan.settings = {{"kind", "screen"},
                     {"version", NCVERIFY_VERSION},
                     {"claims", campaign::joined(plan.claims)},
                     {"--random", std::to_string(random)},
                     {"--seed", std::to_string(seed)},
                     {"--digits", std::to_string(digits)},
                     {"--precision", campaign.precision},
                     {"--classes", text_of_size(campaign.options.shape, &screen::Shape::classes)},
                     {"--dim", text_of_size(campaign.options.shape, &screen::Shape::dimension)},
                     {"--weights", choices.weights.choice()},
                     {"--inject", choices.inject.text},
                     {"--block", std::to_string(block)}};
    return campaign;
}

// Claims by their identifiers.
std::vector<std::size_t> claims_named(const std::string& identifiers, const campaign::ScreenPlan& plan) {
    std::vector<std::size_t> claims;
    for (const std::string& id : campaign::apart(identifiers)) {
        const auto claim = std::find(plan.claims.begin(), plan.claims.end(), id);
        if (claim == plan.claims.end()) {
            throw std::out_of_range(id);
        }
        claims.push_back(static_cast<std::size_t>(claim - plan.claims.begin()));
    }
    return claims;
}

std::string identifiers(const std::vector<std::size_t>& claims, const campaign::ScreenPlan& plan) {
    std::vector<std::string> named;
    named.reserve(claims.size());
    for (const std::size_t j : claims) {
        named.push_back(plan.claims[j]);
    }
    return campaign::joined(named);
}

campaign::ScreenedSuspect suspect_of(const screen::Ruling& ruling, const ScreenCampaign& campaign) {
    const screen::Suspect& suspect = ruling.suspect;
    // The claim that matters most: what failed, what stayed undecided, what stood out, the first.
    const std::size_t claim = !ruling.refuted.empty()     ? ruling.refuted.front()
                              : !ruling.undecided.empty() ? ruling.undecided.front()
                              : !suspect.claims.empty()   ? suspect.claims.front()
                                                          : 0;
    return {.number = static_cast<long>(suspect.number),
            .claims = identifiers(suspect.claims, campaign.plan),
            .found = screen::to_json(suspect).dump(),
            .certified = ruling.certified,
            .refuted = identifiers(ruling.refuted, campaign.plan),
            .reason = to_string(ruling.reason),
            .replay = replay_token(*papers().front(), campaign.plan.claims[claim],
                                   screen::judged_case(campaign.options, suspect.number, ruling.configuration,
                                                       campaign.digits))};
}

screen::Ruling ruling_of(const campaign::ScreenedSuspect& stored, const ScreenCampaign& campaign) {
    screen::Ruling ruling{.suspect = screen::parse_suspect(files::parse_json(stored.found, "a suspect")),
                          .configuration = {},
                          .certified = stored.certified,
                          .refuted = claims_named(stored.refuted, campaign.plan),
                          .reason = screen::Reason::unexplained};
    ruling.suspect.number = static_cast<std::uint64_t>(stored.number);
    ruling.suspect.claims = claims_named(stored.claims, campaign.plan);
    for (const screen::Reason reason : screen::all_reasons) {
        ruling.reason = to_string(reason) == stored.reason ? reason : ruling.reason;
    }
    return ruling;
}

}  // namespace

ScreenCampaign asked_screen(const CampaignArguments& arguments) {
    return screen_campaign(arguments.screen, static_cast<long>(arguments.random.number()),
                           arguments.common.seed_number(), arguments.common.digit_count(),
                           block_size(arguments, usual_block));
}

ScreenCampaign stored_screen(const campaign::ScreenPlan& plan, const std::string& where) {
    std::map<std::string, std::string> values(plan.settings.begin(), plan.settings.end());
    ScreenChoices choices;
    for (Given* given :
         {&choices.precision, &choices.classes, &choices.dim, &choices.weights, &choices.inject}) {
        given->text = values[given->row.name];
    }
    Given seed{option::seed}, digits{option::digits};
    seed.text = values["--seed"];
    digits.text = values["--digits"];
    ScreenCampaign campaign;
    try {
        campaign = screen_campaign(choices, plan.cases, seed.seed(), static_cast<long>(digits.number()),
                                   plan.block_size);
    } catch (const InputError&) {
        throw InputError("its settings are not those of a screen", where,
                         "a campaign that `ncverify campaign screen` began");
    }
    if (const std::string differs = campaign::difference(plan.settings, campaign.plan.settings);
        !differs.empty() || plan.claims != campaign.plan.claims) {
        throw InputError("it was begun with other claims or another version (" + differs + ")", where,
                         "the version that began it");
    }
    return campaign;
}

std::optional<campaign::ScreenBlock> screen_block(const ScreenCampaign& campaign, long begin, long end,
                                                  const std::atomic<bool>& stop) {
    screen::ScreenOptions options = campaign.options;
    options.first = begin;
    options.random = end - begin;
    const auto nobody = [](long) {};
    const screen::ScreenResult result = campaign.precision == "float32"
                                            ? screen::run_screen<float>(options, stop, nobody)
                                            : screen::run_screen<double>(options, stop, nobody);
    if (result.interrupted) {
        return std::nullopt;
    }
    // Of a misreading, which nearly all cases contradict, the first suspects of each block: the first of all
    // blocks are among them.
    const std::vector<screen::Suspect> suspects = screen::to_rejudge(result, options);
    const std::vector<screen::Ruling> rulings = screen::rejudge(suspects, options, campaign.digits, stop);
    if (rulings.size() < suspects.size()) {
        return std::nullopt;
    }
    campaign::ScreenBlock block;
    block.machine = campaign::machine_name();
    block.screened.counts = {
        {"evaluations", result.evaluations},   {"revived", result.revived_cases},
        {"stagnated", result.stagnated},       {"exhausted", result.exhausted},
        {"local_minima", result.local_minima}, {solved_on + result.engine, result.configurations}};
    for (const screen::ClaimTally& tally : result.claims) {
        block.screened.claims.push_back({.checked = tally.errors.count(),
                                         .unresolved = tally.unresolved,
                                         .suspects = tally.suspects,
                                         .largest = tally.errors.largest(),
                                         .errors = tally.errors.bins()});
    }
    for (const screen::Ruling& ruling : rulings) {
        block.screened.suspects.push_back(suspect_of(ruling, campaign));
    }
    return block;
}

ScreenOutcome outcome_of(const ScreenCampaign& campaign, const campaign::ScreenStore& store) {
    ScreenOutcome outcome{.options = campaign.options, .result = {}, .rulings = {}};
    screen::ScreenResult& result = outcome.result;
    const campaign::Screened& total = store.total();
    std::map<std::string, long> counts = total.counts;
    result.evaluations = counts["evaluations"];
    result.revived_cases = counts["revived"];
    result.stagnated = counts["stagnated"];
    result.exhausted = counts["exhausted"];
    result.local_minima = counts["local_minima"];
    result.configurations = store.cases();
    result.interrupted = store.cases() < store.plan().cases;
    result.seconds = store.seconds();
    for (const auto& [name, cases] : counts) {
        if (name.starts_with(solved_on)) {
            const std::string engine = name.substr(std::string(solved_on).size());
            result.engine += (result.engine.empty() ? "" : " and ") + engine;
            outcome.options.cuda = outcome.options.cuda || engine == "cuda";
        }
    }
    try {
        for (const campaign::ScreenedClaim& claim : total.claims) {
            result.claims.push_back({.errors = screen::ErrorTally::of(claim.errors, claim.largest),
                                     .suspects = claim.suspects,
                                     .unresolved = claim.unresolved});
        }
        std::map<std::uint64_t, screen::Ruling> rulings;
        for (const campaign::ScreenedSuspect& suspect : total.suspects) {
            const screen::Ruling ruling = ruling_of(suspect, campaign);
            result.suspects.push_back(ruling.suspect);
            rulings.emplace(ruling.suspect.number, ruling);
        }
        for (const screen::Suspect& suspect : screen::to_rejudge(result, campaign.options)) {
            screen::Ruling& ruling = rulings.at(suspect.number);
            ruling.configuration = screen::configuration_of(screen::random_sample(
                campaign.options.seed, suspect.number, suspect.shape, campaign.options.weighted));
            outcome.rulings.push_back(std::move(ruling));
        }
    } catch (const std::out_of_range& error) {
        throw InputError("it is damaged: no such claim or error (" + printable(error.what()) + ")",
                         "the campaign", "a file that `ncverify campaign screen` wrote");
    } catch (const nlohmann::json::exception& error) {
        throw InputError("it is damaged: no suspect (" + printable(error.what()) + ")", "the campaign",
                         "a file that `ncverify campaign screen` wrote");
    }
    return outcome;
}

}  // namespace ncverify::cli
