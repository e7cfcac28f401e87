#include "campaign/statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <nlohmann/json.hpp>

namespace ncverify::campaign {

double upper_bound(long failures, long draws) {
    if (draws <= 0 || failures >= draws) {
        return 1;
    }
    return boost::math::ibeta_inv(static_cast<double>(failures + 1), static_cast<double>(draws - failures),
                                  confidence);
}

std::vector<ShareBound> share_bounds(const Plan& plan, const Standing& standing) {
    std::vector<ShareBound> all;
    for (std::size_t j = 0; j < plan.claims().size(); ++j) {
        if (plan.claims()[j].existence) {
            continue;
        }
        const Tally& base = standing.tally(Part::base, j);
        ShareBound& each = all.emplace_back();
        each.claim = plan.claims()[j].id;
        each.cases = base.checked();
        each.failed = base.refuted();
        each.undecided = base.count(trial::Mark::Kind::inconclusive, trial::Mark::Kind::inconclusive);
        each.bound = upper_bound(each.failed + each.undecided, each.cases);
    }
    return all;
}

Json statistics_json(const Plan& plan, const Standing& standing) {
    Json settings = Json::object(), parts = Json::object(), claims = Json::array();
    for (const auto& [name, value] : plan.settings()) {
        settings[name] = value;
    }
    for (const Part part : all_parts) {
        parts[to_string(part)] = {{"tasks", standing.done[static_cast<std::size_t>(part)].size()},
                                  {"cases", standing.cases[static_cast<std::size_t>(part)]}};
    }
    for (const ShareBound& each : share_bounds(plan, standing)) {
        claims.push_back({{"id", each.claim},
                          {"cases", each.cases},
                          {"failed", each.failed},
                          {"undecided", each.undecided},
                          {"could_fail_at_most", fmt::format("{:.4g}", each.bound)}});
    }
    return {
        {"settings", std::move(settings)},
        {"complete", Schedule(plan, standing, {}).complete()},
        {"parts", std::move(parts)},
        {"confidence", fmt::format("{}", confidence)},
        {"about",
         "the share of this generator's configurations, among those that the claim applies to, that could "
         "fail it: the one-sided bound of Clopper and Pearson from the base plan's cases alone, undecided "
         "ones counted as failures"},
        {"claims", std::move(claims)}};
}

std::string statistics_text(const Plan& plan, const Standing& standing) {
    const ShareBound* weakest = nullptr;
    const std::vector<ShareBound> all = share_bounds(plan, standing);
    std::size_t unbroken = 0;
    for (const ShareBound& each : all) {
        if (each.cases > 0 && each.failed + each.undecided == 0) {
            ++unbroken;
            weakest = weakest == nullptr || weakest->cases > each.cases ? &each : weakest;
        }
    }
    const char* tried = standing.cases[0] < plan.cases() ? " tried so far" : "";
    if (weakest == nullptr) {
        return fmt::format("No claim passed in all cases of the base plan{}.", tried);
    }
    return fmt::format(
        "{} of {} claims passed in every case of the base plan{} that they applied to. For each of them this says "
        "at 95 % confidence, and no more: of this generator's configurations that it applies to, fewer than the "
        "share in campaign.json could fail; the largest of these shares is {:.2g}, of {} with {} cases.",
        unbroken, all.size(), tried, weakest->bound, weakest->claim, weakest->cases);
}

}  // namespace ncverify::campaign
