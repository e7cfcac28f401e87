#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>

#include "problem/configuration.hpp"
#include "problem/random.hpp"

using namespace ncverify;

namespace {

// One unit of the last of `digits` significant digits of a positive `value`.
Rational last_unit(const Rational& value, long digits) {
    Rational unit = parse_rational("1e" + std::to_string(1 - digits), "test");
    for (; value / unit >= parse_rational("1e" + std::to_string(digits), "test"); unit *= 10) {
    }
    for (; value / unit < parse_rational("1e" + std::to_string(digits - 1), "test"); unit /= 10) {
    }
    return unit;
}

}  // namespace

TEST_CASE("decimals are rounded down by less than a unit of the last digit, roots by two") {
    CHECK(root_below(4, 7) == 2);
    CHECK(root_below(0, 7) == 0);
    CHECK(root_below(2, 5) == parse_rational("1.4142", "test"));
    CHECK(root_below(parse_rational("2e-8", "test"), 5) == parse_rational("1.4142e-4", "test"));
    CHECK(root_below(parse_rational("3e20", "test"), 9) == parse_rational("1.73205080e10", "test"));
    const PrecisionScope scope(40);
    CHECK(decimal_below(Multiprecision(12345), 3) == 12300);
    CHECK(decimal_below(Multiprecision(-12345), 3) == -12400);
    rc::prop("any size and number of digits", [] {
        Random random(*rc::gen::arbitrary<std::uint64_t>());
        const long digits = 2 + static_cast<long>(random.next() % 40);
        Rational square(static_cast<long long>(1 + random.next() % 1'000'000'007),
                        static_cast<long long>(1 + random.next() % 1'000'000'007));
        square *= parse_rational("1e" + std::to_string(static_cast<long>(random.next() % 600) - 300), "test");
        const Rational root = root_below(square, digits), above = root + last_unit(root, digits);
        RC_ASSERT(root * root <= square);
        // The root itself is rounded down before its decimal is: two units at most.
        const Rational far = above + last_unit(root, digits);
        RC_ASSERT(far * far > square);
        const Multiprecision value = from_rational<Multiprecision>(square);
        const Rational exact = exact_rational(value), decimal = decimal_below(value, digits);
        RC_ASSERT(decimal <= exact);
        RC_ASSERT(decimal + last_unit(decimal, digits) > exact);
    });
}
