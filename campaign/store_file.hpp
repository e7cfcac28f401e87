// What all campaigns' files have in common: DIR/campaign.sqlite, its head, and whose it is.
#pragma once

#include <filesystem>
#include <string>

#include "campaign/plan.hpp"

namespace ncverify::campaign {

class Database;

/// DIR/campaign.sqlite.
std::filesystem::path store_path(const std::filesystem::path& folder);

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
