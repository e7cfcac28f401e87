// report.json read back, merged and compared.
#include "reports/report_reader.hpp"

#include <catch2/catch.hpp>

#include "problem/errors.hpp"
#include "properties/case.hpp"
#include "reports/changes.hpp"
#include "reports/html_writer.hpp"
#include "reports/json_writer.hpp"
#include "reports/junit_writer.hpp"
#include "reports/markdown_writer.hpp"
#include "reports/merge.hpp"
#include "tests/reports/small_report.hpp"
#include "tests/screen/small_screen.hpp"

using namespace ncverify;
using namespace ncverify::reports;
using trial::Evidence;
using trial::Kind;
using trial::Verdict;

namespace {

/// With something in every field.
Report full_report() {
    Report report = small_report();
    report.trial.seconds = 3;
    report.mutants = MutantTally{12, 9, 2, {"c without a root"}, {}};
    report.pictures = {
        {"precision", {{"config", "--counts 1,2"}, {"points", nlohmann::ordered_json::array()}}}};
    report.screens.push_back(screen::small_screen(1, 1000));
    report.expected = ExpectedVerdicts{{{"thm1.b", Verdict::verified}, {"text41.x", Verdict::refuted}}};
    trial::ClaimResult& claim = report.trial.claims[0];
    claim.coverage = {{{{"two classes", nullptr}, 0.05}, 40, 201}};
    claim.least_slack = 1.25e-31;
    claim.mutants_killed = {"margin: K for K-1"};
    trial::BoxProof& proof = claim.proofs.emplace_back();
    proof.claim = claim.claim.id;
    proof.statement = "K = 3";
    proof.argument = "algebra";
    proof.verdict = trial::BoxVerdict::proved;
    proof.boxes = 61;
    proof.parts.push_back({"0 < s < 1", trial::BoxVerdict::proved, false, 61, ""});
    trial::Observation passed;
    passed.outcome = trial::Outcome::passed;
    passed.error_log10 = -50.6;
    const trial::CaseKey key{
        .instance = make_configuration({1, 2}, "4e-1", "1/3", 5), .seed = 7, .digits = 50};
    claim.distribution.add(key, passed);
    passed.slack = 2.5e-3;
    claim.distribution.add(key, passed);
    passed.slack = 0;
    claim.distribution.add(key, passed);
    return report;
}

Report with_seed(std::uint64_t seed) {
    Report report = small_report();
    report.run.seed = seed;
    return report;
}

}  // namespace

TEST_CASE("a report that is read back is the one that was written") {
    const Report report = full_report();
    const Report read = parse_report(json_text(report), "report.json", {&properties::paper()});
    CHECK(json_text(read) == json_text(report));
    // JSON has no place for bytes that are no text; without those, every writer says the same.
    const Report again = parse_report(json_text(read), "again", {&properties::paper()});
    CHECK(json_text(again) == json_text(report));
    CHECK(html_text(again) == html_text(read));
    CHECK(markdown_text(again) == markdown_text(read));
    CHECK(junit_text(again) == junit_text(read));
    CHECK(read.trial.claims[0].evidence() == Evidence::proved);
}

TEST_CASE("what is no report is refused") {
    const std::string text = json_text(full_report());
    CHECK_THROWS_AS(read_report("/nonexistent/report.json", {&properties::paper()}), InputError);
    CHECK_THROWS_AS(parse_report(text.substr(0, text.size() / 2), "cut", {&properties::paper()}), InputError);
    for (const char* other : {"", "[]", "{}", "null", "{\"run\":1}", "{\"run\":{},\"claims\":[]}"}) {
        CHECK_THROWS_AS(parse_report(other, "other", {&properties::paper()}), InputError);
    }
    for (const auto& [good, bad] :
         {std::pair{"\"verified\"", "\"true\""},
          {"\"digits\": 50", "\"digits\": \"many\""},
          {"\"2.6e-51\"", "\"small e\""},
          {"\"2.6e-51\"", "\"1.3e+1000000000\""},
          {"--counts 1,2 ", "--counts 0,2 "},
          {"\"seed\": 1", "\"seed\": null"},
          {"\"1e-7\": 990", "\"1e-7\": -1"},
          {"\"checked\": ", "\"checked\": -"},
          {"\"passed\": ", "\"passed\": 9000000000000000"},
          {"\"cases_planned\": ", "\"cases_planned\": 9223372036854775808, \"c\": "},
          {"\"starts_total\": ", "\"starts_total\": -1, \"c\": "},
          {"\"total_s\": ", "\"total_s\": \"nan\", \"c\": "},
          {"\"total_s\": ", "\"total_s\": 1e400, \"c\": "},
          {"\"total_s\": ", "\"total_s\": -"},
          {"\"screens\": [", "\"screens\": [1, "}}) {
        std::string spoilt = text;
        const auto place = spoilt.find(good);
        REQUIRE(place != std::string::npos);
        spoilt.replace(place, std::string(good).size(), bad);
        CHECK_THROWS_AS(parse_report(spoilt, "spoilt", {&properties::paper()}), InputError);
    }
}

TEST_CASE("a report whose verdicts are not what its cases come to is refused") {
    const auto read = [](const Report& report) {
        return parse_report(json_text(report), "test", {&properties::paper()}).trial.claims[0].verdict;
    };
    Report report = small_report();
    trial::ClaimResult& claim = report.trial.claims[0];
    CHECK(read(report) == Verdict::verified);
    claim.verdict = Verdict::refuted;
    CHECK_THROWS_AS(read(report), InputError);
    claim.verdict = Verdict::inconclusive;  // of a run that looked for more cases than it found
    CHECK(read(report) == Verdict::inconclusive);
    claim = result("thm1.b", Kind::claim, Verdict::refuted);
    for (const Verdict flattering : {Verdict::verified, Verdict::inconclusive}) {
        claim.verdict = flattering;
        CHECK_THROWS_AS(read(report), InputError);
    }
    claim.formal = trial::FormalProof{"thm1.b", "Statements.thm1_b", false, "for all"};  // they contradict
    CHECK(read(report) == Verdict::inconclusive);
    claim = result("thm1.b", Kind::claim, Verdict::verified);
    claim.inconclusive = 1;
    CHECK_THROWS_AS(read(report), InputError);  // 201 = 201 + 1
    claim.checked = 202;
    CHECK_THROWS_AS(read(report), InputError);
    claim = result("thm1.b", Kind::claim, Verdict::verified);
    claim.coverage = {{{{"two classes", nullptr}, 0.05}, 0, 201}};
    CHECK_THROWS_AS(read(report), InputError);
    claim = result("thm1.b", Kind::claim, Verdict::verified);
    claim.formal = trial::FormalProof{"thm1.b", "Statements.thm1_b", true, "not for all"};
    CHECK_THROWS_AS(read(report), InputError);
}

TEST_CASE("runs with different seeds add up") {
    const Report one = with_seed(1);
    Report other = with_seed(2);
    other.trial.claims[0].worst_error_log10 = -40;
    other.trial.claims[0].replay = "worse";
    const Report merged = merge(one, other);
    CHECK(merged.run.merged_seeds == std::vector<std::uint64_t>{1, 2});
    CHECK(merged.run.random == 400);
    CHECK(merged.run.fixed.size() == 1);
    CHECK(merged.trial.cases == 402);
    CHECK(merged.trial.solver.starts_total == 1024);
    REQUIRE(merged.trial.claims.size() == 3);
    CHECK(merged.trial.claims[0].passed == 402);
    CHECK(merged.trial.claims[0].worst_error_log10 == -40);
    CHECK(merged.trial.claims[0].replay == "worse");
    CHECK(parse_report(json_text(merged), "merged", {&properties::paper()}).run.merged_seeds ==
          merged.run.merged_seeds);
}

TEST_CASE("the same seed adds nothing") {
    const Report merged = merge(with_seed(1), with_seed(1));
    CHECK(merged.trial.cases == 201);
    CHECK(merged.trial.claims[0].passed == 201);
    for (const std::uint64_t again : {1U, 2U}) {
        const Report two = merge(with_seed(1), with_seed(2));
        for (const Report& three : {merge(two, with_seed(again)), merge(with_seed(again), two)}) {
            CHECK(three.trial.claims[0].passed == 402);
            CHECK(three.trial.cases == 402);
            CHECK(three.run.random == 400);
        }
    }
}

TEST_CASE("of a longer and a shorter run from one seed the longer one counts, in either order") {
    Report longer = with_seed(1);
    longer.run.random = 400;
    longer.trial.cases = 401;
    longer.trial.claims[0].checked = longer.trial.claims[0].passed = 401;
    for (const Report& merged : {merge(longer, with_seed(1)), merge(with_seed(1), longer)}) {
        CHECK(merged.trial.claims[0].passed == 401);
        CHECK(merged.trial.cases == 401);
        CHECK(merged.run.random == 400);
    }
}

TEST_CASE("runs over other configurations, digits or searches add up, whatever their seed") {
    Report elsewhere = with_seed(1);
    elsewhere.run.random = 0;
    elsewhere.run.fixed = {make_configuration({7, 8}, "1e-3", "1e-3")};
    elsewhere.trial.claims[0] = result("thm1.b", Kind::claim, Verdict::refuted);
    Report precise = with_seed(1), fast = with_seed(1);
    precise.run.digits = 100;
    fast.run.search = "structured";
    for (const Report& other : {elsewhere, precise, fast}) {
        for (const Report& merged : {merge(with_seed(1), other), merge(other, with_seed(1))}) {
            CHECK(merged.trial.claims[0].checked == 402);
            CHECK(merged.trial.cases == 402);
        }
    }
    CHECK(merge(elsewhere, with_seed(1)).trial.claims[0].verdict == Verdict::refuted);
    CHECK(merge(with_seed(1), elsewhere).trial.claims[0].verdict == Verdict::refuted);
}

TEST_CASE("a refutation stands even where a run over the same cases did not see it") {
    Report refuted = with_seed(1);
    refuted.trial.claims[0] = result("thm1.b", Kind::claim, Verdict::refuted);
    CHECK(merge(refuted, with_seed(1)).trial.claims[0].verdict == Verdict::refuted);
    CHECK(merge(with_seed(1), refuted).trial.claims[0].verdict == Verdict::refuted);
}

TEST_CASE("a refutation stands, whichever run found it") {
    for (const bool swapped : {false, true}) {
        Report one = with_seed(1), other = with_seed(2);
        trial::ClaimResult& failed = (swapped ? one : other).trial.claims[0];
        failed = result("thm1.b", Kind::claim, Verdict::refuted);
        failed.counterexample = trial::Counterexample{
            .instance = make_configuration({1, 1}, "1", "1"), .message = "no", .values = {}};
        const Report merged = merge(one, other);
        CHECK(merged.trial.claims[0].verdict == Verdict::refuted);
        REQUIRE(merged.trial.claims[0].counterexample);
        CHECK(merged.trial.claims[0].passed == 201);
    }
}

TEST_CASE("where a proof contradicts one run's refutation no other run verifies the claim") {
    Report failed = with_seed(2);
    failed.trial.claims[0] = result("thm1.b", Kind::claim, Verdict::refuted);
    add_formal_proofs(failed.trial, {{"thm1.b", "Statements.thm1_b", false, "for all"}}, true);
    REQUIRE(failed.trial.claims[0].verdict == Verdict::inconclusive);
    Report denied = with_seed(3);
    add_formal_proofs(denied.trial, {{"thm1.b", "Statements.thm1_b", true, "not for all"}}, true);
    REQUIRE(denied.trial.claims[0].verdict == Verdict::inconclusive);
    for (const Report& other : {failed, denied}) {
        for (const Report& merged : {merge(with_seed(1), other), merge(other, with_seed(1))}) {
            CHECK(merged.trial.claims[0].verdict == Verdict::inconclusive);
            CHECK_FALSE(merged.trial.claims[0].message.empty());
        }
    }
}

TEST_CASE("an undecided case stands even where a longer run over the same cases did not meet it") {
    Report longer = with_seed(1), shorter = with_seed(1);
    longer.run.random = 400;
    longer.trial.claims[0].checked = longer.trial.claims[0].passed = 401;
    shorter.trial.claims[0].verdict = Verdict::inconclusive;
    --shorter.trial.claims[0].passed;
    ++shorter.trial.claims[0].inconclusive;
    for (const Report& merged : {merge(longer, shorter), merge(shorter, longer)}) {
        CHECK(merged.trial.claims[0].inconclusive == 1);
        CHECK(merged.trial.claims[0].verdict == Verdict::inconclusive);
    }
}

TEST_CASE("coverage that one run lacks, two may have") {
    Report one = with_seed(1), other = with_seed(2);
    one.trial.claims[0].coverage = {{{{"two classes", nullptr}, 0.05}, 0, 3}};
    one.trial.claims[0].verdict = Verdict::inconclusive;
    other.trial.claims[0].coverage = {{{{"two classes", nullptr}, 0.05}, 40, 201}};
    const trial::ClaimResult merged = merge(one, other).trial.claims[0];
    CHECK(merged.verdict == Verdict::verified);
    CHECK(merged.coverage[0].hits == 40);
    CHECK(merged.coverage[0].cases == 204);
}

TEST_CASE("claims of one run only are kept") {
    Report one = with_seed(1), other = with_seed(2);
    one.trial.claims.pop_back();
    other.trial.claims.erase(other.trial.claims.begin());
    CHECK(merge(one, other).trial.claims.size() == 3);
}

TEST_CASE("changes: regressions first") {
    const Report before = full_report();
    CHECK(changes(before, before).empty());
    CHECK(table(changes(before, before)) == "no difference\n");
    Report after = before;
    after.trial.claims[0].proofs.clear();               // evidence: proved to certified
    after.trial.claims[1].verdict = Verdict::verified;  // the record says refuted
    after.trial.claims[2].claim.id = "misread.other";   // one gone, one new
    after.trial.claims[0].worst_error_log10 = -60;      // more digits
    after.mutants->survivors = {"a new one"};
    after.mutants->wrongly_refuted = {"said otherwise"};
    after.mutants->untested = {"cor1.of: cannot fail"};
    const auto found = changes(before, after);
    std::vector<std::string> said;
    for (const Change& change : found) {
        said.push_back(to_string(change.trend) + " " + change.subject + " " + change.what);
    }
    CHECK(said ==
          std::vector<std::string>{"regression thm1.b evidence", "regression text41.x verdict",
                                   "regression misread.eq9 claim", "regression a new one wrong theorem",
                                   "regression said otherwise theorem in other words",
                                   "regression cor1.of test", "improvement c without a root wrong theorem",
                                   "other thm1.b agreement", "other misread.other claim"});
    const auto json = to_json(found);
    CHECK(json["regressions"].size() == 6);
    CHECK(json["improvements"].size() == 1);
    CHECK(json["regressions"][1]["before"] == "refuted");
    // Back again: what was lost is regained.
    CHECK(changes(after, before).front().subject == "misread.other");
}

TEST_CASE("changes: without a record, decisions lost or turned are regressions") {
    const auto trend = [](Verdict from, Verdict to) {
        Report before = small_report(), after = small_report();
        before.trial.claims[0].verdict = from;
        after.trial.claims[0].verdict = to;
        return changes(before, after).at(0).trend;
    };
    CHECK(trend(Verdict::verified, Verdict::refuted) == Trend::regression);
    CHECK(trend(Verdict::refuted, Verdict::verified) == Trend::regression);
    CHECK(trend(Verdict::verified, Verdict::inconclusive) == Trend::regression);
    CHECK(trend(Verdict::inconclusive, Verdict::verified) == Trend::improvement);
}
