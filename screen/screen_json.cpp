#include "screen/screen_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "files/json_text.hpp"
#include "files/read_file.hpp"
#include "problem/errors.hpp"

namespace ncverify::screen {

namespace {

constexpr const char* weights_drawn = "drawn";  // absent: all are 1
constexpr std::size_t most_listed = 1000;       // rulings in the document; all are counted

std::string decade_text(int decade) {
    return fmt::format("1e{}", decade);
}

Json claim_json(const ClaimRecord& claim) {
    Json json = {{"id", claim.id},
                 {"checked", claim.checked},
                 {"unresolved", claim.unresolved},
                 {"max_error", claim.max_error},
                 {"p99", claim.p99},
                 {"suspects", claim.suspects},
                 {"confirmed", claim.confirmed},
                 {"histogram", Json::object()}};
    for (const auto& [decade, count] : claim.histogram) {
        json["histogram"][decade_text(decade)] = count;
    }
    return json;
}

Json ruling_json(const Ruling& ruling, const ScreenOptions& options) {
    const Suspect& suspect = ruling.suspect;
    Json json = {{"case", suspect.number},
                 {"configuration", ruling.configuration.command_line()},
                 {"reason", to_string(ruling.reason)},
                 {"certified", ruling.certified},
                 {"evaluations", suspect.summary.evaluations},
                 {"dead_classes", classes_of(suspect.summary.dead)},
                 {"gradient", real_text(suspect.residual)},
                 {"worst_curvature", real_text(suspect.worst_curvature)},
                 {"relative_excess_loss", real_text(suspect.excess)},
                 {"claims", Json::array()}};
    for (const std::size_t j : suspect.claims) {
        json["claims"].push_back(options.claims[j].id);
    }
    return json;
}

long count_of(const Json& json, const std::string& key, long largest = files::largest_total) {
    return files::count_of(json.at(key), key, "a screen", largest);
}

/// Counts by name, every name that of one of `known`.
template <typename Things, typename Name>
auto counts_of(const Json& json, const char* key, const Things& known, const Name& name_of) {
    std::map<typename Things::value_type, long> counts;
    for (const auto& [name, value] : json.at(key).get_ref<const Json::object_t&>()) {
        const auto thing = std::find_if(known.begin(), known.end(),
                                        [&, &text = name](auto one) { return name_of(one) == text; });
        if (thing == known.end()) {
            throw InputError("'" + printable(name) + "' in '" + key + "'", "a screen",
                             "a name that it gives");
        }
        counts[*thing] = count_of(json.at(key), name);
    }
    return counts;
}

std::map<int, long> histogram_of(const Json& claim) {
    std::vector<int> decades;
    for (int i = 0; i < ErrorTally::decades; ++i) {
        decades.push_back(ErrorTally::first_decade + i);
    }
    return counts_of(claim, "histogram", decades, decade_text);
}

// Whether `text` is digits, then perhaps a point and digits, then perhaps an exponent, none of them long.
bool is_decimal(std::string_view text) {
    const auto digits = [&](std::size_t most) {
        const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
        text.remove_prefix(count);
        return count >= 1 && count <= most;
    };
    const auto skip = [&](std::string_view any_of) {
        const bool found = !text.empty() && any_of.find(text.front()) != std::string_view::npos;
        text.remove_prefix(found ? 1 : 0);
        return found;
    };
    return digits(20) && (!skip(".") || digits(20)) && (!skip("e") || (skip("+-") && digits(3))) &&
           text.empty();
}

/// A number as `real_text` writes it, one that is none included.
std::string real_of(const Json& json, const char* key) {
    const auto& text = json.at(key).get_ref<const std::string&>();
    if (!is_decimal(text) && text != "inf" && text != "nan") {
        throw InputError(std::string("'") + key + "' is no number", "a screen", "a decimal number");
    }
    return text;
}

std::uint64_t seed_of(const Json& json) {
    const Json& seed = json.at("seed");
    if (!seed.is_number_unsigned() && !(seed.is_number_integer() && seed.get<std::int64_t>() >= 0)) {
        throw InputError("'seed' is no seed", "a screen", "a whole number of 64 bits");
    }
    return seed.get<std::uint64_t>();
}

std::optional<Shape> shape_of(const Json& json) {
    const Json& shape = json.at("shape");
    if (shape.is_null()) {
        return std::nullopt;
    }
    return Shape{static_cast<int>(count_of(shape, "classes", largest_classes)),
                 static_cast<int>(count_of(shape, "dim", largest_dimension))};
}

bool weighted(const Json& json) {
    if (!json.contains("weights")) {
        return false;
    }
    if (json.at("weights") != weights_drawn) {
        throw InputError("'weights' is no way to weight", "a screen",
                         std::string("\"") + weights_drawn + "\"");
    }
    return true;
}

ClaimRecord claim_of(const Json& json) {
    return {.id = json.at("id").get<std::string>(),
            .checked = count_of(json, "checked"),
            .unresolved = count_of(json, "unresolved"),
            .max_error = real_of(json, "max_error"),
            .p99 = real_of(json, "p99"),
            .suspects = count_of(json, "suspects"),
            .confirmed = count_of(json, "confirmed"),
            .histogram = histogram_of(json)};
}

}  // namespace

Json to_json(const Suspect& suspect) {
    return {{"classes", suspect.shape.classes},
            {"dim", suspect.shape.dimension},
            {"ending", static_cast<int>(suspect.summary.ending)},
            {"evaluations", suspect.summary.evaluations},
            {"revived", suspect.summary.revived},
            {"dead", suspect.summary.dead},
            {"shared", suspect.summary.shared},
            {"gradient", fmt::format("{:.17g}", suspect.residual)},
            {"worst_curvature", fmt::format("{:.17g}", suspect.worst_curvature)},
            {"relative_excess_loss", fmt::format("{:.17g}", suspect.excess)}};
}

Suspect parse_suspect(const Json& json) {
    const auto real = [&](const char* key) {
        return std::strtod(json.at(key).get_ref<const std::string&>().c_str(), nullptr);
    };
    return {.number = 0,
            .shape = {static_cast<int>(count_of(json, "classes", largest_classes)),
                      static_cast<int>(count_of(json, "dim", largest_dimension))},
            .summary = {.ending = static_cast<Ending>(count_of(json, "ending", 2)),
                        .evaluations = static_cast<int>(count_of(json, "evaluations", INT32_MAX)),
                        .revived = static_cast<int>(count_of(json, "revived", INT32_MAX)),
                        .dead = static_cast<std::uint32_t>(count_of(json, "dead", UINT32_MAX)),
                        .shared = json.at("shared").get<bool>()},
            .claims = {},
            .residual = real("gradient"),
            .worst_curvature = real("worst_curvature"),
            .excess = real("relative_excess_loss")};
}

Json to_json(const ScreenRecord& record) {
    Json json = {{"device", record.device},
                 {"engine", record.engine},
                 {"precision", record.precision},
                 {"seed", record.seed},
                 {"shape", nullptr},
                 {"configurations", record.configurations},
                 {"evaluations", record.evaluations},
                 {"revived_from_local_minima", record.revived},
                 {"local_minima", record.local_minima},
                 {"stagnated", record.stagnated},
                 {"exhausted", record.exhausted},
                 {"interrupted", record.interrupted},
                 {"claims", Json::array()},
                 {"rejudged", record.rejudged},
                 {"reasons", Json::object()}};
    if (record.shape) {
        json["shape"] = {{"classes", record.shape->classes}, {"dim", record.shape->dimension}};
    }
    if (record.weighted) {
        json["weights"] = weights_drawn;
    }
    for (const ClaimRecord& claim : record.claims) {
        json["claims"].push_back(claim_json(claim));
    }
    for (const auto& [reason, count] : record.reasons) {
        json["reasons"][to_string(reason)] = count;
    }
    return json;
}

Json to_json(const ScreenRecord& record, const ScreenResult& result, const std::vector<Ruling>& rulings,
             const ScreenOptions& options) {
    Json json;
    const Json kept = to_json(record);
    for (const auto& [key, value] : kept.get_ref<const Json::object_t&>()) {
        json[key] = value;
    }
    json["rulings"] = Json::array();
    for (std::size_t i = 0; i < std::min(rulings.size(), most_listed); ++i) {
        json["rulings"].push_back(ruling_json(rulings[i], options));
    }
    json["timing"] = {{"per_second", real_text(result.per_second())},
                      {"screen_s", real_text(result.seconds)},
                      {"gpu_s", real_text(result.gpu_seconds)}};
    return json;
}

ScreenRecord parse_record(const Json& json) {
    ScreenRecord record{
        .device = json.at("device").get<std::string>(),
        .engine = json.at("engine").get<std::string>(),
        .precision = json.at("precision").get<std::string>(),
        .seed = seed_of(json),
        .shape = shape_of(json),
        .weighted = weighted(json),
        .configurations = count_of(json, "configurations"),
        .evaluations = count_of(json, "evaluations"),
        .revived = count_of(json, "revived_from_local_minima"),
        .local_minima = count_of(json, "local_minima"),
        .stagnated = count_of(json, "stagnated"),
        .exhausted = count_of(json, "exhausted"),
        .interrupted = json.at("interrupted").get<bool>(),
        .claims = {},
        .rejudged = count_of(json, "rejudged"),
        .reasons = counts_of(json, "reasons", all_reasons, [](Reason reason) { return to_string(reason); })};
    for (const Json& claim : json.at("claims").get_ref<const Json::array_t&>()) {
        record.claims.push_back(claim_of(claim));
    }
    return record;
}

ScreenRecord read_record(const std::filesystem::path& path) {
    const std::string where = path.string();
    const char* expected = "the JSON that this version of `ncverify screen` wrote";
    const Json json = files::parse_json(files::read_file(where, where), where);
    try {
        return parse_record(json);
    } catch (const nlohmann::json::exception& error) {
        throw InputError("not a screen (" + printable(error.what()) + ")", where, expected);
    } catch (const InputError& error) {
        throw InputError("not a screen (" + printable(error.what()) + ")", where, expected);
    }
}

}  // namespace ncverify::screen
