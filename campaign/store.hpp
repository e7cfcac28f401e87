// Store: a campaign in one SQLite file, written to by one owner and read by anybody.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "campaign/plan.hpp"
#include "campaign/standing.hpp"
#include "campaign/work.hpp"

namespace ncverify::campaign {

class Database;
class StoreLock;

/// The file behind a standing. Everything throws InputError that names it, as Database does.
class Store {
  public:
    /// For its owner: a new file for `plan`, or one that was begun with the same settings; throws InputError
    /// that says in what they differ.
    static std::unique_ptr<Store> own(const std::filesystem::path& folder, const Plan& plan);
    /// For who reads, at any moment. @param papers  of which it may be
    static std::unique_ptr<Store> read(const std::filesystem::path& folder,
                                       const std::vector<const trial::Paper*>& papers);
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    ~Store();

    const Plan& plan() const { return plan_; }
    const Standing& standing() const { return standing_; }

    /// Adds these, in one transaction: all are there afterwards, or none is.
    void add(const std::vector<Finding>& findings);
    /// Chooses the cases of the adaptive part, where the base plan is done and they are not chosen.
    void choose_adaptive();
    /// Takes all blocks of shards, in one transaction: all are there afterwards, or none is. Throws
    /// InputError where one of them is here already.
    void take(const std::vector<std::unique_ptr<Store>>& shards);
    /// Throws InputError where these cannot be taken together: of other settings, with a block twice, or
    /// beyond the base plan.
    static void check_shards(const std::vector<std::unique_ptr<Store>>& shards);

  private:
    Store(std::unique_ptr<StoreLock> lock, std::unique_ptr<Database> database, Plan plan);
    void create();
    void read_standing();
    void read_kept();
    void check_standing();
    void write(const Finding& finding);
    void take_rows(const Store& shard);
    void write_tally(Part part, std::size_t claim, const Tally& added, const Tally& before,
                     const Tally& after);
    void write_kept(std::size_t claim, const std::vector<Kept>& before, const std::vector<Kept>& after,
                    Why why);

    std::unique_ptr<StoreLock> lock_;  // none: for reading
    std::unique_ptr<Database> database_;
    Plan plan_;
    Standing standing_;
};

}  // namespace ncverify::campaign
