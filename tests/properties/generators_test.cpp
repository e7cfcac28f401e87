#include "properties/generators.hpp"

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "problem/errors.hpp"
#include "properties/case.hpp"
#include "properties/input_classes.hpp"
#include "properties/paper.hpp"
#include "properties/simpler.hpp"
#include "theory/closed_form.hpp"

using namespace ncverify;
using namespace ncverify::properties;

TEST_CASE("generated weights reach what claims about them must have seen") {
    std::map<std::string, long> seen;
    long weighted = 0, most = 0;
    for (std::uint64_t number = 3; number < 4000; number += 4) {
        const Configuration configuration = generate(7, number).value();
        weighted += configuration.weighted() ? 1 : 0;
        most = std::max(most, configuration.classes());
        for (const InputClass& input : {weights_inverse(), weights_inverse_root(), weights_far_apart(),
                                        two_weighted_living(), weighted_at_threshold()}) {
            seen[input.name] += input.contains(configuration) ? 1 : 0;
        }
    }
    CHECK(weighted > 900);
    CHECK(most > 20);
    CHECK(seen.size() == 5);
    for (const auto& [name, number] : seen) {
        INFO(name);
        CHECK(number > 50);
    }
}

TEST_CASE("generated configurations reach every region of the domain") {
    long none = 0, some = 0, all = 0, at_threshold = 0, close = 0, square = 0, wide = 0, few = 0,
         very_wide = 0, balanced = 0, distinct = 0;
    long weighted = 0;
    std::set<long> classes;
    constexpr long total = 1000;
    for (std::uint64_t number = 0; number < total; ++number) {
        const Configuration configuration = generate(7, number).value();
        if (configuration.weighted()) {
            ++weighted;
            continue;
        }
        const Rational limit = theory::threshold(configuration);
        long collapsed = 0;
        bool at = false, near = false;
        for (const long long count : configuration.counts) {
            collapsed += count <= limit ? 1 : 0;
            at = at || count == limit;
            near =
                near || (count != limit && abs(Rational(count - limit)) * pow(Integer(10), 30) <= 2 * count);
        }
        none += collapsed == 0 ? 1 : 0;
        all += collapsed == configuration.classes() ? 1 : 0;
        some += collapsed > 0 && collapsed < configuration.classes() ? 1 : 0;
        at_threshold += at ? 1 : 0;
        close += near ? 1 : 0;
        square += configuration.dimension == configuration.classes() ? 1 : 0;
        wide += configuration.dimension > configuration.classes() ? 1 : 0;
        const std::set<long long> values(configuration.counts.begin(), configuration.counts.end());
        balanced += values.size() == 1 ? 1 : 0;
        distinct += values.size() == configuration.counts.size() ? 1 : 0;
        classes.insert(configuration.classes());
        few += configuration.dimension < configuration.classes() ? 1 : 0;
        very_wide += configuration.dimension > 2 * configuration.classes() + 4 ? 1 : 0;
    }
    CHECK(weighted > total / 5);
    CHECK(classes.size() == 15);  // K = 2..16
    CHECK(none > total / 10);
    CHECK(some > total / 4);
    CHECK(all > total / 50);
    CHECK(at_threshold > total / 50);
    CHECK(close > total / 50);
    CHECK(square > total / 5);
    CHECK(wide > total / 5);
    CHECK(few > total / 20);
    CHECK(very_wide > total / 50);
    CHECK(balanced > total / 50);
    CHECK(distinct > total / 20);
}

TEST_CASE("a configuration depends on seed and number only") {
    CHECK(generate(3, 5).value() == generate(3, 5).value());
    CHECK_FALSE(generate(3, 5).value() == generate(4, 5).value());
    CHECK_FALSE(generate(3, 5).value() == generate(3, 6).value());
}

TEST_CASE("simpler neighbours are strictly simpler") {
    for (std::uint64_t number = 0; number < 100; ++number) {
        const Configuration configuration = generate(1, number).value();
        for (const Configuration& candidate : simpler(configuration)) {
            CHECK(candidate < configuration);
        }
    }
}

TEST_CASE(
    "shrinking reaches the simplest configuration in few moves, from a hundred classes and odd lambdas") {
    std::vector<long long> counts;
    for (long long k = 0; k < 100; ++k) {
        counts.push_back(17 + 3 * k);
    }
    // "Fails where T lies below the largest count":
    // of 1,1 with T = 8 lW lH, and lambdas of four letters, 1/50.
    const auto fails = [](const Configuration& configuration) {
        return theory::threshold(configuration) < configuration.counts.front();
    };
    Configuration configuration = make_configuration(counts, "9/125000007", "3141/98765432100", 240);
    REQUIRE(fails(configuration));
    int moves = 0;
    for (bool moved = true; moved; ++moves) {
        moved = false;
        for (const Configuration& candidate : simpler(configuration)) {
            if (fails(candidate)) {
                configuration = candidate;
                moved = true;
                break;
            }
        }
    }
    CHECK(configuration.command_line() == make_configuration({1, 1}, "1/50", "1").command_line());
    CHECK(moves < 40);
}

TEST_CASE("a replay token names its case and reads back; anything else is refused") {
    rc::prop("any generated case", [] {
        const CaseKey key{.instance = generate(*rc::gen::arbitrary<std::uint64_t>(), 0).value(),
                          .seed = *rc::gen::arbitrary<std::uint64_t>(),
                          .digits = *rc::gen::inRange(1L, 100L)};
        const std::string token = trial::replay_token(paper(), "thm1.b", key);
        RC_ASSERT(token.find_first_of(" '\"\n") == std::string::npos);
        const auto [claim, read] = trial::parse_replay_token(paper(), token);
        RC_ASSERT(claim == "thm1.b");
        RC_ASSERT(configuration_of(read.instance) == configuration_of(key.instance));
        RC_ASSERT(read.seed == key.seed);
        RC_ASSERT(read.digits == key.digits);
        CaseKey structured = key;
        structured.method = "structured";
        const std::string other = trial::replay_token(paper(), "thm1.b", structured);
        RC_ASSERT(other != token);
        RC_ASSERT(trial::parse_replay_token(paper(), other).second.method == "structured");
    });
    for (const char* token :
         {"", "ncv1", "ncv1:a:b:c:d:e:f:g", "ncv2:thm1.b:50:1:1,2:1:1:2", "ncv1:thm1.b:0:1:1,2:1:1:2",
          "ncv1:thm1.b:50:1:1,2:1:1:0", "ncv1:thm1.b:50:99999999999999999999999:1,2:1:1:2",
          "ncv1:thm1.b:50:1:1,2:1:1:2:3", "ncv1:thm1.b:50:1.luck:1,2:1:1:2", "ncv1:thm1.b:50:1.:1,2:1:1:2",
          "ncv1:thm1.b:50:1:1:1:1:2"}) {
        CHECK_THROWS_AS(trial::parse_replay_token(paper(), token), InputError);
    }
    for (const char* decimal : {"10", "010", "0010"}) {  // never octal
        const std::string token = std::string("ncv1:thm1.b:50:") + decimal + ":1,2:1:1:2";
        CHECK(trial::parse_replay_token(paper(), token).second.seed == 10);
    }
    CHECK(trial::parse_replay_token(paper(), "ncv1:thm1.b:050:08:1,2:1:1:2").second.seed == 8);
}
