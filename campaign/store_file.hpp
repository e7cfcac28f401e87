// What all campaigns' files have in common: DIR/campaign.sqlite, its head, and whose it is.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "campaign/plan.hpp"

namespace ncverify::campaign {

class Database;

/// DIR/campaign.sqlite.
std::filesystem::path store_path(const std::filesystem::path& folder);

/// DIR/campaign.lock.
std::filesystem::path lock_path(const std::filesystem::path& folder);

/// Names of the files that a store keeps in its folder.
std::vector<std::string> file_names();

/// What a campaign's cases are.
enum class Kind {
    claims,  ///< a paper's, solved and certified: `campaign run`
    screen   ///< of a screen, in floating point: `campaign screen`
};

/// What the campaign in this folder is one of. Throws InputError where there is none.
Kind kind_of(const std::filesystem::path& folder);

/// Whether there is something in the file: a campaign of this kind and of a schema that this version reads.
/// Throws InputError for anything else.
bool begun(Database& database, Kind kind);

/// Throws InputError that says in what the campaign differs from the one that is asked for.
void refuse_another(const Database& database, const Settings& asked);

/// Throws InputError: a shard of another campaign than the first one's.
void refuse_another_shard(const Database& first, const Settings& of_first, const Database& shard,
                          const Settings& of_shard);

/// Throws InputError: a block of this shard is in another one, or in what takes it.
[[noreturn]] void taken_twice(const Database& shard, long block);

/// What it was begun with.
Settings settings_of(const Database& database);

/// The tables, and what it is begun with; in a transaction.
void begin_file(Database& database, const Settings& settings);

/// Throws InputError: the file says what cannot be.
[[noreturn]] void damaged(const Database& database, const std::string& what);

/// This moment, UTC, as the file has it.
std::string now();

/// Name of the machine that this process runs on.
std::string machine_name();

}  // namespace ncverify::campaign
