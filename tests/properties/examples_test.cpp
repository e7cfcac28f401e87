#include "trial/examples.hpp"

#include <catch2/catch.hpp>

#include "problem/errors.hpp"
#include "properties/paper.hpp"
#include "properties/registry.hpp"
#include "trial/trial.hpp"

using namespace ncverify;
using namespace ncverify::properties;
using trial::examples_text;
using trial::parse_examples;
using trial::replay_token;

namespace {
const std::string token = "ncv1:thm1.b:50:7:1,2:1/500:1:3";
}

TEST_CASE("examples are read back as they were written, those of other claims kept") {
    const auto known = parse_examples(paper(), std::string("# kept\n\n") + token + "\n", "test");
    REQUIRE(known.size() == 1);
    CHECK(known[0].claim == "thm1.b");
    CHECK(known[0].key.seed == 7);
    trial::ClaimResult result;
    result.claim.id = "misread.eq9";
    result.replay = "ncv1:misread.eq9:50:1:1x2:1/500:1:2";
    const auto again = parse_examples(paper(), examples_text(paper(), known, {result}), "test");
    REQUIRE(again.size() == 2);
    CHECK(again[0].claim == "misread.eq9");
    CHECK(replay_token(paper(), again[1].claim, again[1].key) == token);
    result.claim.id = "thm1.b";  // a claim that ran replaces its old example
    CHECK(parse_examples(paper(), examples_text(paper(), known, {result}), "test").size() == 1);
}

TEST_CASE("a broken line of an examples file is named") {
    try {
        parse_examples(paper(), std::string(token) + "\nncv1:thm1.b\n", "file.txt");
        FAIL("accepted");
    } catch (const InputError& error) {
        CHECK(std::string(error.what()).find("line 2") != std::string::npos);
    }
}

TEST_CASE("examples are tried first, before the configurations asked for") {
    trial::TrialOptions options;
    options.claims = select_claims("thm1.b");
    options.digits = 20;
    options.examples = {parse_examples(paper(), token, "test")[0].key};
    options.fixed = {make_configuration({1, 1}, "1/500", "1")};
    const std::atomic<bool> never{false};
    const trial::TrialResult result = trial::run_trial(paper(), options, never, [](long, long) {});
    CHECK(result.cases == 2);
    CHECK(result.claims[0].passed == 2);
}
