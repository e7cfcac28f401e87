#include "reports/screens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "problem/configuration.hpp"
#include "problem/errors.hpp"

namespace ncverify::reports {

namespace {

/// Sums of thousands of these are exact, in JavaScript too.
constexpr long long largest_count = 1'000'000'000'000;

Json count_of(const Json& json, const std::string& key) {
    const Json& value = json.at(key);
    if (!value.is_number_integer() || value < 0 || value > largest_count) {
        throw InputError("'" + printable(key) + "' is no count", "a screen", "a whole number, at most 1e12");
    }
    return value;
}

/// Counts by name, every name one of `known`.
Json counts_of(const Json& json, const char* key, const std::vector<std::string>& known) {
    Json counts = Json::object();
    for (const auto& [name, value] : json.at(key).get_ref<const Json::object_t&>()) {
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            throw InputError("'" + printable(name) + "' in '" + key + "'", "a screen",
                             "a name that it gives");
        }
        counts[name] = count_of(json.at(key), name);
    }
    return counts;
}

/// A number as `ncverify screen` writes it, one that is none included.
std::string real_of(const Json& json, const char* key) {
    static const std::regex real(R"(\d{1,20}(\.\d{1,20})?(e[+-]\d{1,3})?|inf|nan)");
    const auto& text = json.at(key).get_ref<const std::string&>();
    if (text.size() > 50 || !std::regex_match(text, real)) {
        throw InputError(std::string("'") + key + "' is no number", "a screen", "a decimal number");
    }
    return text;
}

std::vector<std::string> decades() {
    std::vector<std::string> names;
    for (int decade = -18; decade < 4; ++decade) {
        names.push_back(fmt::format("1e{}", decade));
    }
    return names;
}

const std::vector<std::string>& reasons() {
    static const std::vector<std::string> words{"confirmed",     "local minimum",   "shared coordinates",
                                                "not converged", "ill-conditioned", "unexplained"};
    return words;
}

Json claim_of(const Json& claim) {
    Json kept = {{"id", claim.at("id").get<std::string>()}};
    for (const char* key : {"checked", "unresolved"}) {
        kept[key] = count_of(claim, key);
    }
    for (const char* key : {"max_error", "p99"}) {
        kept[key] = real_of(claim, key);
    }
    for (const char* key : {"suspects", "confirmed"}) {
        kept[key] = count_of(claim, key);
    }
    kept["histogram"] = counts_of(claim, "histogram", decades());
    return kept;
}

/// How much a screen tells of its cases.
std::pair<long, bool> extent(const Json& screen) {
    return {screen.at("configurations").get<long>(), !screen.at("interrupted").get<bool>()};
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
    if (const Json& seed = screen.at("seed");
        !seed.is_number_unsigned() && !(seed.is_number_integer() && seed.get<std::int64_t>() >= 0)) {
        throw InputError("'seed' is no seed", "a screen", "a whole number of 64 bits");
    }
    kept["seed"] = screen.at("seed");
    kept["shape"] = nullptr;
    if (const Json& shape = screen.at("shape"); !shape.is_null()) {
        kept["shape"] = {{"classes", count_of(shape, "classes")}, {"dim", count_of(shape, "dim")}};
    }
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
    kept["reasons"] = counts_of(screen, "reasons", reasons());
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
        } else if (extent(*known) <= extent(screen)) {
            *known = screen;
        }
    }
}

std::string screens_text(const Json& screens) {
    long configurations = 0, rejudged = 0, confirmed = 0, unexplained = 0;
    bool interrupted = false;
    for (const Json& screen : screens) {
        configurations += screen.at("configurations").get<long>();
        rejudged += screen.at("rejudged").get<long>();
        interrupted = interrupted || screen.at("interrupted").get<bool>();
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
    std::string outcome = confirmed + unexplained > 0
                              ? fmt::format("{} confirmed, {} unexplained", confirmed, unexplained)
                          : interrupted ? "none against a claim"
                                        : "all explained, none against a claim";
    outcome += interrupted ? "; interrupted before all were judged" : "";
    return fmt::format("{} configurations in floating point, {} suspects judged again: {}", configurations,
                       rejudged, outcome);
}

}  // namespace ncverify::reports
