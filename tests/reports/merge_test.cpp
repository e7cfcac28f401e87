// Runs that share cases in part: merged, each case counts once, whatever the runs and their order.
#include "merge_runs.hpp"

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
