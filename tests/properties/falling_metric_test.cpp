// When a metric falls towards zero: functions of the distance whose limit and order are known.
#include "properties/claims/falling_metric.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "properties/case.hpp"

using namespace ncverify;
using namespace ncverify::properties;

namespace {

Outcome judged(const std::function<Enclosure(const Enclosure&)>& metric) {
    const PrecisionScope scope(80);
    const Case subject({make_configuration({1, 2}, "1/10", "1/10"), 1, 50});
    Comparison comparison(subject);
    const auto [near, nearer] = near_the_end();
    check_falls(metric(Enclosure(1)), metric(near), metric(nearer), comparison);
    return comparison.observation().outcome;
}

Enclosure exact(const char* text) {
    return from_rational<Enclosure>(parse_rational(text, "test"));
}

}  // namespace

TEST_CASE("a metric that falls as the distance, or faster, falls towards zero") {
    CHECK(judged([](const Enclosure& t) { return exact("7e8") * t; }) == Outcome::passed);
    CHECK(judged([](const Enclosure& t) { return t * t; }) == Outcome::passed);
    CHECK(judged([](const Enclosure& t) { return t / (Enclosure(1) + exact("1e20") * t); }) ==
          Outcome::passed);
}

TEST_CASE("a metric with another limit, or one that falls as a root, does not") {
    CHECK(judged([](const Enclosure& t) { return t + exact("1e-44"); }) == Outcome::refuted);
    CHECK(judged([](const Enclosure& t) { return exact("3e-45") + t; }) == Outcome::refuted);
    CHECK(judged([](const Enclosure& t) { return sqrt(t); }) == Outcome::refuted);
    CHECK(judged([](const Enclosure&) { return exact("1/10"); }) == Outcome::refuted);
    // As t^(7/8).
    CHECK(judged([](const Enclosure& t) { return t / sqrt(sqrt(sqrt(t))); }) == Outcome::refuted);
}
