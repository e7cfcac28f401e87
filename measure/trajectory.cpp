#include "measure/trajectory.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <nlohmann/json.hpp>

#include "files/json_text.hpp"
#include "measure/measurement_json.hpp"
#include "problem/errors.hpp"

namespace ncverify::measure {

namespace {

// Of the keys of measure.json, those that say nothing of a moment, or too much for many of them.
constexpr const char* left_out[] = {"config",  "inputs",      "theory",    "notes",          "timing",
                                    "classes", "conventions", "diagnosis", "between_classes"};

// What tells whether a file has changed without reading it.
Json read_from(const files::StoredArray& array) {
    struct stat status {};
    if (::stat(array.file.c_str(), &status) != 0) {
        return nullptr;
    }
    return {{"file", array.file},
            {"key", array.key},
            {"bytes", static_cast<long long>(status.st_size)},
            {"modified_ns", std::to_string(static_cast<long long>(status.st_mtim.tv_sec) * 1'000'000'000 +
                                           status.st_mtim.tv_nsec)}};
}

Json read_from(const NetworkArrays& arrays) {
    Json json = {{"features", read_from(arrays.features)},
                 {"labels", read_from(arrays.labels)},
                 {"classifier", read_from(arrays.classifier)}};
    if (arrays.bias) {
        json["bias"] = read_from(*arrays.bias);
    }
    return json;
}

Json training_json(const TrajectorySettings& settings, const Snapshot& first) {
    const Training& training = settings.training;
    Json json = {{"lambda_w", training.lambda_w},
                 {"lambda_h", training.lambda_h},
                 {"weights", training.weights},
                 {"counts", training.counts},
                 {"matrices", settings.matrices}};
    json["ignored_label"] = training.ignored_label ? Json(*training.ignored_label) : Json(nullptr);
    json["float8"] = first.files.eight_bits ? Json(static_cast<int>(*first.files.eight_bits)) : Json(nullptr);
    return json;
}

Json entry_of(const std::string& name, const Json& number, const Json& stamp, const Json& measured) {
    Json entry = {{"name", name}, {"number", number}, {"read_from", stamp}};
    entry["class_number"] = measured.at("classes").size();
    for (const auto& one : measured.items()) {
        const std::string& key = one.key();
        if (std::none_of(std::begin(left_out), std::end(left_out),
                         [&](const char* name) { return key == name; })) {
            entry[key] = one.value();
        }
    }
    return entry;
}

// The entry of `before` that was read from the same files, or null.
const Json* remembered(const Json& before, const Snapshot& snapshot, const Json& stamp) {
    if (!before.is_object()) {
        return nullptr;
    }
    for (const Json& entry : before.at("trajectory")) {
        if (entry.at("name") == snapshot.name && entry.at("read_from") == stamp) {
            return &entry;
        }
    }
    return nullptr;
}

// Numbers and words by their places, "gap.terms.logits"; lists, of which matrices are made, are left out.
void flatten(const Json& json, const std::string& place,
             std::vector<std::pair<std::string, std::string>>& found) {
    if (json.is_object()) {
        for (const auto& [key, value] : json.items()) {
            if (key != "read_from") {
                flatten(value, place.empty() ? key : place + "." + key, found);
            }
        }
    } else if (!json.is_array()) {
        found.emplace_back(place, json.is_null()     ? ""
                                  : json.is_string() ? json.get<std::string>()
                                                     : json.dump());
    }
}

bool is_entry(const Json& entry) {
    return entry.is_object() && entry.contains("name") && entry["name"].is_string() &&
           entry.contains("number") && entry.contains("read_from") && entry.contains("class_number") &&
           entry["class_number"].is_number_integer() && entry.contains("metrics");
}

// Finite numbers, as texts or whole, null where there is none, and nothing else.
bool holds_numbers(const Json& json) {
    if (json.is_structured()) {
        return std::all_of(json.begin(), json.end(), holds_numbers);
    }
    if (!json.is_string()) {
        return json.is_null() || json.is_number_integer();
    }
    const auto& text = json.get_ref<const std::string&>();
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    return text.find_first_not_of("+-.0123456789e") == std::string::npos && !text.empty() &&
           end == text.c_str() + text.size() && std::isfinite(value);
}

// The first key of an entry whose value is not of the kind that entry_of writes; "" for none.
std::string damaged_key(const Json& entry) {
    const auto fits = [&](const char* key, bool (*kind)(const Json&)) {
        return entry.contains(key) && kind(entry[key]) && holds_numbers(entry[key]);
    };
    const auto whole = [](const Json& json) { return json.is_number_unsigned(); };
    const auto text_or_null = [](const Json& json) { return json.is_string() || json.is_null(); };
    const auto object = [](const Json& json) { return json.is_object(); };
    const auto object_or_null = [](const Json& json) { return json.is_object() || json.is_null(); };
    const auto list = [](const Json& json) { return json.is_array(); };
    const std::pair<const char*, bool (*)(const Json&)> kinds[] = {{"samples", whole},
                                                                   {"correct", whole},
                                                                   {"cross_entropy", text_or_null},
                                                                   {"loss", text_or_null},
                                                                   {"metrics", object},
                                                                   {"metrics_sample_mean", object},
                                                                   {"targets", object_or_null},
                                                                   {"targets_sample_mean", object_or_null},
                                                                   {"dead_classes", list},
                                                                   {"gap", object_or_null}};
    for (const auto& [key, kind] : kinds) {
        if (!fits(key, kind)) {
            return key;
        }
    }
    if (entry["gap"].is_object() && !(entry["gap"].contains("terms") && entry["gap"]["terms"].is_object())) {
        return "gap";
    }
    for (const char* key : {"feature_gram", "feature_cosine", "classifier_gram", "classifier_cosine",
                            "logits", "margins", "angles", "feature_entries", "within_classes"}) {
        if (entry.contains(key) && !(entry[key].is_structured() && holds_numbers(entry[key]))) {
            return key;
        }
    }
    return "";
}

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    std::string result = "\"";
    for (const char character : text) {
        result += character == '"' ? "\"\"" : std::string(1, character);
    }
    return result + "\"";
}

}  // namespace

Json trajectory(const std::vector<Snapshot>& snapshots, const TrajectorySettings& settings,
                const Json& before, const std::function<void(const Json&)>& watch) {
    const Json training = training_json(settings, snapshots.front());
    const bool same =
        before.is_object() && before.at("version") == NCVERIFY_VERSION && before.at("training") == training;
    Json config = same ? before.at("config") : Json(nullptr);
    // Every file is opened before the first is read, so that what cannot be read at all is known at once.
    std::vector<Json> entries;
    for (const Snapshot& snapshot : snapshots) {
        const Json stamp = read_from(open_arrays(snapshot.files));
        const Json* known = same ? remembered(before, snapshot, stamp) : nullptr;
        entries.push_back(known != nullptr ? *known : Json());
    }
    const auto document = [&] {
        Json known = Json::array();
        std::copy_if(entries.begin(), entries.end(), std::back_inserter(known),
                     [](const Json& entry) { return !entry.is_null(); });
        return Json{{"version", NCVERIFY_VERSION},
                    {"training", training},
                    {"config", config},
                    {"trajectory", std::move(known)}};
    };
    long long classes = -1;
    for (std::size_t i = 0; i < snapshots.size(); ++i) {
        NetworkArrays arrays = open_arrays(snapshots[i].files);
        const std::string where = arrays.classifier.where;
        if (entries[i].is_null()) {
            if (watch) {
                watch(document());
            }
            const Json stamp = read_from(arrays);
            const Measurement measured = measure(std::move(arrays), settings.training, settings.jobs);
            const bool matrices = settings.matrices && measured.classes.size() <= most_trajectory_classes;
            const Json all = to_json(measured, nullptr, {}, {.matrices = matrices, .timing = false});
            entries[i] =
                entry_of(snapshots[i].name, snapshots[i].number ? Json(*snapshots[i].number) : Json(nullptr),
                         stamp, all);
            config = all.at("config");
        }
        const auto number = entries[i].at("class_number").get<long long>();
        if (classes >= 0 && number != classes) {
            entries[i] = nullptr;
            throw InputError("has " + std::to_string(number) + " classes", where,
                             std::to_string(classes) + ", as the snapshots before it");
        }
        classes = number;
    }
    return document();
}

Json trajectory_of(const std::vector<NamedMeasurement>& measurements, const std::string& where) {
    const auto refuse = [&](const std::string& problem) {
        throw InputError(problem, where, "measurements of one training, as ncverify measure makes them");
    };
    if (measurements.empty()) {
        refuse("is empty");
    }
    const Json nowhere = {{"features", nullptr}, {"labels", nullptr}, {"classifier", nullptr}};
    Json entries = Json::array(), last;
    for (const NamedMeasurement& one : measurements) {
        const Json measured = files::parse_json(one.measured, where);
        if (!measured.is_object() || !measured.contains("config") || !measured.contains("classes") ||
            !measured["classes"].is_array() || !measured.contains("metrics") ||
            !measured.contains("implied")) {
            refuse("'" + one.name + "' is no measurement");
        }
        entries.push_back(entry_of(one.name, one.number, nowhere, measured));
        if (entries.back().at("class_number") != entries.front().at("class_number")) {
            refuse("'" + one.name + "' has another number of classes than the first");
        }
        last = measured;
    }
    const auto given = [&](const char* decay) {
        const Json& text = last.at("config").contains(decay) ? last.at("config").at(decay) : Json();
        const Json& implied = last.at("implied");
        const bool used =
            implied.is_object() && implied.contains("used") && implied["used"].is_array() &&
            std::find(implied["used"].begin(), implied["used"].end(), decay) != implied["used"].end();
        return text.is_string() && !used ? text.get<std::string>() : std::string();
    };
    const bool matrices = entries.back().contains("logits");
    return {{"version", NCVERIFY_VERSION},
            {"training",
             {{"lambda_w", given("lambda_w")},
              {"lambda_h", given("lambda_h")},
              {"weights", last.at("config").value("weights", Json::array())},
              {"counts", Json::array()},
              {"ignored_label", nullptr},
              {"matrices", matrices},
              {"float8", nullptr}}},
            {"config", last.at("config")},
            {"trajectory", std::move(entries)}};
}

Json parse_trajectory(const std::string& text, const std::string& where) {
    Json json = files::parse_json(text, where);
    if (!json.is_object() || !json.contains("version") || !json.contains("training") ||
        !json.contains("config") || !json.contains("trajectory") || !json["trajectory"].is_array() ||
        json["trajectory"].empty() ||
        !std::all_of(json["trajectory"].begin(), json["trajectory"].end(), is_entry)) {
        throw InputError("is no trajectory", where, "trajectory.json as ncverify measure --out writes it");
    }
    // What other versions wrote is measured again, and drawn as far as it goes.
    if (json["version"] == NCVERIFY_VERSION) {
        for (const Json& entry : json["trajectory"]) {
            if (const std::string key = damaged_key(entry); !key.empty()) {
                throw InputError("'" + key + "' of '" + printable(entry["name"].get<std::string>()) +
                                     "' is damaged or missing",
                                 where, "trajectory.json as ncverify measure --out writes it");
            }
        }
    }
    return json;
}

std::string comma_separated(const Json& trajectory) {
    std::vector<std::string> columns;
    std::vector<std::vector<std::pair<std::string, std::string>>> lines;
    for (const Json& entry : trajectory.at("trajectory")) {
        flatten(entry, "", lines.emplace_back());
        for (const auto& [column, text] : lines.back()) {
            if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
                columns.push_back(column);
            }
        }
    }
    const auto line = [](const std::vector<std::string>& cells) {
        std::string text;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            text += (i > 0 ? "," : "") + quoted(cells[i]);
        }
        return text + "\n";
    };
    std::string text = line(columns);
    for (const auto& cells : lines) {
        std::vector<std::string> values(columns.size());
        for (const auto& [column, value] : cells) {
            values[static_cast<std::size_t>(std::find(columns.begin(), columns.end(), column) -
                                            columns.begin())] = value;
        }
        text += line(values);
    }
    return text;
}

}  // namespace ncverify::measure
