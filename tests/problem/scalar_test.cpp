// Conversions between the number types: exact where they say so, else rounded to nearest, at random
// precision.
#include "problem/scalar.hpp"

#include <cmath>
#include <limits>
#include <thread>

#include "tests/precompiled.hpp"
#include "tests/problem/random_numbers.hpp"

using namespace ncverify;

namespace {

constexpr int cases = 1000;

// Whether no neighbour of `rounded` is nearer to `value`, and of two that are as near it is the even one.
template <typename Float>
bool is_nearest(const Rational& value, Float rounded) {
    const Float infinite = std::numeric_limits<Float>::infinity();
    // Infinity counts as the power of two that comes after the largest number.
    const auto distance = [&](Float from) {
        const Rational beyond(Integer(1) << std::numeric_limits<Float>::max_exponent);
        return abs((from == infinite    ? beyond
                    : from == -infinite ? Rational(-beyond)
                                        : Rational(from)) -
                   value);
    };
    for (const Float neighbour : {std::nextafter(rounded, -infinite), std::nextafter(rounded, infinite)}) {
        // An even number is an even multiple of the distance to its neighbour.
        const bool odd = std::fmod(rounded / std::abs(neighbour - rounded), Float(2)) != 0;
        if (neighbour != rounded &&
            (distance(neighbour) < distance(rounded) || (odd && distance(neighbour) == distance(rounded)))) {
            return false;
        }
    }
    return true;
}

// Numbers and, one time in two, the middle between two neighbours or what is just beside it.
template <typename Float>
Rational hard_to_round(Random& random, int lowest) {
    Rational value = random_rational(random, 100);
    if (random.next() % 2 == 0) {
        const int exponent = static_cast<int>(random_between(random, lowest, 100));
        const Float one = std::ldexp(Float(1) + Float(random.uniform()), exponent);
        const Float next = std::nextafter(one, std::numeric_limits<Float>::infinity());
        value = (Rational(one) + Rational(next)) / 2;
        value += value * Rational(random_between(random, -1, 1), Integer(1) << 300);
    }
    return random.next() % 2 == 0 ? Rational(-value) : value;
}

}  // namespace

TEST_CASE("bits hold their digits, and few more") {
    Integer power(1);
    for (long digits = 1; digits <= 2000; ++digits) {
        power *= 10;
        const auto bits = static_cast<unsigned>(bits_for_digits(digits));
        CHECK((Integer(1) << (bits - 1)) >= power);
        CHECK((Integer(1) << (bits - 2)) < power);
    }
}

TEST_CASE("a precision holds within its scope and on its thread") {
    const auto bits = Enclosure::precision();
    const auto digits = Multiprecision::thread_default_precision();
    {
        const PrecisionScope outer(70);
        CHECK(Enclosure::precision() == bits_for_digits(70));
        CHECK(Multiprecision(0).precision() >= 70);
        {
            const PrecisionScope inner(20);
            CHECK(Enclosure::precision() == bits_for_digits(20));
            CHECK(Multiprecision(0).precision() < 70);
        }
        long elsewhere = 0;
        std::thread([&] {
            const PrecisionScope scope(33);
            elsewhere = Enclosure::precision();
        }).join();
        CHECK(elsewhere == bits_for_digits(33));
        CHECK(Enclosure::precision() == bits_for_digits(70));
        CHECK(Multiprecision(0).precision() >= 70);
    }
    CHECK(Enclosure::precision() == bits);
    CHECK(Multiprecision::thread_default_precision() == digits);
}

TEST_CASE("rationals become the nearest floats and doubles") {
    Random random(1);
    for (int i = 0; i < cases; ++i) {
        const auto for_double = hard_to_round<double>(random, -1080),
                   for_float = hard_to_round<float>(random, -155);
        INFO("case " << i << ": " << for_double << ", " << for_float);
        CHECK(is_nearest(for_double, from_rational<double>(for_double)));
        CHECK(is_nearest(for_float, from_rational<float>(for_float)));
    }
    const Rational huge(Integer(1) << 1024), tiny = 1 / huge / huge;
    CHECK(from_rational<double>(huge) == std::numeric_limits<double>::infinity());
    CHECK(from_rational<double>(-huge) == -std::numeric_limits<double>::infinity());
    CHECK(from_rational<double>(tiny) == 0);
    CHECK(from_rational<float>(Rational(Integer(1) << 128)) == std::numeric_limits<float>::infinity());
    CHECK(from_rational<double>(1 + Rational(1, Integer(1) << 53)) == 1);
    CHECK(from_rational<double>(1 + Rational(3, Integer(1) << 53)) == 1 + 0x1p-51);
}

TEST_CASE("rationals become multiprecision numbers and enclosures to the working precision") {
    Random random(2);
    for (int i = 0; i < cases; ++i) {
        const Rational value = random_rational(random, 100);
        INFO("case " << i << ": " << value);
        Enclosure former = from_rational<Enclosure>(value);
        for (int repeat = 0; repeat < 2; ++repeat) {
            const PrecisionScope precision(random_between(random, 2, 150));
            const auto rounded = from_rational<Multiprecision>(value);
            const auto bits = static_cast<unsigned>(mpfr_get_prec(rounded.backend().data()));
            CHECK(abs(exact_rational(rounded) - value) <= abs(value) / Rational(Integer(1) << bits));
            const auto enclosure = from_rational<Enclosure>(value);
            CHECK(overlap(enclosure,
                          from_rational<Enclosure>(exact_rational(rounded)) *
                              (Enclosure(1) + Enclosure::hull(Enclosure(-1), Enclosure(1)) *
                                                  Enclosure(std::ldexp(1.0, -static_cast<int>(bits))))));
            CHECK(overlap(enclosure, former));
            CHECK(
                certainly_at_most(enclosure.radius(),
                                  abs(enclosure).upper() *
                                      Enclosure(std::ldexp(2.0, -static_cast<int>(Enclosure::precision())))));
            former = enclosure;
        }
    }
    const PrecisionScope precision(20);
    CHECK(certainly_at_most(from_rational<Enclosure>(Rational(3, 8)).radius(), Enclosure(0)));
}

TEST_CASE("a multiprecision number's exact value is that number, and rounding it again is rounding once") {
    Random random(3);
    for (int i = 0; i < cases; ++i) {
        const long one = random_between(random, 2, 150), other = random_between(random, 2, 150);
        const Rational value = random_rational(random, 100);
        INFO("case " << i << ": " << value << " to " << one << ", then " << other << " digits");
        const PrecisionScope creation(one);
        const auto number = from_rational<Multiprecision>(value);
        CHECK(from_rational<Multiprecision>(exact_rational(number)) == number);
        const PrecisionScope precision(other);
        Multiprecision again = at_working_precision(number);
        CHECK(again == from_rational<Multiprecision>(exact_rational(number)));
        CHECK(mpfr_get_prec(again.backend().data()) == mpfr_get_prec(Multiprecision(0).backend().data()));
        const Multiprecision copy = again;
        again = at_working_precision(again);
        CHECK(again == copy);
    }
}

TEST_CASE("rationals print as fractions that read back") {
    CHECK(to_string(Rational(-3, 6)) == "-1/2");
    CHECK(to_string(Rational(14, 7)) == "2");
    CHECK(to_string(Rational(0)) == "0");
    Random random(4);
    for (int i = 0; i < cases; ++i) {
        const Rational value = random_rational(random, 100);
        CHECK(Rational(to_string(value)) == value);
    }
}
