// Every check can fail: what the trial notices where a check, or one of its comparisons, is gone or empty.
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "properties/case.hpp"
#include "properties/mutants/wrong_theorem.hpp"
#include "properties/paper.hpp"
#include "properties/registry.hpp"
#include "trial/paper.hpp"

using namespace ncverify;
using namespace ncverify::properties;
using trial::ClaimPower;
using trial::MutationResult;

namespace {

const std::atomic<bool> never{false};

MutationResult powers(const trial::Paper& subject, std::vector<Claim> claims, long random,
                      const std::vector<trial::Mutant>& worlds) {
    trial::MutationOptions options;
    options.fixed = subject.mutation_instances;
    options.random = random;
    options.claims = std::move(claims);
    return trial::run_mutants(subject, worlds, options, never);
}

Claim made_up(Observation (*check)(const Case&)) {
    return {
        .id = "test.made-up", .source = "nowhere", .statement = "?", .domain = "everywhere", .check = check};
}

ClaimPower power_of(Observation (*check)(const Case&)) {
    return powers(paper(), {made_up(check)}, 0, mutants()).claims.front();
}

// A check that does as before, but for this kind of comparison, which it no longer makes.
Claim without_comparison(Claim claim, const std::string& kind) {
    claim.check = trial::Check([check = claim.check, kind](const Case& subject) {
        const Observation observation = check(subject);
        if (subject.watch.trace != nullptr) {
            subject.watch.trace->seen.erase(kind);
            subject.watch.trace->failed.erase(kind);
        }
        return observation;
    });
    return claim;
}

}  // namespace

TEST_CASE("some world refutes every claim, extensions included, and no comparison of any claim is empty") {
    const MutationResult result = powers(paper(), registry(), 400, mutants());
    CHECK(result.as_should_be());
    std::size_t comparisons = 0;
    for (const ClaimPower& power : result.claims) {
        INFO(power.claim << ": " << trial::fault_of(power));
        CHECK(trial::fault_of(power).empty());
        comparisons += power.comparisons.size();
    }
    CHECK(comparisons > 250);
    // What is on record is what is compared, no more and no less.
    CHECK(trial::comparisons_text(result) == paper().comparisons);
}

TEST_CASE("a check replaced by 'true' is noticed, whichever it is") {
    std::vector<Claim> blind = registry();
    for (Claim& claim : blind) {
        claim.check = trial::Check([](const Case& subject) {
            Comparison comparison(subject);
            comparison.exact("true", true, "");
            return comparison.observation();
        });
    }
    trial::Paper all_blind = paper();
    for (const ClaimPower& power : powers(all_blind, blind, 0, mutants()).claims) {
        INFO(power.claim);
        CHECK_FALSE(power.can_fail());
        CHECK_FALSE(power.lost.empty());
    }
}

TEST_CASE("each comparison of each claim, dropped, is noticed") {
    // Round by round, every claim without one of the comparisons that it makes in the fixed cases.
    const trial::Mutant nothing{.name = "nothing",
                                .equation = "",
                                .differs = [](const trial::Case&) { return true; },
                                .spoilt = [](const trial::Case& sound) { return sound.clone(); },
                                .parts = 0};
    std::map<std::string, std::vector<std::string>> made;
    for (const ClaimPower& power : powers(paper(), registry(), 0, {nothing}).claims) {
        for (const auto& comparison : power.comparisons) {
            made[power.claim].push_back(comparison.comparison);
        }
    }
    std::size_t dropped = 0;
    for (std::size_t place = 0;; ++place) {
        std::vector<Claim> claims;
        for (const Claim& claim : registry()) {
            const auto& kinds = made[claim.id];
            if (place < kinds.size()) {
                claims.push_back(without_comparison(claim, kinds[place]));
            }
        }
        if (claims.empty()) {
            break;
        }
        for (const ClaimPower& power : powers(paper(), claims, 0, {nothing}).claims) {
            const std::string& kind = made[power.claim][place];
            INFO(power.claim << " without '" << kind << "'");
            CHECK(std::count(power.lost.begin(), power.lost.end(), kind) == 1);
            ++dropped;
        }
    }
    CHECK(dropped > 200);
}

TEST_CASE("comparisons that hold by construction are called empty") {
    // x - x with zero.
    const ClaimPower difference = power_of([](const Case& subject) {
        Comparison comparison(subject);
        const Enclosure x = subject.bounds().margin(0);
        comparison.zero("x - x", x - x, Enclosure(1));
        return comparison.observation();
    });
    CHECK(difference.never_failing() == std::vector<std::string>{"x - x"});
    // A bound that contains zero, whatever the point.
    const ClaimPower bound = power_of([](const Case& subject) {
        Comparison comparison(subject);
        comparison.zero("bound", Enclosure::hull(Enclosure(0), subject.implied_bounds().gap), Enclosure(1));
        return comparison.observation();
    });
    CHECK(bound.never_failing() == std::vector<std::string>{"bound"});
    CHECK_FALSE(bound.can_fail());
    // The same held against the point is not.
    const ClaimPower held = power_of([](const Case& subject) {
        Comparison comparison(subject);
        comparison.zero("held", subject.bounds().gap(), Enclosure(1));
        return comparison.observation();
    });
    CHECK(trial::fault_of(held).empty());
}

TEST_CASE("a bound that the found point breaks refutes whatever asked for it, and nothing else") {
    const CaseKey key{make_configuration({3, 4, 9, 9, 20}, "1/10", "15e-3"), 7, 20};
    const PrecisionScope scope(comparison_digits(key) + 40);
    const Case sound(key);
    sound.begin();
    sound.bounds().margin(4);
    sound.bounds().feature_norm_squared(4);
    REQUIRE_FALSE(sound.contradiction());
    Testimony altered = sound.testimony();
    altered.bounds->classes[4].margin *= Enclosure(1.5);
    const Case broken(sound, altered);
    broken.begin();
    broken.bounds().feature_norm_squared(4);
    CHECK_FALSE(broken.contradiction());
    broken.bounds().margin(4);
    REQUIRE(broken.contradiction());
    CHECK(broken.contradiction()->message.find("margin") == 0);
    broken.begin();
    CHECK_FALSE(broken.contradiction());
    const auto observation = trial::claim_named(registry(), "lemma2.minimum.corrected", "test").check(broken);
    CHECK(observation.outcome == Outcome::refuted);
}

TEST_CASE("kinds of comparison are names without their numbers") {
    CHECK(trial::comparison_kind("h_3 . h_12") == "h_# . h_#");
    CHECK(trial::comparison_kind("at t = 1e-30, and 2e10") == "at t = #, and #");
    CHECK(trial::comparison_kind("dead {1,2,5}") == "dead {#}");
    CHECK(trial::comparison_kind("dead {}") == "dead {}");
    CHECK(trial::comparison_kind("e of 2.5 e") == "e of # e");
}
