#include "campaign/database.hpp"

#include <sqlite3.h>

#include <nlohmann/json.hpp>

#include "problem/errors.hpp"

namespace ncverify::campaign {

namespace {

constexpr int patience_ms = 60'000;  // for somebody who reads; a report of a large campaign takes seconds

bool is_utf8(const std::string& text) {
    try {
        nlohmann::json(text).dump();
        return true;
    } catch (const nlohmann::json::exception&) {
        return false;
    }
}

}  // namespace

Database::Database(std::filesystem::path path, Opening opening) : path_(std::move(path)) {
    const int flags = SQLITE_OPEN_READWRITE | (opening == Opening::create ? SQLITE_OPEN_CREATE : 0);
    const int result = sqlite3_open_v2(path_.c_str(), &database_, flags, nullptr);
    try {
        check(result);
        sqlite3_extended_result_codes(database_, 1);
        sqlite3_busy_timeout(database_, patience_ms);
        // No write-ahead log: it wants memory that machines share. FULL: what is committed has reached the
        // disk.
        execute("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
    } catch (...) {
        sqlite3_close_v2(database_);
        throw;
    }
}

Database::~Database() {
    sqlite3_close_v2(database_);
}

void Database::check(int result) const {
    const std::string where = path_.string();
    switch (result & 0xff) {
        case SQLITE_OK:
        case SQLITE_ROW:
        case SQLITE_DONE:
            return;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw InputError("another program has it locked", where, "one at a time to write to it");
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            throw InputError("it is damaged, or no campaign", where, "a file that `ncverify campaign` wrote");
        case SQLITE_FULL:
            throw InputError("the disk is full; what was written before is kept", where,
                             "room on the disk, and the same command again");
        case SQLITE_CANTOPEN:
            throw InputError("it cannot be opened", where,
                             "a campaign's file in a folder that can be written to");
        case SQLITE_READONLY:
        case SQLITE_PERM:
            throw InputError("it cannot be written to", where, "a file and a folder that can be written to");
        case SQLITE_IOERR:
            throw InputError(std::string("reading or writing failed (") +
                                 (database_ != nullptr ? sqlite3_errmsg(database_) : "no memory") +
                                 "); what was written before is kept",
                             where, "a disk with room that works, and the same command again");
        default:
            throw InputError(printable(database_ != nullptr ? sqlite3_errmsg(database_) : "no memory"), where,
                             "a file that `ncverify campaign` wrote");
    }
}

void Database::execute(const std::string& sql) {
    check(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr));
}

std::optional<std::string> Database::text(const std::string& sql) {
    Statement statement(*this, sql);
    return statement.step() ? std::optional(statement.any(0)) : std::nullopt;
}

Statement::Statement(const Database& database, const std::string& sql) : database_(database) {
    database_.check(sqlite3_prepare_v2(database_.handle(), sql.c_str(), -1, &statement_, nullptr));
}

Statement::~Statement() {
    sqlite3_finalize(statement_);
}

Statement& Statement::set(std::int64_t value) {
    database_.check(sqlite3_bind_int64(statement_, ++parameter_, value));
    return *this;
}

Statement& Statement::set(const std::string& value) {
    database_.check(sqlite3_bind_text(statement_, ++parameter_, value.data(), static_cast<int>(value.size()),
                                      SQLITE_TRANSIENT));  // NOLINT(performance-no-int-to-ptr)
    return *this;
}

Statement& Statement::set(const std::optional<double>& value) {
    ++parameter_;
    database_.check(value ? sqlite3_bind_double(statement_, parameter_, *value)
                          : sqlite3_bind_null(statement_, parameter_));
    return *this;
}

bool Statement::step() {
    const int result = sqlite3_step(statement_);
    if (result == SQLITE_ROW) {
        return true;
    }
    sqlite3_reset(statement_);
    parameter_ = 0;
    database_.check(result);
    return false;
}

void Statement::require(int column, int type) const {
    if (sqlite3_column_type(statement_, column) != type) {
        database_.check(SQLITE_CORRUPT);
    }
}

std::int64_t Statement::number(int column) const {
    require(column, SQLITE_INTEGER);
    return sqlite3_column_int64(statement_, column);
}

std::string Statement::any(int column) const {
    const unsigned char* text = sqlite3_column_text(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return text == nullptr ? "" : std::string(text, text + size);
}

std::string Statement::text(int column) const {
    require(column, SQLITE_TEXT);
    std::string text = any(column);
    if (!is_utf8(text)) {
        database_.check(SQLITE_CORRUPT);
    }
    return text;
}

std::optional<double> Statement::real(int column) const {
    if (sqlite3_column_type(statement_, column) == SQLITE_NULL) {
        return std::nullopt;
    }
    require(column, SQLITE_FLOAT);
    return sqlite3_column_double(statement_, column);
}

Transaction::Transaction(Database& database) : database_(database) {
    database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (open_) {
        sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

void Transaction::commit() {
    database_.execute("COMMIT");
    open_ = false;
}

}  // namespace ncverify::campaign
