// What a store writes: findings as rows.
#include <algorithm>
#include <set>

#include "campaign/database.hpp"
#include "campaign/finding_json.hpp"
#include "campaign/store.hpp"
#include "campaign/store_file.hpp"
#include "campaign/store_lock.hpp"
#include "problem/errors.hpp"
#include "trial/case_key.hpp"

namespace ncverify::campaign {

namespace {

std::set<Place> places(const std::vector<Kept>& kept) {
    std::set<Place> all;
    for (const Kept& each : kept) {
        all.insert(each.place);
    }
    return all;
}

void write_combinations(const Database& database, const std::map<std::string, long>& combinations) {
    Statement add(
        database,
        "INSERT INTO combination VALUES (?, ?) ON CONFLICT DO UPDATE SET cases = cases + excluded.cases");
    for (const auto& [inputs, cases] : combinations) {
        add.set(inputs).set(cases).run();
    }
}

void write_slow(const Database& database, const std::vector<Slow>& before, const std::vector<Slow>& after) {
    const auto same = [](const std::vector<Slow>& all, const Slow& one) {
        return std::any_of(all.begin(), all.end(), [&](const Slow& each) { return each.place == one.place; });
    };
    Statement insert(database, "INSERT INTO slow VALUES (?, ?, ?)");
    Statement remove(database, "DELETE FROM slow WHERE part = ? AND number = ?");
    for (const Slow& each : before) {
        if (!same(after, each)) {
            remove.set(to_string(each.place.part)).set(each.place.number).run();
        }
    }
    for (const Slow& each : after) {
        if (!same(before, each)) {
            insert.set(to_string(each.place.part))
                .set(each.place.number)
                .set(std::optional(each.seconds))
                .run();
        }
    }
}

}  // namespace

void Store::write_kept(std::size_t claim, const std::vector<Kept>& before, const std::vector<Kept>& after,
                       Why why) {
    const std::set<Place> old_places = places(before), new_places = places(after);
    if (old_places == new_places) {
        return;
    }
    Statement insert(*database_, "INSERT INTO kept VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Statement remove(*database_, "DELETE FROM kept WHERE claim = ? AND why = ? AND part = ? AND number = ?");
    for (const Place& each : old_places) {
        if (new_places.count(each) == 0) {
            remove.set(claim).set(to_string(why)).set(to_string(each.part)).set(each.number).run();
        }
    }
    for (const Kept& each : after) {
        if (old_places.count(each.place) == 0) {
            insert.set(claim)
                .set(to_string(why))
                .set(to_string(each.place.part))
                .set(each.place.number)
                .set(replay_token(plan_.paper(), plan_.claims()[claim].id, each.key))
                .set(std::optional(each.error_log10))
                .set(each.slack)
                .set(each.message)
                .set(values_text(each.values))
                .run();
        }
    }
}

void Store::write_tally(Part part, std::size_t claim, const Tally& added, const Tally& before,
                        const Tally& after) {
    Statement mark(
        *database_,
        "INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET cases = cases + excluded.cases");
    for (const auto& [each, cases] : added.marks) {
        mark.set(to_string(part)).set(claim).set(to_string(each)).set(cases).run();
    }
    if (before.marks.empty() || before.evidence != after.evidence ||
        before.least_slack != after.least_slack) {
        Statement(*database_, "INSERT OR REPLACE INTO summary VALUES (?, ?, ?, ?)")
            .set(to_string(part))
            .set(claim)
            .set(after.evidence ? to_string(*after.evidence) : "")
            .set(after.least_slack)
            .run();
    }
    Statement hit(
        *database_,
        "INSERT INTO coverage VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET hits = hits + excluded.hits");
    for (std::size_t i = 0; i < added.hits.size(); ++i) {
        if (added.hits[i] > 0) {
            hit.set(claim).set(i).set(added.hits[i]).run();
        }
    }
    for (std::size_t why = 0; why < reasons; ++why) {
        write_kept(claim, before.kept[why], after.kept[why], static_cast<Why>(why));
    }
}

void Store::write(const Finding& finding) {
    const std::vector<Slow> slow_before = standing_.slow;
    std::map<std::size_t, Tally> before;
    if (finding.part != Part::shrink) {
        for (const auto& [claim, tally] : finding.claims) {
            before[claim] = standing_.tally(finding.part, claim);
        }
    }
    if (!standing_.add(plan_, finding)) {
        return;
    }
    const trial::SolverRecord& solver = finding.solver;
    Statement(*database_, "INSERT INTO block VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .set(to_string(finding.part))
        .set(finding.number)
        .set(finding.cases)
        .set(solver.certified)
        .set(solver.not_certified)
        .set(solver.starts_total)
        .set(solver.starts_largest)
        .set(solver.local_minima_met)
        .set(std::optional(finding.seconds))
        .set(finding.machine)
        .set(std::string(NCVERIFY_VERSION))
        .set(now())
        .run();
    for (const auto& [claim, tally] : finding.claims) {
        if (finding.part == Part::shrink) {
            write_kept(claim, {}, tally.of(Why::shrunk), Why::shrunk);
        } else {
            write_tally(finding.part, claim, tally, before[claim], standing_.tally(finding.part, claim));
        }
    }
    write_combinations(*database_, finding.combinations);
    write_slow(*database_, slow_before, standing_.slow);
}

void Store::add(const std::vector<Finding>& findings) {
    Transaction transaction(*database_);
    for (const Finding& finding : findings) {
        write(finding);
    }
    transaction.commit();
}

void Store::choose_adaptive() {
    if (standing_.adaptive || static_cast<long>(standing_.done[0].size()) < plan_.blocks(plan_.cases())) {
        return;
    }
    const std::vector<long> chosen = adaptive_cases(plan_, standing_);
    Transaction transaction(*database_);
    Statement insert(*database_, "INSERT INTO adaptive VALUES (?, ?)");
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        insert.set(i).set(chosen[i]).run();
    }
    if (chosen.empty()) {
        Statement(*database_, "INSERT INTO setting VALUES ('adaptive', 'none')").run();
    }
    transaction.commit();
    standing_.adaptive = chosen;
}

void Store::check_shards(const std::vector<std::unique_ptr<Store>>& shards) {
    std::set<long> blocks;
    for (const std::unique_ptr<Store>& shard : shards) {
        refuse_another_shard(*shards.front()->database_, shards.front()->plan_.settings(), *shard->database_,
                             shard->plan_.settings());
        if (shard->standing_.adaptive) {
            throw InputError("it has gone beyond the base plan", shard->database_->path().string(),
                             "a shard, from `ncverify campaign run --shard`");
        }
        for (const long block : shard->standing_.done[0]) {
            if (!blocks.insert(block).second) {
                taken_twice(*shard->database_, block);
            }
        }
    }
}

void Store::take(const std::vector<std::unique_ptr<Store>>& shards) {
    Transaction transaction(*database_);
    for (const std::unique_ptr<Store>& shard : shards) {
        take_rows(*shard);
    }
    transaction.commit();
}

void Store::take_rows(const Store& shard) {
    Statement insert(*database_, "INSERT INTO block VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (Statement rows(*shard.database_, "SELECT * FROM block"); rows.step();) {
        if (!standing_.done[0].insert(rows.number(1)).second) {
            taken_twice(*shard.database_, rows.number(1));
        }
        insert.set(rows.text(0));
        for (int column = 1; column < 8; ++column) {
            insert.set(rows.number(column));
        }
        insert.set(rows.real(8)).set(rows.text(9)).set(rows.text(10)).set(rows.text(11)).run();
    }
    for (std::size_t j = 0; j < plan_.claims().size(); ++j) {
        const Tally& added = shard.standing_.tally(Part::base, j);
        Tally& tally = standing_.tallies[0][j];
        const Tally before = tally;
        tally.merge(plan_.paper(), added);
        write_tally(Part::base, j, added, before, tally);
    }
    write_combinations(*database_, shard.standing_.combinations);
    for (const auto& [inputs, cases] : shard.standing_.combinations) {
        standing_.combinations[inputs] += cases;
    }
    const std::vector<Slow> slow_before = standing_.slow;
    merge(standing_.slow, shard.standing_.slow);
    write_slow(*database_, slow_before, standing_.slow);
    standing_.cases[0] += shard.standing_.cases[0];
    merge(standing_.solver, shard.standing_.solver);
    standing_.seconds += shard.standing_.seconds;
}

}  // namespace ncverify::campaign
