#include "reports/screens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "problem/configuration.hpp"
#include "problem/errors.hpp"

namespace ncverify::reports {

namespace {

/// Only whole numbers from zero up count anything.
Json count_of(const Json& json, const char* key) {
    const Json& value = json.at(key);
    if (!value.is_number_integer() || value < 0) {
        throw InputError(std::string("'") + key + "' is no count", "a screen", "a whole number from 0");
    }
    return value;
}

Json counts_of(const Json& json, const char* key) {
    Json counts = Json::object();
    for (const auto& [name, value] : json.at(key).get_ref<const Json::object_t&>()) {
        counts[name] = count_of(json.at(key), name.c_str());
    }
    return counts;
}

Json claim_of(const Json& claim) {
    Json kept = {{"id", claim.at("id").get<std::string>()}};
    for (const char* key : {"checked", "unresolved"}) {
        kept[key] = count_of(claim, key);
    }
    for (const char* key : {"max_error", "p99"}) {
        kept[key] = claim.at(key).get<std::string>();
    }
    for (const char* key : {"suspects", "confirmed"}) {
        kept[key] = count_of(claim, key);
    }
    kept["histogram"] = counts_of(claim, "histogram");
    return kept;
}

bool same_cases(const Json& one, const Json& other) {
    const auto same = [&](const char* key) { return one.at(key) == other.at(key); };
    return same("seed") && same("precision") && same("shape");
}

}  // namespace

Json screen_summary(const Json& screen) {
    Json kept;
    for (const char* key : {"device", "engine", "precision"}) {
        kept[key] = screen.at(key).get<std::string>();
    }
    kept["seed"] = screen.at("seed").get<std::uint64_t>();
    const Json& shape = screen.at("shape");
    kept["shape"] = shape.is_null()
                        ? Json(nullptr)
                        : Json{{"classes", count_of(shape, "classes")}, {"dim", count_of(shape, "dim")}};
    for (const char* key : {"configurations", "evaluations", "revived_from_local_minima", "local_minima",
                            "stagnated", "exhausted"}) {
        kept[key] = count_of(screen, key);
    }
    kept["interrupted"] = screen.at("interrupted").get<bool>();
    kept["claims"] = Json::array();
    for (const Json& claim : screen.at("claims").get_ref<const Json::array_t&>()) {
        kept["claims"].push_back(claim_of(claim));
    }
    kept["rejudged"] = count_of(screen, "rejudged");
    kept["reasons"] = counts_of(screen, "reasons");
    return kept;
}

Json read_screen(const std::filesystem::path& path) {
    const std::string where = path.string();
    const char* expected = "the JSON that this version of `ncverify screen` wrote";
    const Json json = parse_json(read_file(where, where), where);
    try {
        return screen_summary(json);
    } catch (const nlohmann::json::exception& error) {
        throw InputError("not a screen (" + printable(error.what()) + ")", where, expected);
    } catch (const InputError& error) {
        throw InputError("not a screen (" + printable(error.what()) + ")", where, expected);
    }
}

void unite_screens(Json& screens, const Json& more) {
    for (const Json& screen : more) {
        const auto known = std::find_if(screens.begin(), screens.end(),
                                        [&](const Json& one) { return same_cases(one, screen); });
        if (known == screens.end()) {
            screens.push_back(screen);
        } else if (known->at("configurations") <= screen.at("configurations")) {
            *known = screen;
        }
    }
}

std::string screens_text(const Json& screens) {
    long configurations = 0, rejudged = 0, confirmed = 0, unexplained = 0;
    for (const Json& screen : screens) {
        configurations += screen.at("configurations").get<long>();
        rejudged += screen.at("rejudged").get<long>();
        for (const Json& claim : screen.at("claims")) {
            // That a misreading is confirmed to be wrong says nothing against the paper.
            if (!claim.at("id").get_ref<const std::string&>().starts_with("misread.")) {
                confirmed += claim.at("confirmed").get<long>();
            }
        }
        unexplained += screen.at("reasons").value("unexplained", 0L);
    }
    if (configurations == 0) {
        return "";
    }
    return fmt::format(
        "{} configurations in floating point, {} suspects judged again: {}", configurations, rejudged,
        confirmed + unexplained == 0 ? "all explained, none against a claim"
                                     : fmt::format("{} confirmed, {} unexplained", confirmed, unexplained));
}

}  // namespace ncverify::reports
