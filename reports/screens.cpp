#include "reports/screens.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "screen/screen_json.hpp"

namespace ncverify::reports {

namespace {

std::vector<screen::ScreenRecord> records_of(const Json& screens) {
    std::vector<screen::ScreenRecord> records;
    for (const Json& one : screens) {
        records.push_back(screen::parse_record(one));
    }
    return records;
}

}  // namespace

Json screen_summary(const Json& screen) {
    return screen::to_json(screen::parse_record(screen));
}

Json read_screen(const std::filesystem::path& path) {
    return screen::to_json(screen::read_record(path));
}

void unite_screens(Json& screens, const Json& more) {
    std::vector<screen::ScreenRecord> records = records_of(screens);
    screen::unite(records, records_of(more));
    screens = Json::array();
    for (const screen::ScreenRecord& record : records) {
        screens.push_back(screen::to_json(record));
    }
}

std::string screens_text(const Json& screens) {
    long configurations = 0, rejudged = 0, confirmed = 0, unexplained = 0;
    bool interrupted = false;
    for (const screen::ScreenRecord& record : records_of(screens)) {
        configurations += record.configurations;
        rejudged += record.rejudged;
        interrupted = interrupted || record.interrupted;
        for (const screen::ClaimRecord& claim : record.claims) {
            // That a misreading is confirmed to be wrong says nothing against the paper.
            confirmed += screen::is_misreading(claim.id) ? 0 : claim.confirmed;
        }
        const auto found = record.reasons.find(screen::Reason::unexplained);
        unexplained += found == record.reasons.end() ? 0 : found->second;
    }
    if (configurations == 0) {
        return "";
    }
    std::string outcome = confirmed + unexplained > 0
                              ? fmt::format("{} confirmed, {} unexplained", confirmed, unexplained)
                          : interrupted ? "none against a claim"
                                        : "all explained, none against a claim";
    outcome += interrupted ? "; interrupted before all were judged" : "";
    return fmt::format("{} configurations in floating point, {} suspects judged again: {}", configurations,
                       rejudged, outcome);
}

}  // namespace ncverify::reports
