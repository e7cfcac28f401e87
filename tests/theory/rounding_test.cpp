#include "theory/rounding.hpp"

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>

#include "problem/configuration.hpp"

using namespace ncverify;
using theory::rounded;

namespace {

// The peer: MPFR at many more digits than are printed.
std::string by_mpfr(const Rational& value, long digits) {
    const PrecisionScope scope(600);
    const Multiprecision number = from_rational<Multiprecision>(value);
    mpfr_exp_t point = 0;
    char* raw = mpfr_get_str(nullptr, &point, 10, static_cast<std::size_t>(digits), number.backend().data(),
                             MPFR_RNDN);
    std::string text(raw);
    mpfr_free_str(raw);
    const std::size_t sign = text[0] == '-' ? 1 : 0;
    if (digits > 1) {
        text.insert(sign + 1, ".");
    }
    return point == 1 ? text : text + (point > 1 ? "e+" : "e") + std::to_string(point - 1);
}

Rational any_rational() {
    // An odd prime denominator: never halfway between two decimals.
    const auto top =
        *rc::gen::suchThat(rc::gen::arbitrary<std::int64_t>(), [](std::int64_t x) { return x % 7919 != 0; });
    const int power = *rc::gen::inRange(-300, 300);
    const Integer ten = pow(Integer(10), static_cast<unsigned>(std::abs(power)));
    return power >= 0 ? Rational(Integer(top) * ten, 7919) : Rational(Integer(top), ten * 7919);
}

}  // namespace

TEST_CASE("enclosures and rationals round as MPFR does at higher precision") {
    rc::prop("any rational, 1 to 200 digits", [] {
        const Rational value = any_rational();
        const long digits = *rc::gen::inRange(1L, 200L);
        const std::string expected = by_mpfr(value, digits);
        RC_ASSERT(rounded(value, digits) == expected);
        const PrecisionScope scope(digits + 30);
        RC_ASSERT(rounded(from_rational<Enclosure>(value), digits) == expected);
    });
}

TEST_CASE("what is printed reads back within half a unit of its last digit") {
    rc::prop("any rational", [] {
        const Rational value = any_rational();
        const long digits = *rc::gen::inRange(1L, 40L);
        const std::string text = rounded(value, digits);
        const Rational error = abs(Rational(parse_rational(text, "test") - value));
        const auto mark = text.find('e');
        const long exponent = mark == std::string::npos ? 0 : std::stol(text.substr(mark + 1));
        const Rational unit = parse_rational("1e" + std::to_string(exponent - digits + 1), "test");
        RC_ASSERT(2 * error <= unit);
    });
}

TEST_CASE("a tie goes to the even digit, and a carry moves the point") {
    CHECK(rounded(Rational(1, 8), 2) == "1.2e-1");
    CHECK(rounded(Rational(3, 8), 2) == "3.8e-1");
    CHECK(rounded(Rational(-1, 4), 1) == "-2e-1");
    CHECK(rounded(Rational(9995, 1000), 3) == "1.00e+1");
    CHECK(rounded(Rational(999, 1000), 2) == "1.0");
    CHECK(rounded(Rational(24, 25), 1) == "1");
    CHECK(rounded(Rational(1, 3), 1) == "3e-1");
    CHECK(rounded(Rational(100), 5) == "1.0000e+2");
    CHECK(rounded(Rational(0), 5) == "0");
}

TEST_CASE("a ball that does not decide the rounding gives nothing") {
    const PrecisionScope scope(40);
    const auto ball = [](const Rational& middle, const Rational& radius) {
        return Enclosure::hull(from_rational<Enclosure>(middle - radius),
                               from_rational<Enclosure>(middle + radius));
    };
    const Rational tiny(1, 1000000);
    CHECK_FALSE(rounded(ball(Rational(1, 4), tiny), 1));
    CHECK(rounded(ball(Rational(1, 4), tiny), 2) == "2.5e-1");
    CHECK_FALSE(rounded(ball(0, tiny), 1));
    CHECK(rounded(ball(1, tiny), 5) == "1.0000");
    CHECK_FALSE(rounded(ball(1, tiny), 8));
    CHECK(rounded(Enclosure(0), 8) == "0");
    CHECK_FALSE(rounded(Enclosure(1) / Enclosure(0), 3));
}

TEST_CASE("a hundred thousand digits round like fifty") {
    const std::string text = rounded(Rational(1, 7), 100000);
    CHECK(text.size() == 100000 + 4);
    const PrecisionScope scope(100020);
    CHECK(rounded(from_rational<Enclosure>(Rational(1, 7)), 100000) == text);
}
