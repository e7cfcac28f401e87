#include "cli/trajectory_command.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/messages.hpp"
#include "cli/outcome.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include "files/atomic_file.hpp"
#include "files/read_file.hpp"
#include "problem/errors.hpp"
#include "reports/terminal_table.hpp"
#include "reports/trajectory_page.hpp"

namespace ncverify::cli {

namespace {

constexpr const char* document_name = "trajectory.json";

// What a folder remembers of an earlier run; null where it has none.
Json remembered_in(const std::string& folder) {
    const std::filesystem::path path = std::filesystem::path(folder) / document_name;
    std::error_code ignored;
    if (folder.empty() || !std::filesystem::exists(path, ignored)) {
        return nullptr;
    }
    return measure::parse_trajectory(files::read_file(path.string(), path.string()), path.string());
}

std::string number_at(const Json& entry, const char* group, const char* key) {
    const Json& numbers = entry.at(group);
    if (!numbers.is_object() || !numbers.contains(key) || !numbers.at(key).is_string()) {
        return "-";
    }
    const auto text = numbers.at(key).get<std::string>();
    const double value = std::strtod(text.c_str(), nullptr);
    return std::isnormal(value) || value == 0 ? fmt::format("{:.5g}", value) : text;
}

void print_table(const Json& document) {
    std::vector<std::vector<reports::Cell>> rows = {
        {{"snapshot"}, {"gap"}, {"relative"}, {"NC1"}, {"NC2"}, {"NC3"}, {"right"}}};
    for (const Json& entry : document.at("trajectory")) {
        rows.push_back({{entry.at("name").get<std::string>()},
                        {number_at(entry, "gap", "gap")},
                        {number_at(entry, "gap", "relative_gap")},
                        {number_at(entry, "metrics", "nc1")},
                        {number_at(entry, "metrics", "nc2")},
                        {number_at(entry, "metrics", "nc3")},
                        {entry.at("correct").dump() + "/" + entry.at("samples").dump()}});
    }
    std::cout << reports::aligned(rows, rows[0].size(), layout());
}

// Keeps what was measured so far in the folder, at most once a second: a snapshot that turns out unusable, or
// a killed process, costs no more than that.
class Keeper {
  public:
    explicit Keeper(std::string folder) : folder_(std::move(folder)) {}

    void watch(Json so_far) {
        so_far_ = std::move(so_far);
        const auto now = std::chrono::steady_clock::now();
        if (now - kept_at_ >= std::chrono::seconds(1)) {
            keep();
            kept_at_ = now;
        }
    }
    /// True where something was kept: what cannot be written is said when all is done.
    bool keep() {
        if (folder_.empty() || !so_far_.is_object() || so_far_.at("trajectory").empty()) {
            return false;
        }
        try {
            const std::filesystem::path folder(folder_);
            files::create_directory(folder);
            files::write_each(folder, {{document_name, [this] { return written(so_far_); }}});
        } catch (const InputError&) {
            return false;
        }
        return true;
    }
    std::size_t measured() const { return so_far_.is_object() ? so_far_.at("trajectory").size() : 0; }

    static std::string written(const Json& document) { return document.dump(1) + "\n"; }

  private:
    std::string folder_;
    Json so_far_;
    std::chrono::steady_clock::time_point kept_at_ = std::chrono::steady_clock::now();
};

// "runs/a/trajectory.json" as "a".
std::string run_name(const std::string& folder, const std::string& otherwise) {
    std::error_code ignored;
    const auto whole = std::filesystem::absolute(folder, ignored).lexically_normal();
    const std::string name = (whole.has_filename() ? whole : whole.parent_path()).filename().string();
    return name.empty() ? otherwise : name;
}

}  // namespace

const std::vector<std::string>& trajectory_files() {
    static const std::vector<std::string> names = {document_name, "trajectory.csv", "index.html"};
    return names;
}

int run_trajectory(const TrajectoryRequest& request) {
    const auto snapshots = measure::snapshots(request.files);
    const Json before = remembered_in(request.folder);
    std::vector<reports::NamedTrajectory> runs;
    if (!request.beside.empty()) {
        const std::string parent = std::filesystem::path(request.beside).parent_path().string();
        runs.push_back({run_name(parent.empty() ? "." : parent, "the other"),
                        measure::parse_trajectory(files::read_file(request.beside, "--beside"),
                                                  "--beside " + request.beside)});
    }
    Keeper keeper(request.folder);
    Json document;
    try {
        document = with_progress([&] {
            return measure::trajectory(snapshots, request.settings, before, [&](const Json& so_far) {
                keeper.watch(so_far);
                note_progress("snapshots",
                              static_cast<double>(keeper.measured()) / static_cast<double>(snapshots.size()));
            });
        });
    } catch (const InputError& error) {
        if (!keeper.keep()) {
            throw;
        }
        throw InputError(fmt::format("{}; the {} measured before are kept", error.problem, keeper.measured()),
                         error.where, error.expected);
    }
    const std::string text = Keeper::written(document);
    const auto write = [&] {
        if (request.folder.empty()) {
            return;
        }
        runs.insert(runs.begin(), {run_name(request.folder, "this run"), document});
        const std::filesystem::path folder(request.folder);
        const auto& names = trajectory_files();
        files::create_directory(folder);
        files::write_each(folder, {{names[0], [&] { return text; }},
                                   {names[1], [&] { return measure::comma_separated(document); }},
                                   {names[2], [&] { return reports::trajectory_page(runs); }}});
        say_report((folder / names[2]).string());
    };
    write_then_print({write}, [&] {
        if (request.json) {
            std::cout << text;
        } else {
            print_table(document);
        }
    });
    return status_ok;
}

}  // namespace ncverify::cli
