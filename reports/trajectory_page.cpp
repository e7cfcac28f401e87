#include "reports/trajectory_page.hpp"

#include <kainjow/mustache.hpp>
#include <nlohmann/json.hpp>

#include "reports/html_page.hpp"
#include "reports/page_parts.hpp"
#include "reports/text.hpp"

namespace ncverify::reports {

namespace {

using kainjow::mustache::data;
using kainjow::mustache::list;

// A number that may not be there.
std::string text_at(const Json& entry, const char* group, const char* key) {
    if (!entry.contains(group) || !entry[group].is_object() || !entry[group].contains(key)) {
        return "–";
    }
    const Json& value = entry[group][key];
    return value.is_string() ? visible(value.get<std::string>()) : "–";
}

}  // namespace

std::string trajectory_page(const std::vector<NamedTrajectory>& runs) {
    list rows;
    nlohmann::ordered_json drawn = nlohmann::ordered_json::array();
    for (const NamedTrajectory& run : runs) {
        for (const Json& entry : run.document.at("trajectory")) {
            data row;
            row.set("name", visible((runs.size() > 1 ? run.name + ": " : std::string()) +
                                    entry.at("name").get<std::string>()));
            row.set("gap", text_at(entry, "gap", "gap"));
            for (const char* metric : {"nc1", "nc2", "nc3"}) {
                row.set(metric, text_at(entry, "metrics", metric));
            }
            rows.push_back(row);
        }
        nlohmann::ordered_json one = run.document;
        one["name"] = run.name;
        for (auto& entry : one["trajectory"]) {
            entry.erase("read_from");
        }
        drawn.push_back(std::move(one));
    }
    data plain;
    plain.set("summary",
              std::to_string(runs.front().document.at("trajectory").size()) + " snapshots of a last layer");
    plain.set("rows", data(rows));
    plain.set("version", NCVERIFY_VERSION);
    kainjow::mustache::mustache text{std::string(page_parts::trajectory_plain)};
    return html_page({"ncverify measure: a training",
                      text.render(plain),
                      {{"runs", drawn}, {"version", NCVERIFY_VERSION}},
                      page_parts::trajectory_script,
                      page_parts::trajectory_policy});
}

}  // namespace ncverify::reports
