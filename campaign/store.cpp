#include "campaign/store.hpp"

#include <algorithm>

#include "campaign/database.hpp"
#include "campaign/finding_json.hpp"
#include "campaign/store_file.hpp"
#include "campaign/store_lock.hpp"
#include "files/atomic_file.hpp"
#include "problem/errors.hpp"
#include "trial/case_key.hpp"

namespace ncverify::campaign {

Store::Store(std::unique_ptr<StoreLock> lock, std::unique_ptr<Database> database, Plan plan)
    : lock_(std::move(lock)), database_(std::move(database)), plan_(std::move(plan)), standing_(plan_) {}

Store::~Store() = default;

std::unique_ptr<Store> Store::own(const std::filesystem::path& folder, const Plan& plan) {
    files::create_directory(folder);
    auto lock = std::make_unique<StoreLock>(folder);
    auto database = std::make_unique<Database>(store_path(folder), Database::Opening::create);
    const bool resumed = begun(*database, Kind::claims);
    if (resumed) {
        refuse_another(*database, plan.settings());
    }
    std::unique_ptr<Store> store(new Store(std::move(lock), std::move(database), plan));
    if (!resumed) {
        store->create();
    }
    store->read_standing();
    return store;
}

std::unique_ptr<Store> Store::read(const std::filesystem::path& folder,
                                   const std::vector<const trial::Paper*>& papers) {
    auto database = std::make_unique<Database>(store_path(folder), Database::Opening::existing);
    if (!begun(*database, Kind::claims)) {
        damaged(*database, "nothing in it");
    }
    Plan plan = plan_of(settings_of(*database), papers, folder.string());
    std::unique_ptr<Store> store(new Store(nullptr, std::move(database), std::move(plan)));
    store->database_->execute("BEGIN");  // one look at all tables
    store->read_standing();
    store->database_->execute("COMMIT");
    return store;
}

void Store::create() {
    Transaction transaction(*database_);
    begin_file(*database_, plan_.settings());
    Statement claim(*database_, "INSERT INTO claim VALUES (?, ?, ?)");
    for (std::size_t j = 0; j < plan_.claims().size(); ++j) {
        claim.set(j).set(plan_.claims()[j].id).set(to_string(plan_.claims()[j].kind)).run();
    }
    Statement input(*database_, "INSERT INTO input VALUES (?, ?)");
    for (std::size_t i = 0; i < plan_.inputs().size(); ++i) {
        input.set(i).set(plan_.inputs()[i].input.name).run();
    }
    transaction.commit();
}

void Store::read_kept() {
    const std::string where = database_->path().string();
    for (Statement rows(
             *database_,
             "SELECT claim, why, part, number, replay, error_log10, slack, message, \"values\" FROM kept");
         rows.step();) {
        const auto claim = static_cast<std::size_t>(rows.number(0));
        if (claim >= plan_.claims().size()) {
            damaged(*database_, "no such claim");
        }
        const Why why = why_named(rows.text(1), where);
        Kept kept{.place = {part_named(rows.text(2), where), rows.number(3)},
                  .key = parse_replay_token(plan_.paper(), rows.text(4)).second,
                  .error_log10 = rows.real(5).value_or(0),
                  .slack = rows.real(6),
                  .message = rows.text(7),
                  .values = values_of_text(rows.text(8), where)};
        if (why == Why::shrunk) {
            standing_.shrunk[claim] = std::move(kept);
        } else {
            const std::size_t part = static_cast<std::size_t>(kept.place.part) % counted_parts;
            standing_.tallies[part][claim].keep(plan_.paper(), why, std::move(kept));
        }
    }
}

// The inverse of what store_rows.cpp writes.
void Store::read_standing() {
    const std::string where = database_->path().string();
    const auto claim_of = [&](const Statement& rows, int column) {
        const auto claim = static_cast<std::size_t>(rows.number(column));
        return claim < plan_.claims().size() ? claim : (damaged(*database_, "no such claim"), claim);
    };
    const auto tally_of = [&](const Statement& rows, int part_column, int claim_column) -> Tally& {
        const Part part = part_named(rows.text(part_column), where);
        if (part == Part::shrink) {
            damaged(*database_, "what is shrunk is not counted");
        }
        return standing_.tallies[static_cast<std::size_t>(part)][claim_of(rows, claim_column)];
    };
    for (Statement rows(*database_,
                        "SELECT part, number, cases, certified, not_certified, starts, starts_largest, "
                        "local_minima, seconds FROM block");
         rows.step();) {
        const auto part = static_cast<std::size_t>(part_named(rows.text(0), where));
        standing_.done[part].insert(rows.number(1));
        standing_.cases[part] += rows.number(2);
        merge(standing_.solver, trial::SolverRecord{rows.number(3), rows.number(4), rows.number(5),
                                                    rows.number(6), rows.number(7)});
        standing_.seconds += rows.real(8).value_or(0);
    }
    for (Statement rows(*database_, "SELECT part, claim, mark, cases FROM tally"); rows.step();) {
        tally_of(rows, 0, 1).marks[trial::parse_mark(rows.text(2))] = rows.number(3);
    }
    for (Statement rows(*database_, "SELECT part, claim, evidence, least_slack FROM summary"); rows.step();) {
        Tally& tally = tally_of(rows, 0, 1);
        tally.evidence = evidence_named(rows.text(2), where);
        tally.least_slack = rows.real(3);
    }
    for (Statement rows(*database_, "SELECT claim, input, hits FROM coverage"); rows.step();) {
        std::vector<long>& hits = standing_.tallies[0][claim_of(rows, 0)].hits;
        hits.resize(plan_.inputs().size());
        const auto input = static_cast<std::size_t>(rows.number(1));
        (input < hits.size() ? hits[input] : (damaged(*database_, "no such input"), hits[0])) =
            rows.number(2);
    }
    for (Statement rows(*database_, "SELECT inputs, cases FROM combination"); rows.step();) {
        standing_.combinations[rows.text(0)] = rows.number(1);
    }
    for (Statement rows(*database_, "SELECT number FROM adaptive ORDER BY place"); rows.step();) {
        if (!standing_.adaptive) {
            standing_.adaptive.emplace();
        }
        standing_.adaptive->push_back(rows.number(0));
    }
    if (!standing_.adaptive && database_->text("SELECT value FROM setting WHERE name = 'adaptive'")) {
        standing_.adaptive.emplace();
    }
    read_kept();
    for (Statement rows(*database_, "SELECT part, number, seconds FROM slow"); rows.step();) {
        merge(standing_.slow,
              {{{part_named(rows.text(0), where), rows.number(1)}, rows.real(2).value_or(0)}});
    }
    check_standing();
}

// What the tables say of each other. Every claim counts every case, and whatever is counted as a failure is
// kept, so that there is a case to show and to shrink.
void Store::check_standing() {
    const auto check_names = [&](const char* query, std::size_t size, const auto& name) {
        std::size_t place = 0;
        for (Statement rows(*database_, query); rows.step(); ++place) {
            if (place >= size || static_cast<std::size_t>(rows.number(0)) != place ||
                rows.text(1) != name(place)) {
                damaged(*database_, "its claims or inputs are others than its settings say");
            }
        }
        if (place != size) {
            damaged(*database_, "its claims or inputs are others than its settings say");
        }
    };
    check_names("SELECT claim, id FROM claim ORDER BY claim", plan_.claims().size(),
                [&](std::size_t place) { return plan_.claims()[place].id; });
    check_names("SELECT input, name FROM input ORDER BY input", plan_.inputs().size(),
                [&](std::size_t place) { return plan_.inputs()[place].input.name; });
    for (std::size_t part = 0; part < 2; ++part) {
        const long planned = part == 0            ? plan_.cases()
                             : standing_.adaptive ? static_cast<long>(standing_.adaptive->size())
                                                  : 0;
        long cases = 0;
        for (const long block : standing_.done[part]) {
            if (block < 0 || block >= plan_.blocks(planned)) {
                damaged(*database_, "a block that the plan does not have");
            }
            cases += std::min(plan_.block_size(), planned - block * plan_.block_size());
        }
        if (cases != standing_.cases[part]) {
            damaged(*database_, "its blocks have other cases than the plan's");
        }
        for (const Tally& tally : standing_.tallies[part]) {
            if (tally.count(trial::Mark::Kind::untried, trial::Mark::Kind::refuted) != cases) {
                damaged(*database_, "its blocks have other cases than its tallies");
            }
        }
    }
    for (const Part part : {Part::search, Part::shrink}) {
        for (const long claim : standing_.done[static_cast<std::size_t>(part)]) {
            if (claim < 0 || claim >= static_cast<long>(plan_.claims().size())) {
                damaged(*database_, "no such claim");
            }
        }
    }
    for (std::size_t claim = 0; claim < plan_.claims().size(); ++claim) {
        const Tally total = standing_.total(plan_, claim);
        const auto undecided = total.count(trial::Mark::Kind::inconclusive, trial::Mark::Kind::inconclusive);
        if ((total.refuted() > 0 && total.of(Why::refuted).empty()) ||
            (undecided > 0 && total.of(Why::undecided).empty())) {
            damaged(*database_, "it counts failures of which it keeps no case");
        }
    }
}

}  // namespace ncverify::campaign
