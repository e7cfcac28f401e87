#include "campaign/plan.hpp"

#include <algorithm>
#include <map>

#include "problem/errors.hpp"
#include "problem/random.hpp"

namespace ncverify::campaign {

namespace {

constexpr const char* words[] = {"base", "adaptive", "search", "shrink"};

std::string joined(const std::vector<trial::Claim>& claims) {
    std::string all;
    for (const trial::Claim& claim : claims) {
        all += (all.empty() ? "" : ",") + claim.id;
    }
    return all;
}

}  // namespace

std::string to_string(Part part) {
    return words[static_cast<std::size_t>(part)];
}

Part part_named(const std::string& word, const std::string& where) {
    for (const Part part : all_parts) {
        if (word == to_string(part)) {
            return part;
        }
    }
    throw InputError("'" + printable(word) + "' is no part of a campaign", where,
                     "base, adaptive, search or shrink");
}

Plan::Plan(const trial::Paper& paper, trial::TrialOptions options, long block_size)
    : paper_(&paper),
      options_(std::move(options)),
      block_size_(block_size),
      ledger_(blank_ledger(paper, options_)) {}

std::string Plan::combination(const trial::Instance& instance) const {
    std::string letters;
    for (const trial::InputLedger& each : ledger_.inputs) {
        letters += each.input.contains(instance) ? 'y' : 'n';
    }
    return letters;
}

Settings Plan::settings() const {
    return {{"version", NCVERIFY_VERSION},
            {"--paper", paper_->id},
            {"--random", std::to_string(options_.random)},
            {"--seed", std::to_string(options_.seed)},
            {"--digits", std::to_string(options_.digits)},
            {"--search", options_.method},
            {"--claims", joined(options_.claims)},
            {"--block", std::to_string(block_size_)}};
}

Plan plan_of(const Settings& settings, const std::vector<const trial::Paper*>& papers,
             const std::string& where) {
    std::map<std::string, std::string> values(settings.begin(), settings.end());
    const auto paper = std::find_if(papers.begin(), papers.end(),
                                    [&](const trial::Paper* each) { return each->id == values["--paper"]; });
    const auto number = [&](const char* name) {
        return static_cast<long>(parse_seed(values[name]).value_or(0) & INT64_MAX);
    };
    if (paper != papers.end()) {
        trial::TrialOptions options;
        options.random = number("--random");
        options.seed = parse_seed(values["--seed"]).value_or(0);
        options.digits = number("--digits");
        options.method = values["--search"];
        for (const trial::Claim& claim : (*paper)->claims) {
            if (("," + values["--claims"] + ",").find("," + claim.id + ",") != std::string::npos) {
                options.claims.push_back(claim);
            }
        }
        const long block_size = number("--block");
        if (options.random > 0 && options.digits > 0 && block_size > 0) {
            Plan plan(**paper, options, block_size);
            if (const std::string differs = difference(settings, plan.settings()); !differs.empty()) {
                throw InputError("it was begun with other claims or another version (" + differs + ")", where,
                                 "the version that began it");
            }
            return plan;
        }
    }
    throw InputError("its settings are not those of a campaign", where,
                     "a campaign of a paper that this version knows");
}

std::string difference(const Settings& here, const Settings& asked) {
    std::map<std::string, std::pair<std::string, std::string>> both;
    for (const auto& [name, value] : here) {
        both[name].first = value;
    }
    for (const auto& [name, value] : asked) {
        both[name].second = value;
    }
    std::string text;
    for (const auto& [name, values] : both) {
        if (values.first != values.second) {
            const auto shown = [](const std::string& value) {
                return value.empty() ? "not given" : printable(value);
            };
            text += (text.empty() ? "" : ", ") + name + " " + shown(values.second) + " instead of " +
                    shown(values.first);
        }
    }
    return text;
}

}  // namespace ncverify::campaign
