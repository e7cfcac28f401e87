// Random rationals for tests of the number types: of any size and sign, special values among them.
#pragma once

#include "problem/random.hpp"
#include "problem/scalar.hpp"

namespace ncverify {

/// Between `low` and `high`, both included.
inline long random_between(Random& random, long low, long high) {
    return low + static_cast<long>(random.next() % static_cast<std::uint64_t>(high - low + 1));
}

/// Of up to `bits` random bits.
inline Integer random_integer(Random& random, long bits) {
    Integer value(0);
    for (long taken = 0; taken < bits; taken += 32) {
        value = (value << 32) + (random.next() >> 32);
    }
    return value >> static_cast<unsigned>(random_between(random, 0, bits));
}

/// A number of either sign, from about 2^-`exponent` to 2^`exponent`: one time in four 0, 1, a power of two
/// or one next to it.
inline Rational random_rational(Random& random, long exponent) {
    const auto shift = static_cast<unsigned>(random_between(random, 0, exponent));
    Rational value(random_integer(random, 200) + 1, random_integer(random, 200) + 1);
    switch (random_between(random, 0, 15)) {
        case 0:
            return 0;
        case 1:
            value = 1;
            break;
        case 2:
            value = Rational(Integer(1) << shift);
            break;
        case 3:
            value = Rational((Integer(1) << shift) + 1, Integer(1) << shift);
            break;
        default:
            value *= Rational(Integer(1) << (shift / 2));
            break;
    }
    if (random.next() % 2 == 0) {
        value = 1 / value;
    }
    return random.next() % 2 == 0 ? Rational(-value) : value;
}

}  // namespace ncverify
