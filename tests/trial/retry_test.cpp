// Failures tried again: what counts as right.
#include "trial/retry.hpp"

#include <catch2/catch.hpp>

#include "toy/paper.hpp"

using namespace ncverify;
using namespace ncverify::trial;

namespace {

// What comes of a failure of a claim whose check says this now.
Retry tried_again(Outcome now, const Failure& failure) {
    Paper paper = toy::paper();
    paper.claims = {
        {.id = failure.claim, .source = "(1)", .statement = "n", .domain = "n", .check = [now](const Case&) {
             Observation seen;
             seen.outcome = now;
             return seen;
         }}};
    Retry result;
    const std::atomic<bool> never{false};
    retry(paper, {failure}, 1, never, [&](std::size_t, Retry seen) { result = std::move(seen); });
    return result;
}

}  // namespace

TEST_CASE("what must fail is right only where it is refuted once more, all else only where it is fixed") {
    Failure failure{.claim = "a", .key = {.instance = 7L}, .expected = false};
    for (const auto& [now, fixed] : {std::pair{Outcome::passed, true},
                                     {Outcome::not_applicable, true},
                                     {Outcome::refuted, false},
                                     {Outcome::inconclusive, false}}) {
        failure.expected = false;
        CHECK(is_right(failure, tried_again(now, failure)) == fixed);
        failure.expected = true;
        CHECK(is_right(failure, tried_again(now, failure)) == (now == Outcome::refuted));
    }
}
