#include "measure/snapshots.hpp"

#include <glob.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "problem/errors.hpp"

namespace ncverify::measure {

namespace {

std::string file_name(const std::string& path) {
    return std::filesystem::path(path).filename().string();
}

// The last number in a file's name; nothing where it has none, or one of more digits than a whole number has.
std::optional<long long> number_in(const std::string& path) {
    const std::string name = std::filesystem::path(path).stem().string();
    const auto last = name.find_last_of("0123456789");
    if (last == std::string::npos) {
        return std::nullopt;
    }
    const auto before = name.find_last_not_of("0123456789", last);
    const char* first = name.data() + (before == std::string::npos ? 0 : before + 1);
    long long number = 0;
    const auto [stop, error] = std::from_chars(first, name.data() + last + 1, number);
    return error == std::errc() ? std::optional(number) : std::nullopt;
}

bool is_pattern(const std::string& name) {
    std::error_code ignored;
    return name.find_first_of("*?[") != std::string::npos && !std::filesystem::exists(name, ignored);
}

std::vector<std::string> fitting(const std::string& pattern) {
    glob_t found{};
    std::vector<std::string> paths;
    if (::glob(pattern.c_str(), 0, nullptr, &found) == 0) {
        paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
    }
    ::globfree(&found);
    return paths;
}

// What a name stands for, in order. A colon after the pattern begins a key, as it does after a file.
std::vector<std::string> expanded(const std::string& name, const std::string& option) {
    if (!is_pattern(name)) {
        return {name};
    }
    std::vector<std::string> paths = fitting(name);
    std::string key;
    if (const auto colon = name.rfind(':'); paths.empty() && colon != std::string::npos) {
        key = name.substr(colon);
        paths = fitting(name.substr(0, colon));
    }
    if (paths.empty()) {
        throw InputError("no file fits '" + printable(name) + "'", option,
                         "a pattern that some files fit, such as 'epoch-*.npz'");
    }
    std::stable_sort(paths.begin(), paths.end(), [](const std::string& a, const std::string& b) {
        const auto first = number_in(a), second = number_in(b);
        return first && second && *first != *second ? *first < *second : false;
    });
    for (std::string& path : paths) {
        path += key;
    }
    return paths;
}

std::vector<std::string> expanded(const std::vector<std::string>& names, const std::string& option) {
    std::vector<std::string> all;
    for (const std::string& name : names) {
        const auto these = expanded(name, option);
        all.insert(all.end(), these.begin(), these.end());
    }
    return all;
}

// The i-th, or the only one.
const std::string& of_snapshot(const std::vector<std::string>& names, std::size_t i) {
    static const std::string none;
    return names.empty() ? none : names[names.size() == 1 ? 0 : i];
}

// What a snapshot is called after: "run/epoch-3.npz:H" as "epoch-3.npz".
std::string named_after(const std::string& name) {
    std::error_code ignored;
    const auto colon = name.rfind(':');
    return file_name(
        colon == std::string::npos || std::filesystem::exists(name, ignored) ? name : name.substr(0, colon));
}

}  // namespace

bool are_several(const SnapshotFiles& given) {
    const auto several = [](const std::vector<std::string>& names) {
        return names.size() > 1 || std::any_of(names.begin(), names.end(), is_pattern);
    };
    return several(given.features) || several(given.labels) || several(given.classifier) ||
           several(given.bias);
}

std::vector<Snapshot> snapshots(const SnapshotFiles& given) {
    struct Kind {
        std::string option;
        std::vector<std::string> names;
    };
    const std::vector<Kind> kinds = {{"--features", expanded(given.features, "--features")},
                                     {"--classifier", expanded(given.classifier, "--classifier")},
                                     {"--labels", expanded(given.labels, "--labels")},
                                     {"--bias", expanded(given.bias, "--bias")}};
    const Kind& longest = *std::max_element(kinds.begin(), kinds.end(), [](const Kind& a, const Kind& b) {
        return a.names.size() < b.names.size();
    });
    for (const Kind& kind : kinds) {
        if (kind.names.size() > 1 && kind.names.size() != longest.names.size()) {
            throw InputError(
                "has " + std::to_string(kind.names.size()) + " files", kind.option,
                "one, or " + std::to_string(longest.names.size()) + " as " + longest.option + " has");
        }
    }
    std::vector<Snapshot> all;
    for (std::size_t i = 0; i < longest.names.size(); ++i) {
        const std::string name = named_after(longest.names[i]);
        all.push_back({name,
                       number_in(name),
                       {.features = of_snapshot(kinds[0].names, i),
                        .labels = of_snapshot(kinds[2].names, i),
                        .classifier = of_snapshot(kinds[1].names, i),
                        .bias = of_snapshot(kinds[3].names, i),
                        .eight_bits = given.eight_bits}});
    }
    return all;
}

}  // namespace ncverify::measure
