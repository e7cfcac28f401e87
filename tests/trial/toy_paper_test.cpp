// The engine on a paper that it has never heard of: verdicts, shrinking, replay, report, all of it.
#include <catch2/catch.hpp>

#include "files/json_text.hpp"
#include "problem/errors.hpp"
#include "reports/findings_writer.hpp"
#include "reports/html_writer.hpp"
#include "reports/junit_writer.hpp"
#include "reports/markdown_writer.hpp"
#include "reports/merge.hpp"
#include "reports/report_reader.hpp"
#include "reports/terminal_table.hpp"
#include "toy/paper.hpp"
#include "trial/examples.hpp"
#include "trial/mutation.hpp"
#include "trial/trial.hpp"

using namespace ncverify;
using trial::Verdict;

namespace {

const std::atomic<bool> never{false};

trial::TrialResult tried(std::uint64_t seed = 1, int jobs = 1) {
    trial::TrialOptions options;
    options.claims = toy::paper().claims;
    options.fixed = toy::paper().usual_instances;
    options.random = 200;
    options.search_steps = 50;
    options.seed = seed;
    options.jobs = jobs;
    return trial::run_trial(toy::paper(), options, never, [](long, long) {});
}

reports::Report reported(std::uint64_t seed = 1) {
    reports::Report report;
    report.paper = &toy::paper();
    report.run.seed = seed;
    report.run.random = 200;
    report.run.fixed = toy::paper().usual_instances;
    report.expected = reports::parse_expected(toy::paper().expected, "toy");
    report.trial = tried(seed);
    return report;
}

const trial::ClaimResult& result(const trial::TrialResult& trial, const std::string& id) {
    for (const trial::ClaimResult& each : trial.claims) {
        if (each.claim.id == id) {
            return each;
        }
    }
    throw std::logic_error(id);
}

}  // namespace

TEST_CASE("the engine tries a paper about integers: true, false, existence, control") {
    const trial::TrialResult trial = tried();
    CHECK(result(trial, "toy.odd").verdict == Verdict::verified);
    CHECK(result(trial, "toy.odd").evidence() == trial::Evidence::enclosed);
    CHECK(result(trial, "toy.small").verdict == Verdict::refuted);
    CHECK(result(trial, "toy.even").verdict == Verdict::verified);
    CHECK(result(trial, "misread.toy").verdict == Verdict::refuted);
    CHECK(trial.solver.starts_total == 0);
}

TEST_CASE("a failing integer is shrunk to the smallest that fails") {
    trial::TrialOptions options;
    options.claims = trial::select_claims(toy::paper().claims, "toy.small");
    options.fixed = {39L};
    const trial::ClaimResult small =
        trial::run_trial(toy::paper(), options, never, [](long, long) {}).claims[0];
    CHECK(small.checked == 1);
    REQUIRE(small.counterexample);
    CHECK(std::any_cast<long>(small.counterexample->instance) == 30);
}

TEST_CASE("the search walks about integers, precision is raised, a proof over boxes bears a verdict out") {
    trial::TrialResult trial = tried();
    CHECK(result(trial, "toy.growing").searched > 0);
    CHECK(result(trial, "toy.growing").least_slack == 0.0);
    CHECK(result(trial, "toy.precise").passed == 201);
    trial::add_proofs(trial, toy::paper().box_proofs("", 1), true);
    CHECK(result(trial, "toy.growing").evidence() == trial::Evidence::proved);
    CHECK(result(trial, "toy.odd").evidence() == trial::Evidence::enclosed);
}

TEST_CASE("integers are drawn until every kind was seen often enough") {
    trial::TrialOptions options;
    options.claims = trial::select_claims(toy::paper().claims, "toy.odd");
    options.random = 5;
    CHECK(trial::run_trial(toy::paper(), options, never, [](long, long) {}).cases == 5);
    options.until_covered = true;
    const trial::TrialResult covered = trial::run_trial(toy::paper(), options, never, [](long, long) {});
    CHECK(covered.cases > 5);
}

TEST_CASE("cases beyond those asked for are put to the claims alone whose coverage is open") {
    trial::TrialOptions options;
    options.claims = trial::select_claims(toy::paper().claims, "toy.odd,toy.growing,toy.even");
    const trial::InputClass rare{
        .name = "n = 7", .contains = [](const trial::Instance& i) { return std::any_cast<long>(i) == 7; }};
    options.claims[0].demands = {{.input = rare, .share = 0.02}};
    options.claims[1].demands = {
        {.input = {.name = "any", .contains = [](const auto&) { return true; }}, .share = 0.5}};
    options.random = 400;
    options.until_covered = true;
    const trial::TrialResult trial = trial::run_trial(toy::paper(), options, never, [](long, long) {});
    const trial::ClaimResult open = result(trial, "toy.odd"), settled = result(trial, "toy.growing");
    CHECK(trial.cases > 400);
    CHECK(open.checked == trial.cases);
    CHECK(settled.checked == 400);
    CHECK(settled.coverage[0].cases == 400);
    CHECK(settled.verdict == Verdict::verified);
    CHECK(result(trial, "toy.even").checked + result(trial, "toy.even").skipped ==
          400);  // its witness is found
    const auto marks = trial.ledgers.front().claims[1].marks;
    CHECK(marks.at(399).kind != trial::Mark::Kind::untried);
    CHECK(marks.at(400).kind == trial::Mark::Kind::untried);
}

TEST_CASE("a search's steps are taken by the quick method, and what they refute is judged by the run's own") {
    trial::Paper paper = toy::paper();
    paper.methods = {"slow", "quick"};
    paper.quick_method = "quick";
    paper.claims = trial::select_claims(paper.claims, "toy.growing");
    std::atomic<long> quick{0}, slow{0};
    const auto check = paper.claims[0].check;
    paper.claims[0].check = [&, check](const trial::Case& subject) {
        ++(subject.key.method == "quick" ? quick : slow);
        trial::Observation seen = check(subject);
        if (subject.key.method == "quick" && std::any_cast<long>(subject.key.instance) % 3 == 0) {
            seen.outcome = trial::Outcome::refuted;
        }
        return seen;
    };
    trial::TrialOptions options;
    options.claims = paper.claims;
    options.fixed = {9L};
    options.random = 0;
    options.search_steps = 30;
    options.jobs = 1;
    const trial::ClaimResult growing = trial::run_trial(paper, options, never, [](long, long) {}).claims[0];
    CHECK(quick == 30);
    CHECK(slow > 1);  // the case itself, and the steps that the quick method refuted
    CHECK(growing.refuted == 0);
    CHECK(growing.searched >= 30);
}

TEST_CASE("a counterexample about integers is the smallest one, and its token replays it") {
    const trial::ClaimResult small = result(tried(), "toy.small");
    REQUIRE(small.counterexample);
    CHECK(std::any_cast<long>(small.counterexample->instance) == 30);
    CHECK(small.replay.starts_with("toy1:toy.small:50:"));
    const auto [claim, key] = trial::parse_replay_token(toy::paper(), small.replay);
    CHECK(claim == "toy.small");
    CHECK(std::any_cast<long>(key.instance) == 30);
    trial::TrialOptions again;
    again.claims = trial::select_claims(toy::paper().claims, claim);
    again.fixed = {key.instance};
    again.seed = key.seed;
    again.exact_seed = true;
    CHECK(trial::run_trial(toy::paper(), again, never, [](long, long) {}).claims[0].refuted == 1);
    for (const char* token : {"ncv1:toy.small:50:1:30", "toy1:toy.small:50:1", "toy1:toy.small:50:1:x"}) {
        CHECK_THROWS_AS(trial::parse_replay_token(toy::paper(), token), InputError);
    }
}

TEST_CASE("wrong theorems about integers are noticed, one written otherwise is not refuted") {
    trial::MutationOptions options;
    options.fixed = toy::paper().mutation_instances;
    options.random = 20;
    options.claims = toy::paper().claims;
    const trial::MutationResult mutants =
        trial::run_mutants(toy::paper(), toy::paper().mutants, options, never);
    CHECK(mutants.mutants_as_should_be());
    // No mutant is about the others, so that nothing shows that they can fail; the first false one fails by
    // itself.
    for (const trial::ClaimPower& power : mutants.claims) {
        INFO(power.claim << ": " << trial::fault_of(power));
        const bool seen = power.claim == "toy.odd" || power.claim == "toy.small";
        CHECK(trial::fault_of(power).empty() == seen);
    }
    CHECK(mutants.mutants[0].first_killers == std::vector<std::string>{"toy.odd"});
    CHECK(mutants.mutants[0].example == "n = 1");
    CHECK(mutants.mutants[1].cases > 2);  // among the random ones
    CHECK(mutants.mutants[1].killed());
    CHECK(mutants.mutants[2].fate() == trial::Fate::equivalent);
}

TEST_CASE("a paper about integers is reported in its own words, by every writer, and read back") {
    const reports::Report report = reported();
    CHECK(reports::differences(report).empty());
    const std::string json = reports::to_json(report).dump();
    CHECK(json.find("\"paper\":\"toy\"") != std::string::npos);
    const reports::Report again = reports::parse_report(json, "test", {&toy::paper()});
    CHECK(reports::to_json(again) == reports::to_json(report));
    CHECK_THROWS_AS(reports::parse_report(json, "test", {}), InputError);
    const std::string page = reports::html_text(report);
    CHECK(page.find("On sums of odd numbers") != std::string::npos);
    CHECK(page.find("Class-Imbalanced") == std::string::npos);
    CHECK(page.find("\"Odd numbers\"") != std::string::npos);
    CHECK(reports::findings_text(report).find("every sum was added up") != std::string::npos);
    for (const std::string& text : {reports::findings_text(report), reports::markdown_text(report),
                                    reports::junit_text(report), reports::table(report)}) {
        CHECK(text.find("toy.odd") != std::string::npos);
    }
    CHECK(reports::table(report).find("n = 30") != std::string::npos);
}

TEST_CASE(
    "of runs about integers without ledgers the smaller counterexample stays; other papers' are refused") {
    reports::Report large = reported(1), small = reported(2);
    large.trial.ledgers.clear();
    small.trial.ledgers.clear();
    for (trial::ClaimResult& claim : large.trial.claims) {
        if (claim.counterexample) {
            claim.counterexample->instance = 39L;
        }
    }
    for (const reports::Report& merged : {reports::merge(large, small), reports::merge(small, large)}) {
        CHECK(std::any_cast<long>(result(merged.trial, "toy.small").counterexample->instance) == 30);
    }
    const trial::Paper other = toy::paper();
    small.paper = &other;
    CHECK_THROWS_AS(reports::merge(large, small), InputError);
}

TEST_CASE("runs about integers merge: counts add up") {
    const reports::Report merged = reports::merge(reported(1), reported(2));
    CHECK(result(merged.trial, "toy.odd").checked == 402);
    CHECK(result(merged.trial, "toy.small").verdict == Verdict::refuted);
    REQUIRE(result(merged.trial, "toy.small").counterexample);
    CHECK(std::any_cast<long>(result(merged.trial, "toy.small").counterexample->instance) == 30);
}

TEST_CASE("kept cases about integers are written and read back") {
    const std::string text = trial::examples_text(toy::paper(), {}, tried().claims);
    CHECK_FALSE(trial::parse_examples(toy::paper(), text, "test").empty());
}

TEST_CASE("a trial about integers does not depend on the number of threads") {
    const auto counts = [](const trial::TrialResult& trial) {
        std::string text;
        for (const trial::ClaimResult& each : trial.claims) {
            text += each.claim.id + std::to_string(each.passed) + " " + std::to_string(each.refuted) + " " +
                    each.replay + "\n";
        }
        return text;
    };
    CHECK(counts(tried(3, 1)) == counts(tried(3, 2)));
}
