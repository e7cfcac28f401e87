#include <catch2/catch.hpp>
#include <set>

#include "properties/case.hpp"
#include "properties/mutants/wrong_theorem.hpp"
#include "properties/paper.hpp"
#include "properties/registry.hpp"

using namespace ncverify;
using namespace ncverify::properties;
using trial::ClaimPower;
using trial::Mutant;
using trial::MutantResult;
using trial::MutationOptions;
using trial::MutationResult;

namespace {

const std::atomic<bool> never{false};

MutationOptions options(long random, int jobs = 0) {
    MutationOptions chosen;
    chosen.fixed = paper().mutation_instances;
    chosen.random = random;
    chosen.jobs = jobs;
    chosen.claims = registry();
    chosen.powers = false;
    return chosen;
}

// What becomes of one mutant on the paper's instances for that, and at most `most_cases` cases in all.
MutantResult kill(const Mutant& mutant, const std::vector<Claim>& claims, std::uint64_t seed,
                  long most_cases) {
    MutationOptions chosen;
    chosen.fixed = paper().mutation_instances;
    chosen.fixed.resize(std::min(chosen.fixed.size(), static_cast<std::size_t>(most_cases)));
    chosen.random = most_cases - static_cast<long>(chosen.fixed.size());
    chosen.seed = seed;
    chosen.claims = claims;
    chosen.powers = false;
    return trial::run_mutants(paper(), {mutant}, chosen, never).mutants.front();
}

const Mutant& named(const std::string& name) {
    for (const Mutant& mutant : mutants()) {
        if (mutant.name == name) {
            return mutant;
        }
    }
    FAIL("no mutant '" << name << "'");
    throw std::logic_error(name);
}

}  // namespace

TEST_CASE("the table of mutants is large, and names are unique") {
    std::set<std::string> names;
    for (const Mutant& mutant : mutants()) {
        names.insert(mutant.name);
    }
    CHECK(names.size() == mutants().size());
    CHECK(mutants().size() >= 300);
}

TEST_CASE(
    "every mutant is refuted by some claim within 150 cases, and the theorem written otherwise by none") {
    const MutationResult result = trial::run_mutants(paper(), mutants(), options(144), never);
    for (const MutantResult& each : result.mutants) {
        INFO(each.mutant.name << ", different in " << each.different << " of " << each.cases << " cases");
        CHECK(each.killed() == each.mutant.equivalent.empty());
        if (!each.mutant.equivalent.empty()) {
            CHECK(each.different == 0);
        }
    }
    CHECK(result.mutants_as_should_be());
    CHECK(result.cases <= 150);
    // Of the wrong formulas, as opposed to those wrong in rare places, the fixed configurations catch all.
    for (const MutantResult& each : result.mutants) {
        const bool theorem = each.mutant.parts == part_theorem;
        if (theorem && each.cases > static_cast<long>(mutation_configurations().size()) && each.killed()) {
            INFO(each.mutant.name << " needed " << each.cases << " cases");
            CHECK((each.mutant.name.find("off by 10^-12") != std::string::npos ||
                   each.mutant.name == "T in double precision"));
        }
    }
}

TEST_CASE("the account of claims and the account of mutants agree, on any number of threads") {
    const std::vector<Mutant> some = as_mutants(formula_mutants());
    const MutationResult one = trial::run_mutants(paper(), some, options(20, 1), never),
                         two = trial::run_mutants(paper(), some, options(20, 2), never);
    REQUIRE(one.mutants.size() == two.mutants.size());
    std::size_t kills = 0;
    for (std::size_t i = 0; i < some.size(); ++i) {
        CHECK(one.mutants[i].first_killers == two.mutants[i].first_killers);
        CHECK(one.mutants[i].killers == two.mutants[i].killers);
        CHECK(one.mutants[i].cases == two.mutants[i].cases);
        kills += one.mutants[i].killers.size();
    }
    for (const ClaimPower& power : one.claims) {
        kills -= power.all.size();
    }
    CHECK(kills == 0);
}

TEST_CASE("a mutant is held against claims only: misreadings kill nothing, and no claims, no kill") {
    const Mutant mutant = named("own logit: K for K-1");
    CHECK(kill(mutant, select_claims("misread.*"), 1, 8).first_killers.empty());
    CHECK(kill(mutant, {}, 1, 8).cases == 8);
    const MutantResult killed = kill(mutant, registry(), 1, 8);
    CHECK(killed.cases == 1);
    CHECK(killed.first_killers == std::vector<std::string>{"thm1.e", "thm1.collapse", "weights.structure"});
    // A claim about another number does not see it.
    CHECK(kill(mutant, select_claims("thm1.c,prop1.*"), 1, 8).first_killers.empty());
}

TEST_CASE("claims that fail with the theorem itself, or throw, are no witnesses") {
    const auto claim = [](Observation (*check)(const Case&)) {
        return Claim{.id = "test.made-up",
                     .source = "nowhere",
                     .statement = "false",
                     .domain = "everywhere",
                     .check = check};
    };
    const Claim always_refuted = claim([](const Case& subject) {
        subject.closed_form();
        Observation observation;
        observation.outcome = Outcome::refuted;
        return observation;
    });
    const Claim broken = claim([](const Case&) -> Observation { throw std::runtime_error("broken"); });
    CHECK_FALSE(kill(named("own logit: sign flipped"), {always_refuted, broken}, 1, 8).killed());
}
