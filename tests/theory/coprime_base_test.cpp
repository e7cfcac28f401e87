#include "theory/coprime_base.hpp"

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>

using namespace ncverify;
using namespace ncverify::theory;

TEST_CASE("numbers are products of powers of their coprime base") {
    rc::prop("small numbers, with many common divisors", [] {
        std::vector<Integer> numbers;
        for (int i = *rc::gen::inRange(0, 9); i > 0; --i) {
            numbers.emplace_back(*rc::gen::inRange(1, 5000));
        }
        const std::vector<Integer> base = coprime_base(numbers);
        for (std::size_t i = 0; i < base.size(); ++i) {
            RC_ASSERT(base[i] > 1);
            for (std::size_t j = 0; j < i; ++j) {
                RC_ASSERT(gcd(base[i], base[j]) == 1);
            }
        }
        for (const Integer& number : numbers) {
            Integer product = 1;
            for (const Integer& atom : base) {
                product *= pow(atom, static_cast<unsigned>(multiplicity(number, atom)));
            }
            RC_ASSERT(product == number);
        }
    });
}

TEST_CASE("a product of powers is one exactly where its exponents vanish") {
    const auto is_one = [](const PowerProduct& product) {
        const std::vector<Rational> all = exponents(product, coprime_base(parts(product)));
        return std::all_of(all.begin(), all.end(), [](const Rational& x) { return x == 0; });
    };
    CHECK(is_one({}));
    CHECK(is_one({{Rational(4), Rational(3)}, {Rational(8), Rational(-2)}}));
    CHECK(is_one({{Rational(12, 5), Rational(1, 2)}, {Rational(144, 25), Rational(-1, 4)}}));
    CHECK(is_one({{Rational(6), Rational(1)}, {Rational(4, 3), Rational(1)}, {Rational(2), Rational(-3)}}));
    CHECK_FALSE(
        is_one({{Rational(6), Rational(1)}, {Rational(4, 3), Rational(1)}, {Rational(2), Rational(-2)}}));
    CHECK_FALSE(is_one({{Rational(4), Rational(1)}, {Rational(6), Rational(-1)}}));
}
