#include "certificates/decimal.hpp"

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>

#include "problem/configuration.hpp"
#include "problem/errors.hpp"

using namespace ncverify;
using namespace ncverify::certificates;

TEST_CASE("decimals of a certificate are JSON numbers with a small e, and nothing else") {
    for (const char* good :
         {"0", "-0", "1", "10", "-1.50", "0.000", "1e5", "1e+05", "-2.5e-0003", "0e20000"}) {
        CHECK_NOTHROW(parse_decimal(good, "test", 20000));
        CHECK_NOTHROW(parse_exact_number(good, "test", 20000));
    }
    for (const char* bad : {"",      "-",     "+1",      ".5",       "5.",
                            "1E3",   "00001", "-01",     "1/3",      "1e",
                            "1e+",   "e5",    "1 ",      " 1",       "--1",
                            "1.5.2", "1e2.5", "1e2e3",   "nan",      "inf",
                            "0x1",   "1,5",   "1e20001", "1e-20001", "1e99999999999999999999"}) {
        CHECK_THROWS_AS(parse_decimal(bad, "test", 20000), InputError);
    }
    CHECK(parse_decimal("-1e-300", "test").negative);
    CHECK_FALSE(parse_decimal("-0.00e7", "test").negative);
}

TEST_CASE("fractions of a certificate are two whole numbers, with a minus or none") {
    CHECK(parse_exact_number("2/6", "test", 10).value == Rational(1, 3));
    CHECK(parse_exact_number("-2/6", "test", 10).value == Rational(-1, 3));
    CHECK(parse_exact_number("-0/6", "test", 10).value == 0);
    CHECK(parse_exact_number("-2.5e-3", "test", 10).value == Rational(-1, 400));
    CHECK(parse_exact_number("1e-7", "test", 10).exponent == 7);
    for (const char* bad :
         {"1/0", "--1/3", "+1/3", "1/-3", "01/3", "1/03", "1/", "/3", "1/3/5", "1.5/2", "1/ 3", "1e2/3"}) {
        CHECK_THROWS_AS(parse_exact_number(bad, "test", 10), InputError);
    }
}

TEST_CASE("a decimal is enclosed, exactly where the precision suffices, as its rational is") {
    rc::prop("mantissas and powers of any size", [] {
        const PrecisionScope scope(*rc::gen::inRange<long>(5, 60));
        const std::string text = std::to_string(*rc::gen::arbitrary<long>()) + "." +
                                 std::to_string(*rc::gen::inRange<long>(0, 1'000'000'000)) + "e" +
                                 std::to_string(*rc::gen::inRange<long>(-400, 400));
        const Enclosure value = enclosed(parse_decimal(text, "test"));
        const Rational exact = parse_rational(text, "test");
        RC_ASSERT(overlap(value, from_rational<Enclosure>(exact)));
        RC_ASSERT(contains_zero(value) == (exact == 0));
        RC_ASSERT(certainly_negative(value) == (exact < 0));
    });
    const PrecisionScope scope(30);
    CHECK(arb_is_exact(enclosed(parse_decimal("0.0625", "test")).data()) != 0);
    CHECK(arb_is_zero(enclosed(parse_decimal("-0.000e5", "test")).data()) != 0);
    // Nowhere written out: a thousand of these would otherwise be a gigabyte.
    const Enclosure large = enclosed(parse_decimal("1e900000000", "test"));
    CHECK(certainly_positive(large));
    CHECK(overlap(large * enclosed(parse_decimal("1e-900000000", "test")), Enclosure(1)));
}
