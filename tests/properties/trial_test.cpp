#include "trial/trial.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <regex>

#include "certificates/check.hpp"
#include "problem/errors.hpp"
#include "properties/generators.hpp"
#include "properties/input_classes.hpp"
#include "properties/paper.hpp"
#include "properties/registry.hpp"
#include "reports/expected.hpp"
#include "trial/comparison.hpp"
#include "trial/examples.hpp"
#include "worlds.hpp"

using namespace ncverify;
using namespace ncverify::properties;
using trial::ClaimResult;
using trial::Example;
using trial::run_trial;
using trial::TrialOptions;
using trial::TrialResult;
using trial::Verdict;

namespace {

const std::atomic<bool> never{false};

reports::ExpectedVerdicts recorded() {
    return reports::parse_expected(paper().expected, "reports/expected.json");
}

TrialResult run(std::vector<Claim> claims, long random, int jobs = 1) {
    TrialOptions options;
    options.claims = std::move(claims);
    options.random = random;
    options.jobs = jobs;
    options.digits = 20;
    return run_trial(paper(), options, never, [](long, long) {});
}

Claim made_up(Observation (*check)(const Case&)) {
    return {.id = "test.made-up",
            .source = "nowhere",
            .statement = "false",
            .domain = "everywhere",
            .check = check};
}

std::string everything(const TrialResult& result) {
    std::string text;
    for (const ClaimResult& claim : result.claims) {
        text += claim.claim.id + " " + to_string(claim.verdict) + " " + std::to_string(claim.passed) + " " +
                std::to_string(claim.refuted) + " " + std::to_string(claim.worst_error_log10) + " " +
                claim.replay + " " + claim.message + "\n";
        if (claim.counterexample) {
            text += paper().instances.text(claim.counterexample->instance) + "\n";
            for (const auto& [name, value] : claim.counterexample->values) {
                text.append(name).append("=").append(value).append("\n");
            }
        }
    }
    return text + std::to_string(result.cases) + " " + std::to_string(result.solver.starts_total);
}

}  // namespace

TEST_CASE("a trial does not depend on the number of threads") {
    CHECK(everything(run(registry(), 60, 1)) == everything(run(registry(), 60, 2)));
}

TEST_CASE("every claim fails on kept and random configurations exactly where the record expects it refuted") {
    TrialOptions options;
    options.claims = registry();
    options.random = 60;
    options.digits = 20;
    for (const Example& example : trial::kept_examples(paper())) {
        options.examples.push_back(example.key);
    }
    for (const ClaimResult& result : run_trial(paper(), options, never, [](long, long) {}).claims) {
        INFO(result.claim.id << ": " << result.message);
        const auto expected = recorded().find(result.claim.id);
        REQUIRE(expected);
        CHECK(result.inconclusive == 0);
        CHECK(result.passed + result.refuted > 0);
        CHECK((result.refuted > 0) == (*expected == Verdict::refuted));
    }
}

TEST_CASE("every statement but the misreadings stands in one of the paper's parts, by its identifier") {
    for (const Claim& claim : registry()) {
        INFO(claim.id);
        const auto contains = [&](const auto& part) {
            return std::regex_search(claim.id, std::regex(part.second));
        };
        const auto& parts = paper().words.parts;
        CHECK((claim.kind == Kind::misreading || std::any_of(parts.begin(), parts.end(), contains)));
    }
}

TEST_CASE("the record expects every misreading refuted and every correction verified") {
    for (const Claim& claim : registry()) {
        INFO(claim.id);
        const auto expected = recorded().find(claim.id);
        REQUIRE(expected);
        if (claim.kind == Kind::misreading) {
            CHECK(*expected == Verdict::refuted);
        } else if (*expected == Verdict::refuted) {
            CHECK(recorded().find(claim.id + ".corrected") == Verdict::verified);
        } else {
            CHECK(*expected == Verdict::verified);
        }
    }
}

TEST_CASE("a false claim is refuted and shrunk to the smallest configuration on which it fails") {
    // "No configuration has three classes": the smallest counterexample is 1,1,1.
    const auto result =
        run({made_up([](const Case& subject) {
                Comparison comparison(subject);
                comparison.exact("K", subject.configuration().classes() < 3, "three classes or more");
                return comparison.observation();
            })},
            40)
            .claims[0];
    CHECK(result.verdict == Verdict::refuted);
    REQUIRE(result.counterexample);
    CHECK(configuration_of(result.counterexample->instance).counts == std::vector<long long>{1, 1, 1});
    CHECK(result.counterexample->message == "three classes or more");
    const auto [claim, key] = parse_replay_token(paper(), result.replay);
    CHECK(claim == "test.made-up");
    CHECK(configuration_of(key.instance) == configuration_of(result.counterexample->instance));
}

TEST_CASE("a check that throws, and one that nothing applies to, are inconclusive") {
    const auto thrown =
        run({made_up([](const Case&) -> Observation { throw std::runtime_error("broken"); })}, 2).claims[0];
    CHECK(thrown.verdict == Verdict::inconclusive);
    CHECK(thrown.message.find("broken") != std::string::npos);
    const auto skipped = run({made_up([](const Case&) { return Observation{}; })}, 2).claims[0];
    CHECK(skipped.verdict == Verdict::inconclusive);
    CHECK(skipped.skipped == 2);
}

TEST_CASE(
    "a comparison refutes what is disjoint, passes what is pinned down, and leaves the rest undecided") {
    const PrecisionScope scope(40);
    Case subject;
    subject.key.digits = 10;
    const auto outcome = [&](const Enclosure& certified, const Enclosure& claimed) {
        Comparison comparison(subject);
        comparison.equal("x", certified, claimed, Enclosure(1));
        return comparison.observation().outcome;
    };
    const auto ball = [](double radius) {
        return Enclosure::hull(Enclosure(1 - radius), Enclosure(1 + radius));
    };
    CHECK(outcome(ball(1e-12), Enclosure(1)) == Outcome::passed);
    CHECK(outcome(ball(1e-8), Enclosure(1)) == Outcome::inconclusive);
    CHECK(outcome(ball(1e-12), Enclosure(1) + Enclosure(1e-11)) == Outcome::refuted);
    CHECK(outcome(ball(1e-8), Enclosure(2)) == Outcome::refuted);
}

// The suite's teeth: a theorem that is wrong in its twenty-fifth
// digit is caught by each claim that speaks of the number.
TEST_CASE("a closed form that is off by 10^-25 is refuted, number by number") {
    const CaseKey key{make_configuration({3, 5, 9, 9, 20}, "1e-3", "1e-3", 6), 1, 30};
    const PrecisionScope scope(comparison_digits(key, 0) + 40);
    const Case sound(key);
    REQUIRE(sound.certified());
    const Enclosure off = Enclosure(1) + Enclosure(0x1p-83);
    const Defect defects[] = {
        {"thm1.minimum", [](Testimony& t, const Enclosure& x) { t.closed_form->minimum_loss *= x; }},
        {"thm1.c",
         [](Testimony& t, const Enclosure& x) { t.closed_form->classes[2].feature_norm_squared *= x; }},
        {"thm1.e", [](Testimony& t, const Enclosure& x) { t.closed_form->classes[1].logit_own *= x; }},
        {"thm1.e", [](Testimony& t, const Enclosure& x) { t.closed_form->classes[4].logit_other *= x; }},
        {"eq13.margin", [](Testimony& t, const Enclosure& x) { t.closed_form->classes[0].margin *= x; }},
        {"prop1.norm",
         [](Testimony& t, const Enclosure& x) { t.closed_form->classes[3].classifier_norm_squared *= x; }},
        {"prop1.inner", [](Testimony& t, const Enclosure& x) { t.closed_form->prefactor *= x; }},
        {"prop1.cosine", [](Testimony& t, const Enclosure& x) { t.closed_form->weight_sum *= x; }},
    };
    check_refuted(sound, defects, off);
}

TEST_CASE("claims that need no number of the theorem can fail too") {
    const CaseKey key{make_configuration({3, 5, 9}, "1e-3", "1e-3"), 1, 30};
    const PrecisionScope scope(comparison_digits(key, 0) + 40);
    const Case sound(key);
    struct Defect {
        const char* claim;
        void (*spoil)(Testimony&);
    };
    const Defect defects[] = {
        {"thm1.b", [](Testimony& t) { t.bounds->cross_total = Enclosure(1); }},
        {"thm1.d", [](Testimony& t) { t.bounds->classifier_defect = Enclosure(1); }},
        {"thm1.d.sum", [](Testimony& t) { t.bounds->classifier_defect = Enclosure(1); }},
        {"thm1.e.sum", [](Testimony& t) { t.bounds->classes[0].logit_sum = Enclosure(1); }},
        {"cor4.threshold", [](Testimony& t) { t.bounds->classes[0].feature_norm_squared = Enclosure(0); }},
    };
    for (const Defect& defect : defects) {
        INFO(defect.claim);
        const Claim claim = select_claims(defect.claim).at(0);
        CHECK(claim.check(sound).outcome == Outcome::passed);
        const Case spoilt = with_testimony(sound, defect.spoil);
        CHECK(claim.check(spoilt).outcome != Outcome::passed);
    }
}

TEST_CASE("an uncertified minimiser proves nothing") {
    // One start that is cut off: the gap stays wide, and claims about minimisers stay undecided.
    const CaseKey key{make_configuration({3, 5, 9}, "1e-3", "1e-3"), 1, 30};
    const PrecisionScope scope(comparison_digits(key, 0) + 40);
    std::vector<Rational> slopes;
    for (int k = 0; k < 3; ++k) {
        slopes.emplace_back(1, 1000000);
    }
    const Configuration& configuration = configuration_of(key.instance);
    const Case subject = with_testimony(Case(key), [&](Testimony& t) {
        t.bounds = certificates::implied_bounds(configuration, slopes, Enclosure(1),
                                                certificates::dual_value(configuration, slopes));
    });
    for (const char* id : {"thm1.minimum", "thm1.b", "thm1.c", "thm1.d", "thm1.e", "eq13.margin",
                           "prop1.inner", "cor4.threshold"}) {
        INFO(id);
        CHECK(select_claims(id).at(0).check(subject).outcome == Outcome::inconclusive);
    }
}

TEST_CASE("a claim whose inputs were not seen is inconclusive, and says which") {
    Claim claim = made_up([](const Case& subject) {
        Comparison comparison(subject);
        comparison.exact("K", true, "");
        return comparison.observation();
    });
    const InputClass many = of_configurations(
        "K > 100", [](const Configuration& configuration) { return configuration.classes() > 100; });
    claim.demands = {{two_classes(), 0.02}, {many, 0.02}};
    claim.any_instance = true;
    const ClaimResult result = run({claim}, 200).claims[0];
    CHECK(result.verdict == Verdict::inconclusive);
    CHECK(result.message.find("K > 100 (0 of 150)") != std::string::npos);
    claim.demands = {{two_classes(), 0.02}};
    CHECK(run({claim}, 200).claims[0].verdict == Verdict::verified);
}

TEST_CASE("the search for counterexamples finds what random cases miss") {
    // "N is below 10^12": random counts stay within 10^9 each and 16 classes.
    const Claim claim = made_up([](const Case& subject) {
        Comparison comparison(subject);
        const Integer total = subject.configuration().samples();
        comparison.exact("N", total < Integer("1000000000000"), "10^12 samples or more");
        Observation observation = comparison.observation();
        observation.slack = 12 - std::log10(static_cast<double>(total));
        return observation;
    });
    TrialOptions options;
    options.claims = {claim};
    options.random = 100;
    options.jobs = 1;
    options.digits = 20;
    CHECK(run_trial(paper(), options, never, [](long, long) {}).claims[0].refuted == 0);
    options.search_steps = 400;
    const ClaimResult result = run_trial(paper(), options, never, [](long, long) {}).claims[0];
    CHECK(result.verdict == Verdict::refuted);
    CHECK(result.searched > 0);
    REQUIRE(result.counterexample);
    CHECK(configuration_of(result.counterexample->instance).classes() == 2);
}

TEST_CASE("a claim of existence is verified by one witness, and never refuted") {
    Claim claim = made_up([](const Case& subject) {
        Comparison comparison(subject);
        comparison.exact("K", subject.configuration().classes() >= 7, "fewer than seven classes");
        return comparison.observation();
    });
    claim.existence = true;
    CHECK(run({claim}, 60).claims[0].verdict == Verdict::verified);
    CHECK_FALSE(run({claim}, 60).claims[0].counterexample);
}

TEST_CASE("evidence is what a check asked for") {
    const auto evidence = [](Observation (*check)(const Case&)) {
        return run({made_up(check)}, 3).claims[0].evidence();
    };
    CHECK(evidence([](const Case& subject) {
              Comparison comparison(subject);
              comparison.exact("x", certainly_positive(subject.closed_form().minimum_loss), "");
              return comparison.observation();
          }) == Evidence::enclosed);
    CHECK(evidence([](const Case& subject) {
              Comparison comparison(subject);
              comparison.exact("x", certainly_positive(subject.implied_bounds().upper), "");
              return comparison.observation();
          }) == Evidence::certified);
    CHECK(evidence([](const Case& subject) {
              Comparison comparison(subject);
              comparison.exact(
                  "x", subject.random(1).uniform() < 2 && certainly_positive(subject.implied_bounds().upper),
                  "");
              return comparison.observation();
          }) == Evidence::sampled);
}
