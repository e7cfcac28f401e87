// Runs that share cases in part: merged, each case counts once, whatever the runs and their order.
#include "reports/merge.hpp"

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "busy_runs.hpp"

using namespace ncverify;
using namespace ncverify::reports;
using busy::find;
using busy::kept;
using busy::made;
using busy::Run;
using busy::written_and_read;
using trial::CaseKey;
using trial::ClaimResult;
using trial::Outcome;
using trial::TrialOptions;
using trial::Verdict;

namespace {

std::string text_without_timing(const Report& report) {
    auto json = to_json(report);
    json.erase("timing");
    return json.dump(1);
}

std::vector<CaseKey> some_of(const std::vector<CaseKey>& keys) {
    std::vector<CaseKey> some;
    for (const CaseKey& key : keys) {
        if (*rc::gen::arbitrary<bool>()) {
            some.push_back(key);
        }
    }
    return some;
}

/// Any run, of few different cases, so that runs share many.
TrialOptions any_options() {
    TrialOptions options;
    options.seed = *rc::gen::inRange<std::uint64_t>(1, 3);
    options.digits = *rc::gen::element(50L, 50L, 60L);
    options.method = *rc::gen::element<std::string>("first", "first", "second");
    options.random = *rc::gen::inRange(0L, 25L);
    options.until_covered = *rc::gen::element(false, false, true);
    options.search_steps = 0;
    options.examples = some_of(kept({3, 7, 8, 8, 33, 40, 40, 40}));
    options.fixed.assign(*rc::gen::inRange<std::size_t>(0, 3), trial::Instance(9L));
    for (const trial::Claim& claim : busy::paper().claims) {
        if (*rc::gen::inRange(0, 4) > 0) {
            options.claims.push_back(claim);
        }
    }
    if (options.claims.empty()) {
        options.claims = {busy::paper().claims.front()};
    }
    return options;
}

/// What the witnesses saw altogether, a case as often as the run that tried it most often.
std::map<Outcome, long> counted(const std::vector<Run>& runs, const std::string& claim) {
    std::map<std::string, std::pair<long, Outcome>> all;
    for (const Run& run : runs) {
        const auto found = run.seen.find(claim);
        for (const auto& [token, entry] : found == run.seen.end() ? decltype(all){} : found->second) {
            auto& known = all[token];
            known = {std::max(known.first, entry.first), entry.second};
        }
    }
    std::map<Outcome, long> counts;
    for (const auto& [token, entry] : all) {
        counts[entry.second] += entry.first;
    }
    return counts;
}

/// A run's claims as report.json has them, but for what only says which of equally hard cases is named.
nlohmann::ordered_json claims_json(const Report& report) {
    auto claims = to_json(report)["claims"];
    for (auto& claim : claims) {
        claim.erase("hardest");
        if (claim["verdict"] != "refuted") {
            claim.erase("replay");
        }
        if (claim["verdict"] == "refuted") {
            claim.erase("message");
        }
    }
    return claims;
}

}  // namespace

TEST_CASE(
    "merged, every case of any runs counts once, and the order and grouping of the files do not matter") {
    rc::prop("two to five runs", [] {
        std::vector<Run> runs;
        for (int i = *rc::gen::inRange(2, 6); i > 0; --i) {
            runs.push_back(made(any_options()));
        }
        std::vector<Report> reports;
        for (const Run& run : runs) {
            reports.push_back(written_and_read(run.report));
            RC_ASSERT(text_without_timing(reports.back()) == text_without_timing(run.report));
        }
        const Report merged = merge(reports);
        for (const trial::Claim& claim : busy::paper().claims) {
            std::map<Outcome, long> counts = counted(runs, claim.id);
            const ClaimResult* result = find(merged, claim.id);
            RC_ASSERT((result != nullptr) ==
                      std::any_of(reports.begin(), reports.end(),
                                  [&](const Report& each) { return find(each, claim.id) != nullptr; }));
            if (result != nullptr) {
                RC_ASSERT(result->passed == counts[Outcome::passed]);
                RC_ASSERT(result->refuted == counts[Outcome::refuted]);
                RC_ASSERT(result->inconclusive == counts[Outcome::inconclusive]);
                RC_ASSERT(result->skipped == counts[Outcome::not_applicable]);
                RC_ASSERT((result->verdict == Verdict::refuted) == (result->refuted > 0));
                RC_ASSERT(result->counterexample.has_value() == (result->refuted > 0));
            }
        }
        const std::string text = text_without_timing(merged);
        RC_ASSERT(text_without_timing(written_and_read(merged)) == text);
        std::vector<Report> shuffled = *rc::gen::exec([&] {
            std::vector<Report> left = reports, all;
            while (!left.empty()) {
                const auto next = *rc::gen::inRange<std::size_t>(0, left.size());
                all.push_back(left[next]);
                left.erase(left.begin() + static_cast<std::ptrdiff_t>(next));
            }
            return all;
        });
        RC_ASSERT(text_without_timing(merge(shuffled)) == text);
        while (shuffled.size() > 1) {  // two at a time, through files, some of them twice
            const Report one = shuffled.back();
            shuffled.pop_back();
            shuffled.front() = written_and_read(merge(shuffled.front(), one));
            shuffled.front() = merge(one, shuffled.front());
        }
        RC_ASSERT(text_without_timing(shuffled.front()) == text);
    });
}

TEST_CASE("parts of a run, overlapping as they like, merge to the whole run") {
    rc::prop("two to five parts", [] {
        TrialOptions whole = any_options();
        whole.claims = busy::paper().claims;
        whole.until_covered = false;
        whole.examples = some_of(kept({3, 7, 8, 11, 33, 40}));
        const int count = *rc::gen::inRange(2, 6);
        std::vector<Report> parts;
        std::set<std::uint64_t> tried;
        for (int i = 0; i < count; ++i) {
            TrialOptions part = whole;
            part.random = i == 0 ? whole.random : *rc::gen::inRange(0L, whole.random + 1);
            std::erase_if(part.examples, [&](const CaseKey& key) {
                const bool last = i + 1 == count;  // has what no other part has
                const bool wanted = last ? tried.count(key.seed) == 0 : *rc::gen::arbitrary<bool>();
                if (wanted) {
                    tried.insert(key.seed);
                }
                return !wanted;
            });
            parts.insert(parts.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, i + 1),
                         written_and_read(made(part).report));
        }
        const Report all = made(whole).report, merged = merge(parts);
        RC_ASSERT(claims_json(merged).dump(1) == claims_json(written_and_read(all)).dump(1));
        RC_ASSERT(merged.trial.cases == all.trial.cases);
        RC_ASSERT(merged.run.random == all.run.random);
        RC_ASSERT(to_json(merged)["solver"] == to_json(all)["solver"]);
    });
}

TEST_CASE("a search of a shorter run gives way to the longer run's, unless it found something") {
    rc::prop("a run and parts of it", [] {
        TrialOptions whole;
        whole.claims = busy::paper().claims;
        whole.seed = *rc::gen::inRange<std::uint64_t>(1, 50);
        whole.random = *rc::gen::inRange(1L, 40L);
        whole.search_steps = 30;
        const Report all = written_and_read(made(whole).report);
        std::vector<Report> reports{all};
        for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
            TrialOptions part = whole;
            part.random = *rc::gen::inRange(1L, whole.random + 1);
            reports.push_back(written_and_read(made(part).report));
        }
        const Report merged = merge(reports);
        for (const ClaimResult& result : merged.trial.claims) {
            const ClaimResult& one = *find(all, result.claim.id);
            const bool found = std::any_of(reports.begin(), reports.end(), [&](const Report& each) {
                return find(each, result.claim.id)->verdict == Verdict::refuted;
            });
            RC_ASSERT((result.verdict == Verdict::refuted) == found);
            RC_ASSERT(result.searched >= one.searched);
            RC_ASSERT(result.counterexample.has_value() == found);
            const std::set<std::string> searched{"below.30", "below.44",
                                                 "trap"};  // which searches may refute
            if (searched.count(result.claim.id) == 0) {
                RC_ASSERT(result.checked == one.checked);
                RC_ASSERT(result.searched == one.searched);
                RC_ASSERT(result.distribution.decades == one.distribution.decades);
            }
        }
    });
}

TEST_CASE("what only a shorter run's search met is counted beside a longer run that met nothing") {
    long met = 0;
    for (std::uint64_t seed = 1; seed <= 60 && met < 3; ++seed) {
        TrialOptions options;
        options.claims = {*std::find_if(busy::paper().claims.begin(), busy::paper().claims.end(),
                                        [](const trial::Claim& claim) { return claim.id == "trap"; })};
        options.seed = seed;
        options.search_steps = 30;
        options.random = 40;
        const Report longer = made(options).report;
        for (options.random = 1; options.random < 40 && find(longer, "trap")->refuted == 0;
             options.random += 3) {
            const Report shorter = made(options).report;
            if (const ClaimResult& part = *find(shorter, "trap"); part.refuted > 0) {
                ++met;
                for (const Report& merged : {merge(shorter, longer), merge(longer, shorter)}) {
                    CHECK(find(merged, "trap")->refuted == part.refuted);
                    CHECK(find(merged, "trap")->verdict == Verdict::refuted);
                }
                break;
            }
        }
    }
    CHECK(met >= 1);
}

TEST_CASE("runs of different seeds add up, their searches too") {
    TrialOptions options;
    options.claims = busy::paper().claims;
    options.random = 30;
    options.search_steps = 10;
    const Report one = made(options).report;
    options.seed = 2;
    const Report other = made(options).report, merged = merge(one, other);
    for (const ClaimResult& result : merged.trial.claims) {
        const ClaimResult &a = *find(one, result.claim.id), &b = *find(other, result.claim.id);
        CHECK(result.checked == a.checked + b.checked);
        CHECK(result.searched == a.searched + b.searched);
        CHECK(result.worst_error_log10 == std::max(a.worst_error_log10, b.worst_error_log10));
        for (std::size_t i = 0; i < result.coverage.size(); ++i) {
            CHECK(result.coverage[i].hits == a.coverage[i].hits + b.coverage[i].hits);
            CHECK(result.coverage[i].cases == a.coverage[i].cases + b.coverage[i].cases);
        }
    }
    CHECK(merged.trial.cases == 60);
}

TEST_CASE("of versions and searches that differ no case is the same") {
    TrialOptions options;
    options.claims = busy::paper().claims;
    options.random = 20;
    const Report one = made(options).report;
    Report newer = one;
    newer.run.version = newer.trial.ledgers.front().version = "9.0.0";
    options.method = "second";
    const Report second = made(options).report;
    for (const Report& other : {newer, second}) {
        const Report merged = merge(one, other);
        CHECK(merged.trial.cases == 40);
        CHECK(find(merged, "close")->checked == 40);
    }
    CHECK(merge(one, newer).run.version == "9.0.0, " + one.run.version);
    CHECK(merge(newer, one).run.version == "9.0.0, " + one.run.version);
}

TEST_CASE("an interrupted run and the same one to its end are that one") {
    TrialOptions options;
    options.claims = busy::paper().claims;
    options.random = 40;
    const Report whole = made(options).report;
    for (const long last : {0L, 7L, 39L}) {
        std::atomic<bool> stop{false};
        options.jobs = 1;
        Report part = whole;
        part.trial =
            trial::run_trial(busy::paper(), options, stop, [&](long done, long) { stop = done > last; });
        REQUIRE(part.trial.interrupted);
        REQUIRE(part.trial.cases == std::min(40L, last + 1));
        part = written_and_read(part);
        for (const Report& merged : {merge(part, whole), merge(whole, part)}) {
            CHECK(merged.trial.cases == 40);
            CHECK(merged.trial.cases_planned == 40);
            CHECK(claims_json(merged) == claims_json(written_and_read(whole)));
        }
    }
}

TEST_CASE(
    "among reports without ledgers too the order of the files does not matter, and no refutation is lost") {
    rc::prop("some with, some without", [] {
        std::vector<Report> reports;
        for (int i = *rc::gen::inRange(2, 5); i > 0; --i) {
            reports.push_back(made(any_options()).report);
            if (*rc::gen::arbitrary<bool>()) {
                reports.back().trial.ledgers.clear();
                reports.back() = written_and_read(reports.back());
            }
        }
        const Report merged = merge(reports);
        for (const ClaimResult& result : merged.trial.claims) {
            for (const Report& each : reports) {
                const ClaimResult* one = find(each, result.claim.id);
                const bool refuted = one != nullptr && one->verdict == Verdict::refuted;
                RC_ASSERT(!refuted || result.verdict == Verdict::refuted);
                RC_ASSERT(!refuted || result.counterexample.has_value());
            }
        }
        std::reverse(reports.begin(), reports.end());
        RC_ASSERT(text_without_timing(merge(reports)) == text_without_timing(merged));
    });
}
