#include "campaign/store_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <ctime>

#include "campaign/database.hpp"
#include "campaign/schema.hpp"
#include "problem/errors.hpp"

namespace ncverify::campaign {

namespace {

constexpr const char* file_name = "campaign.sqlite";
constexpr const char* lock_name = "campaign.lock";

bool empty(Database& database) {
    return database.text("SELECT count(*) FROM sqlite_schema") == "0";
}

Kind kind_of(Database& database) {
    return database.text("SELECT value FROM setting WHERE name = 'kind'") == "screen" ? Kind::screen
                                                                                      : Kind::claims;
}

}  // namespace

std::filesystem::path store_path(const std::filesystem::path& folder) {
    return folder / file_name;
}

std::filesystem::path lock_path(const std::filesystem::path& folder) {
    return folder / lock_name;
}

std::vector<std::string> file_names() {
    return {file_name, lock_name};
}

Kind kind_of(const std::filesystem::path& folder) {
    Database database(store_path(folder), Database::Opening::existing);
    const bool told = database.text("SELECT name FROM sqlite_schema WHERE name = 'setting'").has_value();
    return told ? kind_of(database) : Kind::claims;  // which finds out what is wrong with it
}

bool begun(Database& database, Kind kind) {
    if (empty(database)) {
        return false;
    }
    if (database.text("PRAGMA application_id") != std::to_string(application_id)) {
        damaged(database, "no campaign");
    }
    // Version 2 added the tables of screens, and changed none.
    if (const std::string version = database.text("PRAGMA user_version").value_or("");
        version != std::to_string(schema_version) && version != "1") {
        throw InputError("its schema is version " + version, database.path().string(),
                         "version " + std::to_string(schema_version) + ", or the program that began it");
    }
    if (const std::string problem = database.text("PRAGMA quick_check(1)").value_or("no answer");
        problem != "ok") {
        damaged(database, printable(problem));
    }
    if (kind_of(database) != kind) {
        throw InputError(
            kind == Kind::screen ? "it is a campaign of certified cases" : "it is a screen's campaign",
            database.path().string(),
            kind == Kind::screen ? "one that `ncverify campaign screen` began, or another folder"
                                 : "one that `ncverify campaign run` began, or another folder");
    }
    return true;
}

void refuse_another(const Database& database, const Settings& asked) {
    if (const std::string differs = difference(settings_of(database), asked); !differs.empty()) {
        throw InputError("it was begun with other options: " + differs, database.path().string(),
                         "the options that it was begun with, or another folder");
    }
}

void refuse_another_shard(const Database& first, const Settings& of_first, const Database& shard,
                          const Settings& of_shard) {
    if (const std::string differs = difference(of_first, of_shard); !differs.empty()) {
        throw InputError("it is another campaign than the one in '" +
                             printable(first.path().parent_path().string()) + "': " + differs,
                         shard.path().parent_path().string(), "shards of one campaign");
    }
}

void taken_twice(const Database& shard, long block) {
    throw InputError("its block " + std::to_string(block) + " is in another one too", shard.path().string(),
                     "each shard once");
}

Settings settings_of(const Database& database) {
    Settings settings;
    for (Statement rows(database, "SELECT name, value FROM setting WHERE name <> 'adaptive'"); rows.step();) {
        settings.emplace_back(rows.text(0), rows.text(1));
    }
    return settings;
}

void begin_file(Database& database, const Settings& settings) {
    database.execute(schema);
    database.execute(screen_schema);
    database.execute("PRAGMA application_id = " + std::to_string(application_id) +
                     "; PRAGMA user_version = " + std::to_string(schema_version));
    Statement setting(database, "INSERT INTO setting VALUES (?, ?)");
    for (const auto& [name, value] : settings) {
        setting.set(name).set(value).run();
    }
}

void damaged(const Database& database, const std::string& what) {
    throw InputError("it is damaged: " + what, database.path().string(),
                     "a file that `ncverify campaign` wrote");
}

std::string now() {
    const std::time_t time = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                       parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string machine_name() {
    char name[256] = "";
    ::gethostname(name, sizeof name - 1);
    return name;
}

}  // namespace ncverify::campaign
