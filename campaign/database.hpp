// Database: SQLite behind three small types; its failures as one line each.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace ncverify::campaign {

/// An open file. Everything throws InputError that names the file: locked, damaged, a full disk, no file.
class Database {
  public:
    enum class Opening {
        create,   ///< a new file, or the one that is there
        existing  ///< one that is there
    };
    /// With a rollback journal, every transaction on the disk before it counts as made; waits a while for
    /// others that read.
    Database(std::filesystem::path path, Opening opening);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    void execute(const std::string& sql);
    /// The one value that a query for one has; none: no row.
    std::optional<std::string> text(const std::string& sql);
    /// Throws for a result of SQLite that is a failure.
    void check(int result) const;
    sqlite3* handle() const { return database_; }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
    sqlite3* database_ = nullptr;
};

/// A prepared statement: `set` its parameters from left to right, `step`, and read columns, or `run` it.
class Statement {
  public:
    Statement(const Database& database, const std::string& sql);
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    Statement& set(std::int64_t value);
    Statement& set(int value) { return set(static_cast<std::int64_t>(value)); }
    Statement& set(std::size_t value) { return set(static_cast<std::int64_t>(value)); }
    Statement& set(const std::string& value);
    Statement& set(const std::optional<double>& value);

    /// To the next row; false behind the last one, and ready to be run again.
    bool step();
    /// For one that has no rows.
    void run() { step(); }

    /// A column of the row. SQLite keeps in any column whatever it is given: what is of another type than the
    /// schema says, or text that is no UTF-8, is damage, and thrown as such.
    std::int64_t number(int column) const;
    std::string text(int column) const;
    std::optional<double> real(int column) const;
    /// Of any type, as text: what SQLite says of itself.
    std::string any(int column) const;

  private:
    void require(int column, int type) const;

    const Database& database_;
    sqlite3_stmt* statement_ = nullptr;
    int parameter_ = 0;
};

/// All that is written during its life is there at once, or none of it.
class Transaction {
  public:
    explicit Transaction(Database& database);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();

  private:
    Database& database_;
    bool open_ = true;
};

}  // namespace ncverify::campaign
