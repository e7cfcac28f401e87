#include "campaign/screen_store.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "campaign/database.hpp"
#include "campaign/store_file.hpp"
#include "campaign/store_lock.hpp"
#include "files/atomic_file.hpp"

namespace ncverify::campaign {

namespace {

constexpr std::size_t most_refutations = 20;
constexpr const char* insert_block = "INSERT INTO block VALUES ('screen', ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?)";

// A whole number of the settings, 0 where it is none.
long number_of(const Settings& settings, const std::string& name) {
    for (const auto& [each, value] : settings) {
        if (each == name && !value.empty() && value.size() < 16 &&
            value.find_first_not_of("0123456789") == std::string::npos) {
            return std::stol(value);
        }
    }
    return 0;
}

long count(const Screened& screened, const char* name) {
    const auto found = screened.counts.find(name);
    return found == screened.counts.end() ? 0 : found->second;
}

}  // namespace

ScreenStore::ScreenStore(std::unique_ptr<StoreLock> lock, std::unique_ptr<Database> database, ScreenPlan plan)
    : lock_(std::move(lock)), database_(std::move(database)), plan_(std::move(plan)) {}

ScreenStore::~ScreenStore() = default;

std::unique_ptr<ScreenStore> ScreenStore::own(const std::filesystem::path& folder, const ScreenPlan& plan) {
    files::create_directory(folder);
    auto lock = std::make_unique<StoreLock>(folder);
    auto database = std::make_unique<Database>(store_path(folder), Database::Opening::create);
    const bool resumed = begun(*database, Kind::screen);
    if (resumed) {
        refuse_another(*database, plan.settings);
    }
    std::unique_ptr<ScreenStore> store(new ScreenStore(std::move(lock), std::move(database), plan));
    if (!resumed) {
        store->create();
    }
    if (store->stored_claims() != std::pair(plan.claims, plan.claim_kinds)) {
        damaged(*store->database_, "its claims are others than its settings say");
    }
    store->read_total(false);
    return store;
}

std::unique_ptr<ScreenStore> ScreenStore::read(const std::filesystem::path& folder) {
    auto database = std::make_unique<Database>(store_path(folder), Database::Opening::existing);
    if (!begun(*database, Kind::screen)) {
        damaged(*database, "nothing in it");
    }
    ScreenPlan plan;
    plan.settings = settings_of(*database);
    plan.cases = number_of(plan.settings, "--random");
    plan.block_size = number_of(plan.settings, "--block");
    if (plan.cases < 1 || plan.block_size < 1) {
        damaged(*database, "its settings are not those of a screen");
    }
    std::unique_ptr<ScreenStore> store(new ScreenStore(nullptr, std::move(database), std::move(plan)));
    store->database_->execute("BEGIN");  // one look at all tables
    std::tie(store->plan_.claims, store->plan_.claim_kinds) = store->stored_claims();
    store->read_total(true);
    store->database_->execute("COMMIT");
    return store;
}

void ScreenStore::create() {
    Transaction transaction(*database_);
    begin_file(*database_, plan_.settings);
    Statement claim(*database_, "INSERT INTO claim VALUES (?, ?, ?)");
    Statement screened(*database_, "INSERT INTO screened VALUES (?, 0, 0, 0, 0)");
    for (std::size_t j = 0; j < plan_.claims.size(); ++j) {
        claim.set(j).set(plan_.claims[j]).set(plan_.claim_kinds[j]).run();
        screened.set(j).run();
    }
    transaction.commit();
}

std::pair<std::vector<std::string>, std::vector<std::string>> ScreenStore::stored_claims() const {
    std::pair<std::vector<std::string>, std::vector<std::string>> stored;
    for (Statement rows(*database_, "SELECT claim, id, kind FROM claim ORDER BY claim"); rows.step();) {
        if (static_cast<std::size_t>(rows.number(0)) != stored.first.size()) {
            damaged(*database_, "no such claim");
        }
        stored.first.push_back(rows.text(1));
        stored.second.push_back(rows.text(2));
    }
    return stored;
}

// The inverse of what `write` writes.
void ScreenStore::read_total(bool suspects) {
    total_.claims.resize(plan_.claims.size());
    const auto claim_of = [&](const Statement& rows) -> ScreenedClaim& {
        const auto claim = static_cast<std::size_t>(rows.number(0));
        if (claim >= total_.claims.size()) {
            damaged(*database_, "no such claim");
        }
        return total_.claims[claim];
    };
    for (Statement rows(*database_, "SELECT number, cases, seconds FROM block"); rows.step();) {
        done_.insert(rows.number(0));
        cases_ += rows.number(1);
        seconds_ += rows.real(2).value_or(0);
    }
    for (Statement rows(*database_, "SELECT claim, checked, unresolved, suspects, largest FROM screened");
         rows.step();) {
        ScreenedClaim& claim = claim_of(rows);
        claim.checked = rows.number(1);
        claim.unresolved = rows.number(2);
        claim.suspects = rows.number(3);
        claim.largest = rows.real(4).value_or(0);
    }
    for (Statement rows(*database_, "SELECT claim, bin, cases FROM error"); rows.step();) {
        claim_of(rows).errors[static_cast<int>(rows.number(1))] = rows.number(2);
    }
    long solved = 0;
    for (Statement rows(*database_, "SELECT name, cases FROM screen_count"); rows.step();) {
        total_.counts[rows.text(0)] = rows.number(1);
        solved += rows.text(0).starts_with("on ") ? rows.number(1) : 0;
    }
    for (Statement rows(*database_,
                        "SELECT number, claims, found, certified, refuted, reason, replay FROM suspect "
                        "ORDER BY number");
         rows.step();) {
        ScreenedSuspect suspect{rows.number(0), rows.text(1), rows.text(2), rows.number(3) != 0,
                                rows.text(4),   rows.text(5), rows.text(6)};
        note(suspect);
        if (suspects) {
            total_.suspects.push_back(std::move(suspect));
        }
    }
    long planned = 0;
    for (const long block : done_) {
        if (block < 0 || block >= plan_.blocks()) {
            damaged(*database_, "a block that the plan does not have");
        }
        planned += std::min(plan_.block_size, plan_.cases - block * plan_.block_size);
    }
    if (solved != cases_ || planned != cases_) {
        damaged(*database_, "its blocks have other cases than its counts");
    }
}

void ScreenStore::note(const ScreenedSuspect& suspect) {
    ++reasons_[suspect.reason];
    if (!suspect.refuted.empty()) {
        refutations_[suspect.number] = suspect.replay;
        if (refutations_.size() > most_refutations) {
            refutations_.erase(std::prev(refutations_.end()));
        }
    }
}

void ScreenStore::write(const Screened& screened) {
    Statement counted(
        *database_,
        "INSERT INTO screen_count VALUES (?, ?) ON CONFLICT DO UPDATE SET cases = cases + excluded.cases");
    for (const auto& [name, cases] : screened.counts) {
        counted.set(name).set(cases).run();
    }
    Statement claim(*database_,
                    "UPDATE screened SET checked = checked + ?, unresolved = unresolved + ?, "
                    "suspects = suspects + ?, largest = max(largest, ?) WHERE claim = ?");
    Statement error(
        *database_,
        "INSERT INTO error VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET cases = cases + excluded.cases");
    for (std::size_t j = 0; j < screened.claims.size(); ++j) {
        const ScreenedClaim& each = screened.claims[j];
        claim.set(each.checked)
            .set(each.unresolved)
            .set(each.suspects)
            .set(std::optional(each.largest))
            .set(j)
            .run();
        for (const auto& [bin, cases] : each.errors) {
            error.set(j).set(bin).set(cases).run();
        }
    }
    Statement suspect(*database_, "INSERT INTO suspect VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (const ScreenedSuspect& each : screened.suspects) {
        suspect.set(each.number)
            .set(each.claims)
            .set(each.found)
            .set(each.certified ? 1 : 0)
            .set(each.refuted)
            .set(each.reason)
            .set(each.replay)
            .run();
        note(each);
    }
}

void ScreenStore::add(const std::vector<ScreenBlock>& blocks) {
    Transaction transaction(*database_);
    Statement insert(*database_, insert_block);
    Screened added;  // of all blocks together: a row is written once for each transaction
    for (const ScreenBlock& block : blocks) {
        if (!done_.insert(block.number).second) {
            continue;
        }
        long certified = 0;
        for (const ScreenedSuspect& suspect : block.screened.suspects) {
            certified += suspect.certified ? 1 : 0;
        }
        insert.set(block.number)
            .set(block.cases)
            .set(certified)
            .set(static_cast<long>(block.screened.suspects.size()) - certified)
            .set(count(block.screened, "local_minima"))
            .set(std::optional(block.seconds))
            .set(block.machine)
            .set(std::string(NCVERIFY_VERSION))
            .set(now())
            .run();
        added.merge(block.screened);
        cases_ += block.cases;
        seconds_ += block.seconds;
    }
    write(added);
    transaction.commit();
    added.suspects.clear();  // they are in the file, and may be many
    total_.merge(added);
}

ScreenPlan ScreenStore::check_shards(const std::vector<std::filesystem::path>& shards) {
    std::unique_ptr<ScreenStore> first;
    std::set<long> blocks;
    for (const std::filesystem::path& folder : shards) {
        std::unique_ptr<ScreenStore> shard = read(folder);
        if (first) {
            refuse_another_shard(*first->database_, first->plan_.settings, *shard->database_,
                                 shard->plan_.settings);
        }
        for (const long block : shard->done_) {
            if (!blocks.insert(block).second) {
                taken_twice(*shard->database_, block);
            }
        }
        first = first ? std::move(first) : std::move(shard);
    }
    return first->plan_;
}

void ScreenStore::take(const std::vector<std::filesystem::path>& shards) {
    Transaction transaction(*database_);
    for (const std::filesystem::path& folder : shards) {
        take_rows(*read(folder));
    }
    transaction.commit();
}

void ScreenStore::take_rows(const ScreenStore& shard) {
    Statement insert(*database_, insert_block);
    for (Statement rows(*shard.database_,
                        "SELECT number, cases, certified, not_certified, local_minima, seconds, machine, "
                        "version, finished FROM block");
         rows.step();) {
        if (!done_.insert(rows.number(0)).second) {
            taken_twice(*shard.database_, rows.number(0));
        }
        for (int column = 0; column < 5; ++column) {
            insert.set(rows.number(column));
        }
        insert.set(rows.real(5)).set(rows.text(6)).set(rows.text(7)).set(rows.text(8)).run();
    }
    write(shard.total_);
    cases_ += shard.cases_;
    seconds_ += shard.seconds_;
    Screened added = shard.total_;
    added.suspects.clear();
    total_.merge(added);
}

}  // namespace ncverify::campaign
