#include "reports/trainings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "files/read_file.hpp"
#include "measure/trajectory.hpp"
#include "problem/errors.hpp"
#include "reports/text.hpp"

namespace ncverify::reports {

namespace {

constexpr const char* parts[] = {"logits", "classifier", "orthogonality", "within_class", "collapsed"};
constexpr std::size_t longest_number = 40, longest_name = 4096;
constexpr const char* not_in_links = ":\\?#";

InputError unusable(const std::string& what) {
    return {what, "a training", "what `ncverify measure` writes as trajectory.json, or a report keeps of it"};
}

// A number as text, as it stands; null where there is none.
Json number(const Json& value) {
    if (value.is_null()) {
        return value;
    }
    const std::string& text = value.get_ref<const std::string&>();
    std::size_t read = 0;
    double parsed = NAN;
    try {
        parsed = text.size() <= longest_number ? std::stod(text, &read) : NAN;
    } catch (const std::exception&) {
        read = 0;
    }
    if (read != text.size() || !std::isfinite(parsed)) {
        throw unusable("'" + printable(text.substr(0, longest_number)) + "' is no number");
    }
    return text;
}

Json name(const Json& value) {
    const std::string& text = value.get_ref<const std::string&>();
    if (text.empty() || text.size() > longest_name) {
        throw unusable("a name of " + std::to_string(text.size()) + " characters");
    }
    return text;
}

// A path below or beside the report, and nothing else that a link may be.
Json page(const Json& value) {
    if (value.is_null()) {
        return value;
    }
    const std::string text = name(value).get<std::string>();
    if (text.find_first_of(not_in_links) != std::string::npos || text.front() == '/') {
        throw unusable("'" + printable(text) + "' is no path from a report to a page");
    }
    return text;
}

long long count(const Json& value) {
    const long long number = value.get<long long>();
    if (number < 0) {
        throw unusable("a count below zero");
    }
    return number;
}

// The folder that names a training: its own, or the one in which it was measured.
std::string name_of(const std::filesystem::path& file) {
    const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
    return (folder.filename() == "measured" ? folder.parent_path() : folder).filename().string();
}

// From a report in a folder to a page; null where there is none, or none that a link can name.
Json link_to(const std::filesystem::path& page, const std::filesystem::path& folder) {
    std::error_code none;
    if (!std::filesystem::exists(page, none)) {
        return nullptr;
    }
    const std::filesystem::path link = std::filesystem::proximate(page, folder, none);
    const std::string text = link.generic_string();
    return !none && link.is_relative() && text.find_first_of(not_in_links) == std::string::npos
               ? Json(text)
               : Json(nullptr);
}

double percent(const Json& part, const Json& whole) {
    return 100 * std::stod(part.get<std::string>()) / std::stod(whole.get<std::string>());
}

}  // namespace

Json training_summary(const Json& training) {
    Json summary = {{"name", name(training.at("name"))},
                    {"page", page(training.at("page"))},
                    {"snapshots", count(training.at("snapshots"))},
                    {"last", name(training.at("last"))},
                    {"samples", count(training.at("samples"))},
                    {"correct", count(training.at("correct"))},
                    {"dead_classes", count(training.at("dead_classes"))}};
    for (const char* key : {"loss", "lower_bound", "gap", "relative_gap", "nc1", "nc2", "nc3"}) {
        summary[key] = number(training.at(key));
    }
    for (const char* part : parts) {
        summary["terms"][part] = number(training.at("terms").at(part));
    }
    return summary;
}

Json read_training(const std::filesystem::path& path, const std::filesystem::path& beside) {
    const std::string where = "--training " + path.string();
    try {
        const Json trajectory =
            measure::parse_trajectory(files::read_file(path.string(), "--training"), where);
        const Json& snapshots = trajectory.at("trajectory");
        if (snapshots.empty()) {
            throw InputError("holds no snapshot", where, "trajectory.json of `ncverify measure --out`");
        }
        const Json& last = snapshots.back();
        const Json& gap = last.at("gap");
        if (gap.is_null()) {
            throw InputError("has no gap", where, "a training that was measured with its weight decays");
        }
        const std::filesystem::path own = path.parent_path() / "index.html";
        Json kept = {{"name", name_of(path)},
                     {"page", nullptr},
                     {"snapshots", snapshots.size()},
                     {"last", last.at("name")},
                     {"samples", last.at("samples")},
                     {"correct", last.at("correct")},
                     {"dead_classes", last.at("dead_classes").size()},
                     {"terms", gap.at("terms")}};
        if (!beside.empty()) {
            kept["page"] = link_to(own, beside);
        }
        for (const char* key : {"loss", "lower_bound", "gap", "relative_gap"}) {
            kept[key] = gap.at(key);
        }
        for (const char* key : {"nc1", "nc2", "nc3"}) {
            kept[key] = last.at("metrics").at(key);
        }
        return training_summary(kept);
    } catch (const nlohmann::json::exception&) {
        throw InputError("is no training", where, "trajectory.json of `ncverify measure --out`");
    }
}

void add_training(nlohmann::ordered_json& trainings, const Json& training) {
    const nlohmann::ordered_json added = training;
    if (std::find(trainings.begin(), trainings.end(), added) == trainings.end()) {
        trainings.push_back(added);
    }
}

void move_pages(nlohmann::ordered_json& trainings, const std::filesystem::path& from,
                const std::filesystem::path& to) {
    for (nlohmann::ordered_json& training : trainings) {
        if (training.at("page").is_string()) {
            const std::filesystem::path page = from / training["page"].get<std::string>();
            training["page"] = link_to(page, to);
        }
    }
}

std::string trainings_text(const Json& trainings) {
    std::string text;
    for (const Json& training : trainings) {
        const Json &gap = training.at("gap"), &relative = training.at("relative_gap");
        const char* largest = parts[0];
        for (const char* part : parts) {
            const auto size = [&](const char* key) {
                const Json& term = training.at("terms").at(key);
                return term.is_null() ? 0 : std::stod(term.get<std::string>());
            };
            largest = size(part) > size(largest) ? part : largest;
        }
        const bool told =
            !gap.is_null() && !relative.is_null() && !training.at("terms").at(largest).is_null();
        text +=
            fmt::format("\nTrained network {}: {} of {} samples on their own side{}.\n",
                        markdown(training.at("name").get<std::string>()),
                        training.at("correct").get<long long>(), training.at("samples").get<long long>(),
                        told ? fmt::format(", {:.3g} % above the least possible loss, {:.3g} % of that {}",
                                           100 * std::stod(relative.get<std::string>()),
                                           percent(training.at("terms").at(largest), gap), largest)
                             : "");
    }
    return text;
}

}  // namespace ncverify::reports
