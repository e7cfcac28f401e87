// Enclosures after the manner of FLINT's tests: random operands at random precision, the truth known exactly
// or from MPFR; results at two precisions must overlap; operands that are the result; special values.
#include "problem/enclosure.hpp"

#include <flint/fmpq.h>

#include <cmath>
#include <functional>
#include <limits>

#include "tests/precompiled.hpp"
#include "tests/problem/random_numbers.hpp"

using namespace ncverify;

namespace {

constexpr int cases = 1000;

long any_digits(Random& random) {
    return random_between(random, 2, 150);
}

Enclosure enclosed(const Rational& value) {
    return from_rational<Enclosure>(value);
}

bool contains(const Enclosure& ball, const Rational& value) {
    fmpq_t fraction;
    fmpq_init(fraction);
    fmpq_set_mpq(fraction, value.backend().data());
    const bool inside = arb_contains_fmpq(ball.data(), fraction) != 0;
    fmpq_clear(fraction);
    return inside;
}

// A ball's midpoint or an end of it, which have no radius.
Rational exact(const Enclosure& point) {
    REQUIRE(arb_is_exact(point.data()));
    fmpq_t fraction;
    fmpq_init(fraction);
    arf_get_fmpq(fraction, arb_midref(point.data()));
    Rational result;
    fmpq_get_mpq(result.backend().data(), fraction);
    fmpq_clear(fraction);
    return result;
}

struct Ends {
    Rational low, high;
};

Ends ends(const Enclosure& ball) {
    const Rational middle = exact(ball.midpoint()), radius = exact(ball.radius());
    return {middle - radius, middle + radius};
}

Rational absolute(const Rational& value) {
    return value < 0 ? Rational(-value) : value;
}

// A ball around a random number, of a random width: sometimes only that number's rounding.
Enclosure any_ball(Random& random) {
    const Rational middle = random_rational(random, 60);
    if (random.next() % 2 == 0) {
        return enclosed(middle);
    }
    return Enclosure::hull(enclosed(middle), enclosed(middle + random_rational(random, 60)));
}

// MPFR's value of a function at `x`, which is of the working precision, to within 1e-8 of itself at least;
// none where the exponent range ends.
using MpfrFunction = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

Enclosure by_mpfr(MpfrFunction function, const Rational& x) {
    const PrecisionScope precise(400);
    const auto argument = from_rational<Multiprecision>(x);
    REQUIRE(exact_rational(argument) == x);
    Multiprecision down, up;
    function(down.backend().data(), argument.backend().data(), MPFR_RNDD);
    function(up.backend().data(), argument.backend().data(), MPFR_RNDU);
    return Enclosure::hull(enclosed(exact_rational(down)), enclosed(exact_rational(up)));
}

}  // namespace

TEST_CASE("sums, products and quotients of enclosures contain the exact ones, at any precision") {
    Random random(1);
    for (int i = 0; i < cases; ++i) {
        const Rational a = random_rational(random, 100), b = random_rational(random, 100);
        INFO("case " << i << ": " << a << ", " << b);
        std::vector<Enclosure> former;
        for (int repeat = 0; repeat < 2; ++repeat) {
            const PrecisionScope precision(any_digits(random));
            const Enclosure x = enclosed(a), y = enclosed(b);
            CHECK(contains(x + y, a + b));
            CHECK(contains(x - y, a - b));
            CHECK(contains(x * y, a * b));
            CHECK(contains(-x, -a));
            CHECK(contains(abs(x), absolute(a)));
            if (b != 0) {
                CHECK(contains(x / y, a / b));
            }
            // Relative to the larger operand a sum, and relative to itself a product, has lost few bits only.
            const Rational size = std::max(absolute(a), absolute(b)),
                           unit(16, Integer(1) << static_cast<unsigned>(Enclosure::precision()));
            CHECK(exact((x + y).radius()) <= size * unit);
            CHECK(exact((x * y).radius()) <= absolute(a * b) * unit);
            const std::vector<Enclosure> results{x + y, x - y, x * y, x / y};
            for (std::size_t j = 0; j < former.size(); ++j) {
                CHECK(overlap(results[j], former[j]));
            }
            former = results;
        }
    }
}

TEST_CASE("functions of enclosures overlap what MPFR says, and themselves at another precision") {
    struct Function {
        const char* name;
        std::function<Enclosure(const Enclosure&)> enclosure;
        MpfrFunction mpfr;
        std::function<bool(const Rational&)> defined;
    };
    const auto everywhere = [](const Rational&) { return true; };
    const auto moderate = [](const Rational& x) { return absolute(x) < 100000; };
    const std::vector<Function> functions{
        {"sqrt", [](const Enclosure& x) { return sqrt(x); }, mpfr_sqrt,
         [](const Rational& x) { return x >= 0; }},
        {"sqrt_of_nonnegative", [](const Enclosure& x) { return sqrt_of_nonnegative(x); }, mpfr_sqrt,
         [](const Rational& x) { return x >= 0; }},
        {"exp", [](const Enclosure& x) { return exp(x); }, mpfr_exp, moderate},
        {"expm1", [](const Enclosure& x) { return expm1(x); }, mpfr_expm1, moderate},
        {"log", [](const Enclosure& x) { return log(x); }, mpfr_log, [](const Rational& x) { return x > 0; }},
        {"log1p", [](const Enclosure& x) { return log1p(x); }, mpfr_log1p,
         [](const Rational& x) { return x > -1; }},
        {"abs", [](const Enclosure& x) { return abs(x); }, mpfr_abs, everywhere},
    };
    Random random(2);
    for (int i = 0; i < cases; ++i) {
        // What every precision here represents: a short number, scaled by a power of two.
        Rational x(random_integer(random, 30));
        x *= random.next() % 2 == 0
                 ? Rational(1, Integer(1) << static_cast<unsigned>(random_between(random, 0, 90)))
                 : Rational(1);
        x = random.next() % 2 == 0 ? Rational(-x) : x;
        const long one = random_between(random, 12, 150), other = random_between(random, 12, 150);
        for (const Function& function : functions) {
            if (!function.defined(x)) {
                continue;
            }
            INFO("case " << i << ": " << function.name << "(" << x << ") to " << one << " and " << other
                         << " digits");
            const auto at = [&](long digits) {
                const PrecisionScope precision(digits);
                REQUIRE(exact(enclosed(x)) == x);
                Enclosure result = function.enclosure(enclosed(x));
                const Enclosure tolerated =
                    abs(result) * Enclosure(std::ldexp(16.0, -static_cast<int>(Enclosure::precision())));
                CHECK(certainly_at_most(result.radius(), tolerated.upper()));
                return result;
            };
            const Enclosure result = at(one);
            CHECK(overlap(result, at(other)));
            CHECK(overlap(result, by_mpfr(function.mpfr, x)));
        }
    }
}

TEST_CASE("an enclosure of a ball contains what the ball's ends and middle become") {
    Random random(3);
    for (int i = 0; i < cases; ++i) {
        const PrecisionScope precision(any_digits(random));
        const Enclosure a = any_ball(random), b = any_ball(random);
        INFO("case " << i << ": " << a.text(30) << " +- " << a.radius().text(5) << ", " << b.text(30)
                     << " +- " << b.radius().text(5));
        const Ends of_a = ends(a), of_b = ends(b);
        for (const Rational& x : {of_a.low, exact(a.midpoint()), of_a.high}) {
            for (const Rational& y : {of_b.low, exact(b.midpoint()), of_b.high}) {
                CHECK(contains(a + b, x + y));
                CHECK(contains(a - b, x - y));
                CHECK(contains(a * b, x * y));
                if (!contains_zero(b)) {
                    CHECK(contains(a / b, x / y));
                }
                CHECK(contains(Enclosure::hull(a, b), x));
                CHECK(contains(Enclosure::hull(a, b), y));
            }
            CHECK(contains(abs(a), absolute(x)));
            if (x >= 0) {
                const Enclosure root = sqrt_of_nonnegative(a);
                CHECK(overlap(root * root, enclosed(x)));
            }
        }
        // Not much wider than it need be.
        const Rational low = std::min(of_a.low, of_b.low), high = std::max(of_a.high, of_b.high);
        const Rational size = std::max(absolute(low), absolute(high));
        const Ends hull = ends(Enclosure::hull(a, b));
        const Rational excess =
            (high - low) / (1 << 20) +
            size * Rational(16, Integer(1) << static_cast<unsigned>(Enclosure::precision()));
        CHECK(hull.high - hull.low <= high - low + excess);
    }
}

TEST_CASE("an enclosure's ends are rounded outwards, and by no more than rounding") {
    Random random(4);
    for (int i = 0; i < cases; ++i) {
        const PrecisionScope creation(any_digits(random));
        const Enclosure ball = any_ball(random);
        const Ends true_ends = ends(ball);
        const PrecisionScope precision(any_digits(random));
        INFO("case " << i << ": " << ball.text(30) << " +- " << ball.radius().text(5));
        const Rational low = exact(ball.lower()), high = exact(ball.upper());
        const Rational unit(2, Integer(1) << static_cast<unsigned>(Enclosure::precision()));
        CHECK(low <= true_ends.low);
        CHECK(low >= true_ends.low - absolute(true_ends.low) * unit);
        CHECK(high >= true_ends.high);
        CHECK(high <= true_ends.high + absolute(true_ends.high) * unit);
        const Rational size = std::max(absolute(true_ends.low), absolute(true_ends.high)),
                       bound(ball.magnitude());
        CHECK(bound >= size);
        CHECK(bound <= size * Rational((1 << 20) + 1, 1 << 20));
    }
}

TEST_CASE("comparisons of enclosures are true exactly where every pair of their numbers agrees") {
    Random random(5);
    for (int i = 0; i < 4 * cases; ++i) {
        const PrecisionScope precision(any_digits(random));
        const Enclosure a = any_ball(random), b = random.next() % 8 == 0 ? a : any_ball(random);
        const Ends of_a = ends(a), of_b = ends(b);
        INFO("case " << i << ": " << a.text(30) << " +- " << a.radius().text(5) << ", " << b.text(30)
                     << " +- " << b.radius().text(5));
        CHECK(certainly_less(a, b) == (of_a.high < of_b.low));
        CHECK(certainly_at_most(a, b) == (of_a.high <= of_b.low));
        CHECK(overlap(a, b) == (of_a.low <= of_b.high && of_b.low <= of_a.high));
        CHECK(certainly_positive(a) == (of_a.low > 0));
        CHECK(certainly_negative(a) == (of_a.high < 0));
        CHECK(contains_zero(a) == (of_a.low <= 0 && of_a.high >= 0));
        CHECK(is_finite(a));
    }
}

TEST_CASE("an enclosure that is operand and result at once gives the same ball") {
    const auto same = [](const Enclosure& a, const Enclosure& b) {
        return arb_equal(a.data(), b.data()) != 0;
    };
    Random random(6);
    for (int i = 0; i < cases; ++i) {
        const PrecisionScope precision(any_digits(random));
        const Enclosure a = any_ball(random);
        const Enclosure copy = a;  // NOLINT(performance-unnecessary-copy-initialization): not the same object
        Enclosure sum = a, difference = a, product = a, quotient = a, assigned = a;
        const Enclosure& itself = assigned;
        CHECK(same(sum += sum, a + copy));
        CHECK(same(difference -= difference, a - copy));
        CHECK(same(product *= product, a * copy));
        CHECK((same(quotient /= quotient, a / copy) || contains_zero(a)));
        CHECK(same(assigned = itself, a));
        CHECK(same(Enclosure::hull(a, a), Enclosure::hull(a, copy)));
        Enclosure b = any_ball(random), taken = a;
        const Enclosure former = b;
        taken = std::move(b);
        CHECK(same(taken, former));
        const Enclosure made = std::move(taken);
        CHECK(same(made, former));
        CHECK(same(a, copy));
    }
}

TEST_CASE("special values of enclosures") {
    const PrecisionScope precision(30);
    const double infinite = std::numeric_limits<double>::infinity(),
                 nan = std::numeric_limits<double>::quiet_NaN();
    const Enclosure zero, one(1);
    CHECK(exact(zero) == 0);
    for (const long value : {0L, -1L, std::numeric_limits<long>::min(), std::numeric_limits<long>::max()}) {
        CHECK(exact(Enclosure(value)) == value);
    }
    for (const double value : {0.1, -1e308, std::numeric_limits<double>::denorm_min()}) {
        CHECK(exact(Enclosure(value)) == Rational(value));
    }
    // Exact where the result is.
    CHECK(exact(exp(zero)) == 1);
    CHECK(exact(expm1(zero)) == 0);
    CHECK(exact(log(one)) == 0);
    CHECK(exact(log1p(zero)) == 0);
    CHECK(exact(sqrt(Enclosure(49))) == 7);
    // What is not a number is not finite, and nothing is certain of it.
    const Enclosure around_zero = Enclosure::hull(Enclosure(-1), Enclosure(4));
    for (const Enclosure& undefined :
         {one / zero, one / around_zero, log(zero), log(around_zero), log1p(Enclosure(-1)),
          sqrt(Enclosure(-1)), sqrt(around_zero), Enclosure(nan)}) {
        CHECK_FALSE(is_finite(undefined));
        CHECK_FALSE(certainly_less(undefined, one));
        CHECK_FALSE(certainly_less(one, undefined));
        CHECK_FALSE(certainly_at_most(undefined, undefined));
        CHECK_FALSE(certainly_positive(undefined));
        CHECK_FALSE(certainly_negative(undefined));
        CHECK(overlap(undefined, one));
        CHECK(undefined.magnitude() == infinite);
    }
    CHECK_FALSE(is_finite(Enclosure(infinite)));
    CHECK(certainly_less(Enclosure(1e300), Enclosure(infinite)));
    // A ball that reaches below zero only by its rounding has a root.
    const Enclosure root = sqrt_of_nonnegative(around_zero);
    CHECK(is_finite(root));
    CHECK(contains(root, 0));
    CHECK(contains(root, 2));
    CHECK_FALSE(certainly_negative(root));
    CHECK(exp(Enclosure(100000)).magnitude() == infinite);
    CHECK(exact(zero).is_zero());
    CHECK(zero.magnitude() == 0);
    CHECK(Enclosure(0.5).text(5) == "0.50000");
}
