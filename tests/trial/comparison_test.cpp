// Comparisons that are no equalities.
#include "trial/comparison.hpp"

#include <catch2/catch.hpp>

#include "problem/scalar.hpp"

using namespace ncverify;
using namespace ncverify::trial;

namespace {

Enclosure ball(double centre, double radius) {
    return Enclosure::hull(Enclosure(centre - radius), Enclosure(centre + radius));
}

template <typename Compare>
Observation observe(Compare compare) {
    Case subject;
    subject.key.digits = 10;
    Comparison comparison(subject);
    compare(comparison);
    return comparison.observation();
}

}  // namespace

TEST_CASE("an inequality is refuted where violated, passed where it holds or is equality to all digits") {
    const PrecisionScope scope(40);
    const auto at_most = [](const Enclosure& a, const Enclosure& b) {
        return observe([&](Comparison& c) { c.at_most("x", a, b, Enclosure(1)); });
    };
    CHECK(at_most(Enclosure(1), Enclosure(2)).outcome == Outcome::passed);
    CHECK(at_most(Enclosure(2), Enclosure(1)).outcome == Outcome::refuted);
    CHECK(at_most(ball(1, 1e-12), ball(1, 1e-12)).outcome == Outcome::passed);
    CHECK(at_most(ball(1, 1e-12), ball(1, 1e-12)).error_log10 < -10);
    CHECK(at_most(ball(1, 1e-6), ball(1, 1e-6)).outcome == Outcome::inconclusive);
    CHECK(at_most(Enclosure(1) + Enclosure(1e-11), Enclosure(1)).outcome == Outcome::refuted);
    CHECK(*at_most(Enclosure(1), Enclosure(3)).slack == Approx(2));
    CHECK(*at_most(Enclosure(3), Enclosure(1)).slack == Approx(-2));
    CHECK(*at_most(ball(1, 1e-12), ball(1, 1e-12)).slack == 0);
}

TEST_CASE("a strict inequality is passed only where certain, and equality refutes it") {
    const PrecisionScope scope(40);
    const auto below = [](const Enclosure& a, const Enclosure& b) {
        return observe([&](Comparison& c) { c.below("x", a, b, Enclosure(1)); }).outcome;
    };
    CHECK(below(Enclosure(1), Enclosure(1) + Enclosure(1e-30)) == Outcome::passed);
    CHECK(below(Enclosure(1), Enclosure(1)) == Outcome::refuted);
    CHECK(below(ball(1, 1e-12), ball(1, 1e-12)) == Outcome::inconclusive);
}

TEST_CASE("values at an approximate point are refuted only beyond what the approximation explains") {
    const PrecisionScope scope(40);
    const auto close = [](double off, double allowance) {
        return observe([&](Comparison& c) {
                   c.close("x", Enclosure(1) + Enclosure(off), Enclosure(1), Enclosure(1),
                           Enclosure(allowance));
               })
            .outcome;
    };
    CHECK(close(1e-12, 0) == Outcome::passed);
    CHECK(close(1e-6, 1e-5) == Outcome::inconclusive);
    CHECK(close(1e-6, 1e-7) == Outcome::refuted);
    CHECK(close(-1e-6, 1e-7) == Outcome::refuted);
}

TEST_CASE("a value of which nothing is known lies within no bound, and a bound without end leaves room") {
    const PrecisionScope scope(40);
    const auto within = [](const Enclosure& value, const Enclosure& bound) {
        return observe([&](Comparison& c) { c.within("x", value, bound); }).outcome;
    };
    const Enclosure nothing = Enclosure(0) / Enclosure(0), unlimited = Enclosure(1) / ball(0, 1);
    CHECK(within(Enclosure(1), ball(1, 1e-3)) == Outcome::passed);
    CHECK(within(Enclosure(1), unlimited) == Outcome::passed);
    CHECK(within(Enclosure(2), ball(1, 1e-3)) == Outcome::refuted);
    for (const Enclosure& value : {nothing, unlimited}) {
        CHECK(within(value, ball(1, 1e-3)) == Outcome::inconclusive);
        CHECK(within(value, unlimited) == Outcome::inconclusive);
    }
}

TEST_CASE("one violated inequality among many decides, and the least slack is kept") {
    const PrecisionScope scope(40);
    const Observation seen = observe([](Comparison& c) {
        c.at_most("a", Enclosure(0), Enclosure(5), Enclosure(1));
        c.at_most("b", Enclosure(1), Enclosure(0), Enclosure(1));
        c.at_most("c", Enclosure(0), Enclosure(3), Enclosure(1));
    });
    CHECK(seen.outcome == Outcome::refuted);
    CHECK(seen.message == "b: not in the claimed order");
    CHECK(*seen.slack == Approx(-1));
}
