#include "reports/distribution_json.hpp"

#include <fmt/format.h>

#include "reports/text.hpp"

namespace ncverify::reports {

using nlohmann::ordered_json;

ordered_json distribution_json(const trial::Distribution& distribution) {
    const auto pairs = [](const std::map<long, long>& histogram) {
        ordered_json list = ordered_json::array();
        for (const auto& [value, cases] : histogram) {
            list.push_back({value, cases});
        }
        return list;
    };
    return {{"digits", pairs(distribution.digits)},
            {"slack_decades", pairs(distribution.decades)},
            {"exact", distribution.exact},
            {"tight", distribution.tight}};
}

ordered_json hardest_json(const trial::Paper& paper, const std::string& claim,
                          const trial::Distribution& distribution) {
    ordered_json list = ordered_json::array();
    for (const trial::HardCase& hard : distribution.hardest) {
        list.push_back({{"config", paper.instances.text(hard.key.instance)},
                        {"error", error_text(hard.error_log10)},
                        {"slack", hard.slack ? ordered_json(fmt::format("{:.3g}", *hard.slack)) : nullptr},
                        {"replay", trial::replay_token(paper, claim, hard.key)}});
    }
    return list;
}

}  // namespace ncverify::reports
