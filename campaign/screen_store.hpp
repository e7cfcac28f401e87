// ScreenStore: a screen's campaign in one SQLite file, as store.hpp has those of certified cases.
#pragma once

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "campaign/screened.hpp"

namespace ncverify::campaign {

class Database;
class StoreLock;

/// The file behind what was screened so far. Everything throws InputError that names it, as Database does.
class ScreenStore {
  public:
    /// For its owner: a new file for `plan`, or one that was begun with the same settings; throws InputError
    /// that says in what they differ.
    static std::unique_ptr<ScreenStore> own(const std::filesystem::path& folder, const ScreenPlan& plan);
    /// For who reads, at any moment: everything, suspects too.
    static std::unique_ptr<ScreenStore> read(const std::filesystem::path& folder);
    ScreenStore(const ScreenStore&) = delete;
    ScreenStore& operator=(const ScreenStore&) = delete;
    ~ScreenStore();

    const ScreenPlan& plan() const { return plan_; }
    const std::set<long>& done() const { return done_; }  ///< numbers of blocks
    long cases() const { return cases_; }                 ///< in these
    double seconds() const { return seconds_; }           ///< that one thread would have needed

    /// All counts and claims; suspects where it was opened by `read`, in the order of their numbers.
    const Screened& total() const { return total_; }
    /// By reason: how many suspects.
    const std::map<std::string, long>& reasons() const { return reasons_; }

    /// Replay tokens of suspects where some claim was refuted, by number; the first twenty.
    const std::map<long, std::string>& refutations() const { return refutations_; }

    /// Adds these, in one transaction: all are there afterwards, or none is.
    void add(const std::vector<ScreenBlock>& blocks);
    /// Takes all blocks of the shards in these folders, in one transaction: all are there afterwards, or
    /// none is. One after the other, since suspects may be many. Throws InputError where a block is here
    /// already.
    void take(const std::vector<std::filesystem::path>& shards);
    /// The plan of the shards in these folders; throws InputError where they cannot be taken together: of
    /// other settings, or with a block twice.
    static ScreenPlan check_shards(const std::vector<std::filesystem::path>& shards);

  private:
    ScreenStore(std::unique_ptr<StoreLock> lock, std::unique_ptr<Database> database, ScreenPlan plan);
    void create();
    std::pair<std::vector<std::string>, std::vector<std::string>> stored_claims() const;  // names, kinds
    void read_total(bool suspects);
    void write(const Screened& screened);
    void take_rows(const ScreenStore& shard);
    void note(const ScreenedSuspect& suspect);

    std::unique_ptr<StoreLock> lock_;  // none: for reading
    std::unique_ptr<Database> database_;
    ScreenPlan plan_;
    std::set<long> done_;
    long cases_ = 0;
    double seconds_ = 0;
    Screened total_;
    std::map<std::string, long> reasons_;
    std::map<long, std::string> refutations_;
};

}  // namespace ncverify::campaign
